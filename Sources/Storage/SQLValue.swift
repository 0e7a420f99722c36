/// A value as both engines hold it. Booleans are whole numbers 0 and 1, instants are milliseconds, dates are text.
public enum SQLValue: Sendable, Hashable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  /// Bytes, in a column declared BYTEA (a name that SQLite takes as well). For small things; files belong elsewhere.
  case blob([UInt8])
}

/// The kind of a value, known even where the value is missing.
public enum SQLType: Sendable, Hashable {
  case integer, real, text, blob
  /// The engine infers it from the place in the statement.
  case inferred
}

/// A Swift value that can be bound in a statement.
public protocol SQLBindable: Sendable {
  var sqlValue: SQLValue { get }

  /// The kind of `sqlValue`, the same for all values of the type. Say it where a missing value can stand in a place
  /// that does not tell its type, as in `\(state) IS NULL OR state = \(state)`.
  static var sqlType: SQLType { get }
}

extension SQLBindable {
  @inlinable public static var sqlType: SQLType { .inferred }
}

/// A Swift value that can be read from a column; nil when the column holds another kind.
public protocol SQLReadable { init?(sqlValue: SQLValue) }

extension Int: SQLBindable, SQLReadable {
  @inlinable public static var sqlType: SQLType { .integer }
  @inlinable public var sqlValue: SQLValue { .integer(Int64(self)) }
  @inlinable public init?(sqlValue: SQLValue) {
    if case .integer(let n) = sqlValue { self.init(n) } else { return nil }
  }
}

extension Int64: SQLBindable, SQLReadable {
  @inlinable public static var sqlType: SQLType { .integer }
  @inlinable public var sqlValue: SQLValue { .integer(self) }
  @inlinable public init?(sqlValue: SQLValue) { if case .integer(let n) = sqlValue { self = n } else { return nil } }
}

extension Double: SQLBindable, SQLReadable {
  @inlinable public static var sqlType: SQLType { .real }
  @inlinable public var sqlValue: SQLValue { .real(self) }
  @inlinable public init?(sqlValue: SQLValue) {
    switch sqlValue {
    case .real(let x): self = x
    case .integer(let n): self = Double(n)
    default: return nil
    }
  }
}

extension String: SQLBindable, SQLReadable {
  @inlinable public static var sqlType: SQLType { .text }
  @inlinable public var sqlValue: SQLValue { .text(self) }
  @inlinable public init?(sqlValue: SQLValue) { if case .text(let s) = sqlValue { self = s } else { return nil } }
}

extension Bool: SQLBindable, SQLReadable {
  @inlinable public static var sqlType: SQLType { .integer }
  @inlinable public var sqlValue: SQLValue { .integer(self ? 1 : 0) }
  @inlinable public init?(sqlValue: SQLValue) {
    if case .integer(let n) = sqlValue { self = n != 0 } else { return nil }
  }
}

extension [UInt8]: SQLBindable, SQLReadable {
  @inlinable public static var sqlType: SQLType { .blob }
  @inlinable public var sqlValue: SQLValue { .blob(self) }
  @inlinable public init?(sqlValue: SQLValue) {
    if case .blob(let bytes) = sqlValue { self = bytes } else { return nil }
  }
}

extension Optional: SQLReadable where Wrapped: SQLReadable {
  @inlinable public init?(sqlValue: SQLValue) {
    if case .null = sqlValue { self = .none; return }
    guard let value = Wrapped(sqlValue: sqlValue) else { return nil }
    self = .some(value)
  }
}

extension SQLValue {
  /// What the value is, without the value, which may be somebody's.
  @usableFromInline var kind: String {
    switch self {
    case .null: "null"
    case .integer: "whole number"
    case .real: "number"
    case .text: "text"
    case .blob: "bytes"
    }
  }

  /// Refuses what only one of the engines could keep: text with a NUL character, and numbers that are not finite.
  func checkPortable() throws {
    switch self {
    case .text(let text) where text.utf8.contains(0): throw DatabaseError.value("text with a NUL character")
    case .real(let x) where !x.isFinite: throw DatabaseError.value("a number that is not finite")
    default: break
    }
  }
}
