/// What a person typed to register a trial, exactly as typed.
struct RegistrationForm: Sendable, Equatable {
  /// Which of the person's schools tries it.
  var school = ""
  var participants = ""
  var starts = ""
  var due = ""
  var measure = ""
  var definition = ""
  var unit = ""
  var better = ""
  var comparison = ""
  var comparisonWords = ""
  var byLot = false
  var predicted = ""
  var predictedWords = ""
  /// Whole percent as typed.
  var probability = ""
  var smallest = ""
  /// Why it is amended.
  var why = ""
  var submission = ""

  static let order = [
    "school", "participants", "starts", "due", "measure", "definition", "unit", "better", "comparison",
    "comparison_words", "by_lot", "predicted", "predicted_words", "probability", "smallest", "why",
  ]

  /// When it is registered, as against the data.
  enum Timing: Sendable, Equatable {
    case beforeData
    /// Told when the results are known: no prediction is asked for, and the days may lie in the past.
    case afterData
  }
}

extension RegistrationForm {
  init(_ fields: Fields) {
    school = fields["school"]
    participants = fields["participants"]
    starts = fields["starts"]
    due = fields["due"]
    measure = fields["measure"]
    definition = fields["definition"]
    unit = fields["unit"]
    better = fields["better"]
    comparison = fields["comparison"]
    comparisonWords = fields["comparison_words"]
    byLot = fields.has("by_lot")
    predicted = fields["predicted"]
    predictedWords = fields["predicted_words"]
    probability = fields["probability"]
    smallest = fields["smallest"]
    why = fields["why"]
    submission = fields["submission"]
  }

  init(_ registration: Registration) {
    participants = registration.participants
    starts = registration.starts.description
    due = registration.due.description
    measure = registration.measure
    definition = registration.definition
    unit = registration.unit
    better = registration.better.rawValue
    comparison = registration.comparison.rawValue
    comparisonWords = registration.comparisonWords
    byLot = registration.isByLot
    predicted = registration.prediction?.direction.rawValue ?? ""
    predictedWords = registration.prediction?.words ?? ""
    probability = registration.prediction.map { String($0.probability) } ?? ""
    smallest = registration.smallest.map(FindingWords.plain) ?? ""
  }

  /// - Parameters:
  ///   - registered: the day of the first registration, when this amends it.
  ///   - isAmendment: then a reason is asked for.
  /// - Throws: `Refusal.invalid`, naming each field and what to do about it.
  func checked(
    _ timing: Timing, today: CalendarDate, registered: CalendarDate? = nil, isAmendment: Bool = false
  ) throws(Refusal) -> Registration {
    var check = FormCheck()
    check.words("participants", participants, 3...300, "Say who takes part, as a group: “all 118 ninth-graders”.")
    let days = self.days(timing, today, registered: registered ?? today, &check)
    check.words("measure", measure, 3...120, "Name what is measured: “late often”, “algebra passed”.")
    check.words(
      "definition", definition, 10...600, "Say how it is counted, so that another school would count the same.")
    check.optionalWords("unit", unit, limit: 60)
    let better = check.choice(
      "better", Registration.Better(rawValue: better), "Say whether more of it or less of it is better.")
    let comparison = check.choice(
      "comparison", Registration.Comparison(rawValue: comparison), "Say what the results will be compared with.")
    check.optionalWords("comparison_words", comparisonWords, limit: 300)
    if comparison == .group, comparisonWords.isEmpty {
      check["comparison_words"] = "Say who is in the comparison group."
    }
    if byLot, comparison != .group {
      check["by_lot"] = "Only a comparison group can be chosen by lot. Choose it above, or take this tick away."
    }
    let prediction = timing == .beforeData ? self.prediction(&check) : nil
    let smallest = self.smallest(timing, &check)
    if isAmendment {
      check.words("why", why, 10...500, "Say why the registration has to change: it stays on the page.")
    }
    try check.finish()
    guard let days, let better, let comparison else { throw .invalid([:]) }
    return Registration(
      participants: participants, starts: days.starts, due: days.due, measure: measure, definition: definition,
      unit: unit, better: better, comparison: comparison, comparisonWords: comparisonWords, isByLot: byLot,
      prediction: prediction, smallest: smallest)
  }

  private func days(
    _ timing: Timing, _ today: CalendarDate, registered: CalendarDate, _ check: inout FormCheck
  ) -> (starts: CalendarDate, due: CalendarDate)? {
    let first = check.date("starts", starts, "Say on which day it starts, or started.")
    let last =
      check.date("due", due, timing == .beforeData ? "Say by which day you will report." : "Say on which day it ended.")
    guard let first, let last else { return nil }
    if last < first { check["due"] = "This is before the start (\(first.spoken))." }
    if timing == .beforeData, last < today {
      check["due"] = "This day is past. If the results are there already, tell them under “We tried this already”."
    }
    if timing == .beforeData, last >= today, Self.isLate(registered, first, last) {
      check["starts"] =
        "Most of the time from this day to the report is over: a promise comes before results are in sight. Report later, or tell it under “We tried this already”."
    }
    if timing == .afterData, last > today {
      check["due"] = "This day is still to come. If it is not over, register it first."
    }
    if last > today.adding(days: 1100) {
      check["due"] = "Choose a day within three years: a report that far off is never written."
    }
    if first < today.adding(days: -3660) { check["starts"] = "That is more than ten years ago." }
    return (first, last)
  }

  /// Whether more than half of the trial was over when it was registered. Its first weeks may have begun: a school year
  /// does not wait for a form, and results come at the end.
  private static func isLate(_ registered: CalendarDate, _ starts: CalendarDate, _ due: CalendarDate) -> Bool {
    2 * (registered.dayNumber - starts.dayNumber) > due.dayNumber - starts.dayNumber
  }

  private func prediction(_ check: inout FormCheck) -> Registration.Prediction? {
    let direction = check.choice(
      "predicted", Registration.Prediction.Direction(rawValue: predicted), "Say what you expect, before you know.")
    check.optionalWords("predicted_words", predictedWords, limit: 200)
    let chance = check.count(
      "probability", probability.filter { $0 != "%" }, in: 5...95,
      "Say how sure you are: a whole number from 5 to 95 percent.")
    guard let direction, let chance else { return nil }
    return Registration.Prediction(direction: direction, words: predictedWords, probability: chance)
  }

  private func smallest(_ timing: Timing, _ check: inout FormCheck) -> Double? {
    check.number(
      "smallest", smallest, in: 0.000_1...1_000_000, required: timing == .beforeData,
      "Say what would be worth the work: a number above 0, such as 5 (students in 100) or 2.5 (points).")
  }
}
