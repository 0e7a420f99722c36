import Statistics

/// A trial as the page of its idea shows it: what it found and a few words of its story.
struct TrialLine: Identifiable, Sendable, Equatable {
  let id: Identifier<Trial>
  let idea: Idea.ID
  let ideaTitle: String
  let school: SchoolGlance
  let person: Person
  let state: Trial.State
  let registeredAt: Instant
  let reportedAt: Instant?
  let isAfterData: Bool
  let starts: CalendarDate
  let due: CalendarDate
  let participants: String
  let measure: String
  let better: Registration.Better
  let comparison: Registration.Comparison
  let prediction: Registration.Prediction?
  let withdrawnReason: String
  /// The beginning of what happened, plain text.
  let excerpt: String
  /// What was changed from the idea, in the school's words; empty where nothing was.
  let changed: String
  let claim: CompiledClaim?

  /// Registered, and nothing heard although the day has come. What was told after its data was never a promise.
  func isOverdue(on day: CalendarDate) -> Bool { state == .running && !isAfterData && due < day }
}

/// Everything that is known of one idea on one day.
struct IdeaEvidence: Sendable {
  /// Reported trials first, the latest report first; then those that run, then withdrawn ones.
  let trials: [TrialLine]
  let summary: EvidenceSummary
  let today: CalendarDate
  /// Cycles of projects that tried it and were never shared as a trial.
  let unshared: Int

  /// - Throws: `StatisticsError` only where a stored effect is impossible, which the schema forbids.
  init(_ trials: [TrialLine], today: CalendarDate, unshared: Int = 0) throws {
    self.unshared = unshared
    self.trials = trials
    self.today = today
    let measured = trials.compactMap { trial -> TrialEffect? in
      guard let claim = trial.claim, let effect = claim.effect else { return nil }
      return TrialEffect(
        school: trial.school.id.description, effect: effect, pupils: claim.students, registered: !trial.isAfterData,
        design: claim.design.trialDesign)
    }
    let told = Set(trials.filter { $0.claim?.design == CompiledClaim.Design.none }.map(\.school.id))
    summary = try Evidence.summary(
      of: measured, unreported: trials.count { $0.isOverdue(on: today) } + unshared, experiences: told.count)
  }

  func isMade(of trials: [TrialLine], unshared: Int, today: CalendarDate) -> Bool {
    self.today == today && self.unshared == unshared && self.trials == trials
  }

  var reported: [TrialLine] { trials.filter { $0.claim != nil } }
  /// Trials that were started and never reported, those of projects among them.
  var unreported: Int { overdue.count + unshared }
  var overdue: [TrialLine] { trials.filter { $0.isOverdue(on: today) } }
  var running: [TrialLine] { trials.filter { $0.state == .running && !$0.isAfterData && !$0.isOverdue(on: today) } }
  var withdrawn: [TrialLine] { trials.filter { $0.state == .withdrawn } }

  /// Schools that have reported anything, data or experience.
  var schoolCount: Int { Set(reported.map(\.school.id)).count }

  func count(_ verdict: Verdict) -> Int { reported.count { $0.claim?.verdict == verdict } }
}
