/// Once a year, between 1 September and 30 November, each member says that it is still one and that its roster is true.
enum Reaffirmation: Sendable, Equatable {
  /// Nothing to do until the day, on which the next autumn opens.
  case settled(until: CalendarDate)
  /// The autumn is open; the day is its last.
  case due(by: CalendarDate)
  /// The autumn ended on the day, without an answer.
  case overdue(since: CalendarDate)

  /// - Parameter last: the day of the last reaffirmation, or that on which the membership began.
  init(last: CalendarDate, today: CalendarDate) {
    let year = today.month >= 9 ? today.year : today.year - 1
    guard let opens = CalendarDate(year: year, month: 9, day: 1),
      let ends = CalendarDate(year: year, month: 11, day: 30),
      let next = CalendarDate(year: year + 1, month: 9, day: 1)
    else {
      self = .settled(until: today)
      return
    }
    if last >= opens {
      self = .settled(until: next)
    } else {
      self = today <= ends ? .due(by: ends) : .overdue(since: ends)
    }
  }

  /// The first day of the autumn that `today` belongs to or follows: whoever reaffirmed on it or later is settled.
  static func opening(_ today: CalendarDate) -> CalendarDate {
    CalendarDate(year: today.month >= 9 ? today.year : today.year - 1, month: 9, day: 1) ?? today
  }
}
