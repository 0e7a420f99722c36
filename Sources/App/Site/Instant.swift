import Storage

/// A moment: whole milliseconds since 1970-01-01T00:00:00Z. Stored as BIGINT, shown in the League's zone.
package struct Instant: Sendable, Hashable, Comparable, SQLBindable, SQLReadable {
  package let milliseconds: Int64

  package init(milliseconds: Int64) { self.milliseconds = milliseconds }

  package static var sqlType: SQLType { .integer }
  package var sqlValue: SQLValue { .integer(milliseconds) }

  package init?(sqlValue: SQLValue) {
    guard case .integer(let milliseconds) = sqlValue else { return nil }
    self.init(milliseconds: milliseconds)
  }

  package static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }
  package static func + (instant: Self, span: Span) -> Self {
    Self(milliseconds: instant.milliseconds + span.milliseconds)
  }
  package static func - (instant: Self, span: Span) -> Self {
    Self(milliseconds: instant.milliseconds - span.milliseconds)
  }
  package static func - (later: Self, earlier: Self) -> Span {
    Span(milliseconds: later.milliseconds - earlier.milliseconds)
  }
}

extension Instant {
  /// Whether it lies within `span` before `now`; not when it is from a time when the clock was ahead.
  func isWithin(_ span: Span, before now: Instant) -> Bool { now - self < span && self - now <= .drift }
}

/// A length of time in milliseconds.
package struct Span: Sendable, Hashable, Comparable {
  package let milliseconds: Int64

  package static func seconds(_ n: Int) -> Self { Self(milliseconds: Int64(n) * 1000) }
  package static func minutes(_ n: Int) -> Self { .seconds(60 * n) }
  package static func hours(_ n: Int) -> Self { .minutes(60 * n) }
  package static func days(_ n: Int) -> Self { .hours(24 * n) }

  /// By so much the clocks of processes that share a database may differ. What lies further ahead than anything that is
  /// written now was written while a clock was wrong.
  static let drift = Span.minutes(5)

  package var wholeSeconds: Int { Int(milliseconds / 1000) }
  package var wholeDays: Int { Int(milliseconds / 86_400_000) }

  package static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }
}
