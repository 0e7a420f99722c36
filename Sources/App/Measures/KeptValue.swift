/// A value as it stands in the history of a measure. None ever goes: what no longer stands says who ended it, and why.
struct KeptValue: Identifiable, Sendable, Equatable {
  enum State: String, Sendable {
    case current
    /// Somebody else had entered the same period: both stand until one is chosen.
    case beside
    /// Another value stands in its place, or was chosen for its period.
    case replaced
    /// It was of another period, where it stands now.
    case moved
    case withdrawn
    /// Taken back by who had just entered it.
    case undone
  }

  let id: String
  let period: CalendarDate
  let value: MeasuredValue
  /// The number of the definition that it rests on.
  var definition = 1
  let at: Instant
  /// The person, or whom the link was made for.
  let by: String
  let state: State
  let why: String
  let endedBy: String?
  var endedAt: Instant?
  /// The value in whose place it stands: corrected, or of another period.
  var follows: String?

  var isStanding: Bool { state == .current || state == .beside }

  /// For so long whoever entered a value may take it back without a reason.
  static let undoTime = Span.minutes(10)
}

/// What may be done to a value that stands. Each wants a reason, and leaves in the record what was.
enum ValueChange: String, Sendable, CaseIterable {
  case correction, move, withdrawal
}

/// What was typed to change a value, exactly as typed.
struct ValueChangeForm: Sendable, Equatable {
  var value = ""
  /// Any day of the period to which it is moved.
  var period = ""
  var why = ""

  static let order = ["value", "period", "why"]

  init(_ kept: KeptValue, _ kind: DataKind) { (value, period) = (kept.value.typed(kind), kept.period.description) }

  init(_ fields: Fields) { (value, period, why) = (fields["value"], fields["period"], fields["why"]) }

  /// What a value becomes.
  enum Checked: Sendable, Equatable {
    case correction(MeasuredValue)
    case move(CalendarDate)
    case withdrawal
  }

  /// - Throws: `Refusal.invalid`, naming each field and what to do about it.
  func checked(_ change: ValueChange, of measure: Measure, today: CalendarDate) throws(Refusal) -> Checked {
    var check = FormCheck()
    check.words("why", why, 5...300, "Say what was wrong: it stays on the page.")
    switch change {
    case .correction:
      do throws(Refusal) {
        let value = try measure.definition.read(value)
        try check.finish()
        return .correction(value)
      } catch {
        if case .invalid(let problems) = error {
          throw .invalid(check.problems.merging(problems) { first, _ in first })
        }
        throw error
      }
    case .move:
      let date = check.date("period", period, "Say of which \(measure.schedule.rawValue) it is.")
      if let date, let problem = measure.schedule.problem(with: date, today: today) { check["period"] = problem }
      try check.finish()
      guard let date else { throw .invalid([:]) }
      return .move(measure.schedule.period(of: date))
    case .withdrawal:
      try check.finish()
      return .withdrawal
    }
  }
}
