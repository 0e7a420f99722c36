import CPostgres

/// What a PostgreSQL server says of a statement that it refused.
struct PostgresReport {
  /// The SQLSTATE, <https://www.postgresql.org/docs/15/errcodes-appendix.html>.
  private let code: String
  private let message: String
  private let violation: DatabaseError.Violation

  /// Nil when the result holds no report, which means that the connection was lost.
  init?(_ result: OpaquePointer?) {
    func field(_ letter: Unicode.Scalar) -> String? {
      PQresultErrorField(result, Int32(letter.value)).map { String(cString: $0) }
    }
    guard let code = field("C") else { return nil }
    self.code = code
    message = field("M") ?? ""
    let columns = field("c").map { [$0] } ?? field("D").map(Self.key) ?? []
    violation = DatabaseError.Violation(table: field("t"), columns: columns, constraint: field("n"))
  }

  /// The columns in `Key (school_id, email)=(…) already exists.`; the values behind them are somebody's and stay out.
  private static func key(in detail: String) -> [String] {
    guard let open = detail.firstIndex(of: "("), let close = detail.firstRange(of: ")=(") else { return [] }
    guard open < close.lowerBound else { return [] }
    return detail[detail.index(after: open)..<close.lowerBound].split(separator: ", ").map(String.init)
  }

  /// The order of transactions cannot be kept, or two waited for each other, or a statement was prepared before the
  /// schema changed: the transaction is to be run again.
  var asksToRepeat: Bool { code == "40001" || code == "40P01" || preparedIsStale }

  var preparedIsStale: Bool { code == "0A000" && message.contains("cached plan") || code == "26000" }

  var error: DatabaseError {
    switch code {
    case "23505": .unique(violation)
    case "23514": .check(violation)
    case "23502": .notNull(violation)
    case "23503": .foreignKey(violation)
    case "25006": .readOnly
    case "55P03": .busy("a lock was held for too long")
    case "40001", "40P01": .busy(message)
    case "57014": .timeout("a statement took too long")
    case "57P01", "57P02", "57P03", "57P05", "58030", "25P03": .unavailable(message)
    case _ where code.hasPrefix("08") || code.hasPrefix("53"): .unavailable(message)
    default: .engine(code: code, message: message)
    }
  }
}
