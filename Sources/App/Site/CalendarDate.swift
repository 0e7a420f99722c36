import Foundation
import Storage

/// A day without a time, `2026-01-02`; its text sorts in order of time.
package struct CalendarDate: Sendable, Hashable, Comparable, LosslessStringConvertible, SQLBindable, SQLReadable {
  package let year: Int
  /// 1…12
  package let month: Int
  /// 1…31
  package let day: Int

  /// Nil unless the three name a day of the Gregorian calendar between the years 1900 and 2199.
  package init?(year: Int, month: Int, day: Int) {
    guard (1900...2199).contains(year), (1...12).contains(month), (1...Self.days(in: month, of: year)).contains(day)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  package init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  package var description: String { "\(year)-\(two(month))-\(two(day))" }

  package static var sqlType: SQLType { .text }
  package var sqlValue: SQLValue { .text(description) }

  package init?(sqlValue: SQLValue) {
    guard let text = String(sqlValue: sqlValue) else { return nil }
    self.init(text)
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }

  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension CalendarDate {
  /// Days since 1970-01-01. Source: Hinnant, "chrono-compatible low-level date algorithms", days_from_civil.
  package var dayNumber: Int {
    let y = month <= 2 ? year - 1 : year
    let era = y / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The inverse of `dayNumber`; days outside 1900…2199 are moved to the nearest end.
  package init(dayNumber: Int) {
    let z = dayNumber + 719_468
    let era = z / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    month = shifted < 10 ? shifted + 3 : shifted - 9
    day = dayOfYear - (153 * shifted + 2) / 5 + 1
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  package func adding(days: Int) -> CalendarDate { CalendarDate(dayNumber: dayNumber + days) }

  /// Monday is 1, Sunday 7 (ISO 8601).
  package var weekday: Int { ((dayNumber + 3) % 7 + 7) % 7 + 1 }

  /// "Tue 24 Nov 2026".
  package var spoken: String {
    "\(Self.weekdays[weekday - 1]) \(day) \(Self.months[month - 1]) \(year)"
  }

  /// "24 Nov 2026".
  package var short: String { "\(day) \(Self.months[month - 1]) \(year)" }

  private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}

/// Two digits, zero in front.
func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }

/// The League's time zone: where instants become days and hours that people read.
package struct LeagueZone: Sendable {
  private let zone: TimeZone

  /// - Parameter name: an IANA name such as `America/New_York`. Nil when the machine does not know it.
  package init?(_ name: String) {
    guard let zone = TimeZone(identifier: name) else { return nil }
    self.zone = zone
  }

  package static let newYork = LeagueZone(zone: TimeZone(identifier: "America/New_York") ?? .gmt)

  static let utc = LeagueZone(zone: .gmt)

  private init(zone: TimeZone) { self.zone = zone }

  package func date(of instant: Instant) -> CalendarDate { Self.date(local(instant)) }

  /// "14:05".
  package func clock(_ instant: Instant) -> String { Self.clock(local(instant)) }

  /// Both, for one look at the zone's rules.
  func dayAndClock(of instant: Instant) -> (CalendarDate, String) {
    let local = local(instant)
    return (Self.date(local), Self.clock(local))
  }

  private static func date(_ local: Double) -> CalendarDate {
    CalendarDate(dayNumber: Int((local / 86_400).rounded(.down)))
  }

  private static func clock(_ local: Double) -> String {
    let second = Int(local) % 86_400
    return "\(two(second / 3600)):\(two(second / 60 % 60))"
  }

  /// Minutes after midnight, 0…1439.
  func minute(_ instant: Instant) -> Int { Int(local(instant)) / 60 % 1440 }

  /// The first moment of `date` in this zone.
  package func start(of date: CalendarDate) -> Instant { moment(0, of: date) }

  /// When the clock of this zone shows `minute` minutes after midnight of `date`.
  func moment(_ minute: Int, of date: CalendarDate) -> Instant {
    let utc = Double(date.dayNumber) * 86_400 + Double(minute) * 60
    let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: utc))
    let guess = utc - Double(offset)
    let settled = utc - Double(zone.secondsFromGMT(for: Date(timeIntervalSince1970: guess)))
    return Instant(milliseconds: Int64(settled) * 1000)
  }

  /// Relative within a day ("12 min", "5 h"), otherwise the date (look.md: dates as "Tue 24 Nov 2026").
  package func ago(_ instant: Instant, now: Instant) -> String {
    ago(instant, now: now, day: date(of: instant).spoken)
  }

  /// - Parameter day: the instant's own, as it is spoken.
  func ago(_ instant: Instant, now: Instant, day: String) -> String {
    let seconds = (now - instant).wholeSeconds
    if seconds < 60 { return seconds < 0 ? day : "just now" }
    if seconds < 3600 { return "\(seconds / 60) min ago" }
    return seconds < 86_400 ? "\(seconds / 3600) h ago" : day
  }

  private func local(_ instant: Instant) -> Double {
    let utc = Double(instant.milliseconds) / 1000
    return utc + Double(zone.secondsFromGMT(for: Date(timeIntervalSince1970: utc)))
  }
}
