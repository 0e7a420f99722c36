/// Moves the demonstration's dates so that it ended lately, in whole spans of 52 weeks: seasons and weekdays stay.
struct DemoCalendar: Sendable {
  /// The day on which the files were written; nothing in them has happened later.
  static let written = CalendarDate(year: 2026, month: 11, day: 24)

  private let days: Int
  private let zone: LeagueZone
  let today: CalendarDate

  init(today: CalendarDate, zone: LeagueZone) {
    self.today = today
    let late = Self.written.map { today.dayNumber - $0.dayNumber } ?? 0
    days = 364 * Int((Double(late) / 364).rounded(.down))
    self.zone = zone
  }

  /// - Parameter text: `2026-11-16`, or as many days from today as `today-3` says, or the Monday of so many weeks ago:
  ///   `monday-2`.
  /// - Throws: when the text is no date.
  func date(_ text: String) throws -> CalendarDate {
    if let found = text.wholeMatch(of: /today([+-]\d+)/), let days = Int(found.output.1) {
      return today.adding(days: days)
    }
    if let found = text.wholeMatch(of: /monday(-\d+)/), let weeks = Int(found.output.1) {
      // The first of January 1970, day 0, was a Thursday.
      return today.adding(days: 7 * weeks - (today.dayNumber + 3) % 7)
    }
    guard let date = CalendarDate(text) else { throw SettingsError(description: "\(text) in Data/demo is no date") }
    return date.adding(days: days)
  }

  /// Three in the afternoon of the day: when schools write things down.
  func moment(_ text: String) throws -> Instant { zone.start(of: try date(text)) + .hours(15) }

  /// When nothing more happens in the files.
  func end() throws -> Instant { try moment(Self.written?.description ?? "") }

  /// - Parameter text: `2026-11-16T19:42` in the League's zone.
  func minute(_ text: String) throws -> Instant {
    let halves = text.split(separator: "T").map(String.init)
    let clock = halves.count == 2 ? halves[1].split(separator: ":").compactMap { Int($0) } : []
    guard clock.count == 2 else { throw SettingsError(description: "\(text) in Data/demo is no moment") }
    return zone.start(of: try date(halves[0])) + .minutes(60 * clock[0] + clock[1])
  }
}
