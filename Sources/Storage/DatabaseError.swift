/// What a database refused or could not do; the same cases on both engines. No case holds a bound value.
public enum DatabaseError: Error, Sendable, Equatable {
  /// A row with the same values of a key is already there.
  case unique(Violation)
  /// A CHECK of the schema refused the row.
  case check(Violation)
  /// A column that must have a value got none.
  case notNull(Violation)
  /// A row refers to one that is not there, or one that is referred to was to be removed.
  case foreignKey(Violation)
  /// A column was read that is missing, or holds another kind of value.
  case column(String, expected: String, found: String?)
  /// A value that the two engines would not keep alike was to be bound.
  case value(String)
  /// A read transaction tried to write.
  case readOnly
  /// Others held the database for too long; trying again later may work.
  case busy(String)
  /// A statement took longer than `DatabaseLimits.statement`.
  case timeout(String)
  /// The connection was lost, the disk is full, or the database is not there.
  case unavailable(String)
  /// The file is damaged, or holds something else than a database.
  case damaged(String)
  /// The database works but is not fit for use; the text says what to do.
  case unsuitable(String)
  /// A step of the schema failed, and nothing of it was kept.
  case migration(name: String, cause: String)
  /// The database was written by a newer program, which knows these steps more.
  case newerSchema([String])
  /// Anything else, in the engine's own words.
  case engine(code: String, message: String)

  /// Which rule of the schema was broken, as far as the engine tells.
  public struct Violation: Sendable, Equatable {
    public var table: String?
    /// The columns of the key, in its order; empty when the engine does not tell.
    public var columns: [String] = []
    /// The constraint's or index's name, or on SQLite for an unnamed CHECK its text.
    public var constraint: String?
  }

  /// True when a row of `table` with the same `columns` was already there. This is how a store finds what a person can
  /// mend:
  ///
  ///     do { try db.run("INSERT INTO …") } catch let error as DatabaseError where error.isDuplicate(of: "tag", "name") {
  ///       throw Refusal.invalid(["name": "This name is taken."])
  ///     }
  public func isDuplicate(of table: String, _ columns: String...) -> Bool {
    guard case .unique(let violation) = self else { return false }
    return violation.table == table && violation.columns == columns
  }

  /// True when the transaction can go on after rolling back to a savepoint.
  var sparesTransaction: Bool {
    switch self {
    case .unique, .check, .notNull, .foreignKey, .column, .value, .readOnly, .engine: true
    default: false
    }
  }
}

extension DatabaseError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unique(let violation): "already there: \(violation)"
    case .check(let violation): "refused by a check: \(violation)"
    case .notNull(let violation): "value missing: \(violation)"
    case .foreignKey(let violation): "refers to a row that is not there, or is referred to: \(violation)"
    case .column(let name, let expected, nil): "there is no column \(name) to read as \(expected)"
    case .column(let name, let expected, let found?): "column \(name) holds \(found), not \(expected)"
    case .value(let what): "cannot store \(what)"
    case .readOnly: "a read transaction cannot write"
    case .busy(let why): "database busy: \(why)"
    case .timeout(let why): "database too slow: \(why)"
    case .unavailable(let why): "database unavailable: \(why)"
    case .damaged(let why): "database damaged: \(why)"
    case .unsuitable(let advice): advice
    case .migration(let name, let cause): "migration \(name) failed and left nothing behind: \(cause)"
    case .newerSchema(let names):
      "the database belongs to a newer program: it has \(names.joined(separator: ", ")); start that program"
    case .engine(let code, let message): "database error \(code): \(message)"
    }
  }
}

extension DatabaseError.Violation: CustomStringConvertible {
  public var description: String {
    let place = columns.map { column in table.map { "\($0).\(column)" } ?? column }
    return (place.isEmpty ? [table, constraint].compactMap { $0 } : place).joined(separator: ", ")
  }
}
