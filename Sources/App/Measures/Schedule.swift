/// How often a value is due; one value stands for one such period.
enum Schedule: String, Sendable, CaseIterable {
  case day, week, month

  var words: String {
    switch self {
    case .day: "Every school day"
    case .week: "Every week"
    case .month: "Every month"
    }
  }

  /// The first day of the period that holds `date`: itself, its Monday, the first of its month.
  func period(of date: CalendarDate) -> CalendarDate {
    switch self {
    case .day: date
    case .week: date.adding(days: 1 - date.weekday)
    case .month: date.adding(days: 1 - date.day)
    }
  }

  func after(_ period: CalendarDate) -> CalendarDate {
    switch self {
    case .day: period.adding(days: 1)
    case .week: period.adding(days: 7)
    case .month: self.period(of: period.adding(days: 31))
    }
  }

  func before(_ period: CalendarDate) -> CalendarDate {
    switch self {
    case .day: period.adding(days: -1)
    case .week: period.adding(days: -7)
    case .month: self.period(of: period.adding(days: -1))
    }
  }

  /// The period `count` steps before `period`, for a pasted column that ends now.
  func back(_ count: Int, from period: CalendarDate) -> CalendarDate {
    (0..<max(0, count)).reduce(period) { date, _ in before(date) }
  }

  /// The latest period of which a value can be there: yesterday's school day, from Friday on this week, last month.
  func asked(on today: CalendarDate) -> CalendarDate {
    switch self {
    case .day: today.adding(days: today.weekday == 1 ? -3 : today.weekday == 7 ? -2 : -1)
    case .week: today.weekday >= 5 ? period(of: today) : before(period(of: today))
    case .month: before(period(of: today))
    }
  }

  /// Why no value can be of that day, in a sentence; nil where it can.
  func problem(with date: CalendarDate, today: CalendarDate) -> String? {
    if date > today { return "\(date.spoken) is still to come." }
    return date > today.adding(days: -3660) ? nil : "That is more than ten years ago."
  }

  /// "Week of 12 Oct 2026", "Mon 12 Oct 2026", "Oct 2026".
  func spoken(_ period: CalendarDate) -> String {
    switch self {
    case .day: period.spoken
    case .week: "Week of \(period.short)"
    case .month: label(period)
    }
  }

  /// "12 Oct 2026", or "Oct 2026" for a month.
  func label(_ period: CalendarDate) -> String {
    self == .month ? String(period.short.drop { $0.isNumber }.dropFirst()) : period.short
  }
}
