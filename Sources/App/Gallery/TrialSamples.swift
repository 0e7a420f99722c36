/// Single trials in every state, and their forms.
enum TrialSamples {
  static let all: [Sample] = [
    Sample("trials/reported", "A trial that was reported", TrialPages.show(view(outcome), .sampleLead)),
    Sample(
      "trials/visitor", "The same as a visitor sees it", TrialPages.show(view(outcome), .sampleVisitor),
      for: .sampleVisitor),
    Sample("trials/corrected", "Amended, reported, corrected", TrialPages.show(corrected, own), for: own),
    Sample(
      "trials/running", "A trial under way, for its own school", TrialPages.show(view(nil, due: 60), own), for: own),
    Sample("trials/overdue", "A trial that never reported", TrialPages.show(view(nil, due: -60), .sampleLead)),
    Sample("trials/withdrawn", "A withdrawn trial", TrialPages.show(view(nil, state: .withdrawn), own), for: own),
    Sample(
      "trials/after-data", "Told after the data", TrialPages.show(view(outcome, isAfterData: true), .sampleLead)),
    Sample(
      "trials/register", "Registering a trial",
      TrialFormPages.register(IdeaSamples.idea, RegistrationForm(), .beforeData, schools: [], .sampleLead)),
    Sample(
      "trials/register-refused", "Registering a trial, refused",
      TrialFormPages.register(
        IdeaSamples.idea, filled, .beforeData,
        schools: [Option("a", "Ashuelot Valley"), Option("b", "Quaboag Technical")],
        problems: [
          "probability": "Say how sure you are: a whole number from 5 to 95 percent.",
          "due": "This is before the start (Mon 30 Nov 2026).",
        ], .sampleLead)),
    Sample(
      "trials/tried-already", "We tried this already",
      TrialFormPages.register(IdeaSamples.idea, RegistrationForm(), .afterData, schools: [], .sampleLead)),
    Sample(
      "trials/report", "Reporting counts, half written",
      TrialFormPages.report(
        trial(nil, due: 0), ReportForm(Fields(["before_x": "90", "happened": "Lateness fell."])),
        draft: FormDraft(
          context: "trial:t-1:report:0", generation: 3, keptAt: Viewer.sampleNow - .hours(20),
          fresh: "/trials/t-1/report?draft=no"), own),
      for: own),
    Sample("trials/report-refused", "Reporting means, refused", refusedReport, for: own),
    Sample(
      "trials/withdraw", "Withdrawing a trial", TrialFormPages.withdraw(trial(nil, due: 60), reason: "", own), for: own),
    Sample(
      "trials/amend", "Amending a registration", TrialFormPages.amend(trial(nil, due: 60), filled, own), for: own),
  ]

  /// Somebody of the school that runs the trial.
  private static let own = Viewer(
    person: Person.ID("p-0"), name: "Ruth Ouellette",
    roles: [
      Role(.educator, school: IdeaSamples.kettle.id, schoolName: IdeaSamples.kettle.name, schoolIsMember: true)
    ], formToken: "sample-token", now: Viewer.sampleNow)

  private static let outcome = counts(41, 20)

  private static func counts(_ before: Int, _ after: Int) -> Outcome {
    .counts(
      Outcome.Groups(
        before: .init(x: before, n: 118), after: .init(x: after, n: 112), otherBefore: .init(x: 34, n: 121),
        otherAfter: .init(x: 33, n: 120)), Outcome.Circumstances(sameStudents: true))
  }

  private static func report(_ outcome: Outcome, number: Int = 1, why: String = "") -> TrialReport {
    let happened =
      "We cut the meetings to eight minutes.\n\nThe first month was *worse* than before: nobody had a script."
    return TrialReport(
      number: number, at: Viewer.sampleNow - .days(40 - number), by: IdeaSamples.person(0), why: why, outcome: outcome,
      story: .init(
        changed: "Eight minutes, not ten.", happened: happened, again: "Yes, with a script.",
        changedHTML: renderedMarkdown("Eight minutes, not ten."), happenedHTML: renderedMarkdown(happened),
        againHTML: renderedMarkdown("Yes, with a script."), excerpt: Extract.plain(happened, limit: Trial.excerptLimit))
    )
  }

  private static func trial(
    _ outcome: Outcome?, due: Int = -30, state: Trial.State = .running, isAfterData: Bool = false,
    report: TrialReport? = nil, amended: Bool = false
  ) -> Trial {
    var registration = IdeaSamples.registration(due: IdeaSamples.today.adding(days: due))
    registration.number = amended ? 2 : 1
    let told = report ?? outcome.map { Self.report($0) }
    return Trial(
      id: Trial.ID("t-kettle"), idea: IdeaSamples.idea.id, ideaTitle: IdeaSamples.content.title, ideaVersion: 2,
      school: IdeaSamples.kettle, person: IdeaSamples.person(0), state: told == nil ? state : .reported,
      registeredAt: Viewer.sampleNow - .days(300), isAfterData: isAfterData, registration: registration,
      withdrawal: state == .withdrawn
        ? Trial.Withdrawal(at: Viewer.sampleNow - .days(10), reason: "The adviser who ran it left.") : nil,
      report: told,
      claim: told.flatMap { try? ClaimCompilation.claim(registration, $0.outcome, isAfterData: isAfterData) })
  }

  private static func view(
    _ outcome: Outcome?, due: Int = -30, state: Trial.State = .running, isAfterData: Bool = false
  ) -> TrialView {
    TrialView(trial: trial(outcome, due: due, state: state, isAfterData: isAfterData), today: IdeaSamples.today)
  }

  private static var corrected: TrialView {
    let second = report(counts(41, 29), number: 2, why: "Two homerooms had been left out.")
    var amendment = IdeaSamples.registration(due: IdeaSamples.today.adding(days: -30))
    amendment.number = 2
    amendment.at = Viewer.sampleNow - .days(250)
    amendment.by = IdeaSamples.person(0)
    amendment.why = "The timetable started a month later."
    return TrialView(
      trial: trial(nil, report: second, amended: true),
      registrations: [IdeaSamples.registration(due: IdeaSamples.today.adding(days: -60)), amendment],
      reports: [report(counts(41, 20)), second], today: IdeaSamples.today, discussions: DiscussionSamples.talk)
  }

  private static let filled: RegistrationForm = {
    var form = RegistrationForm(IdeaSamples.registration())
    form.probability = "100"
    return form
  }()

  private static var refusedReport: Page {
    var form = ReportForm()
    form.shape = .means
    form.cells = ["before_n": "60", "before_mean": "22", "before_sd": "0", "after_n": "60", "after_mean": "26"]
    form.happened = "Short."
    return TrialFormPages.report(
      trial(nil, due: 0), form,
      problems: [
        "before_sd": "Write the standard deviation: a number above 0.",
        "after_sd": "Write the standard deviation: a number above 0.",
        "happened": "Tell what happened, in your own words. A little more than this: at least 20 characters.",
      ], own)
  }
}
