import CPostgres
import Foundation

/// A statement that the server has parsed; it learns its columns from its first result.
final class PreparedStatement {
  let name: String
  private var columns: [String] = []
  private var kinds: [WireKind] = []

  init(name: String) { self.name = name }

  func answer(from result: OpaquePointer?) -> Answer {
    let changed = Int(String(cString: PQcmdTuples(result))) ?? 0
    let width = PQnfields(result)
    guard width > 0 else { return Answer(changed: changed) }
    if columns.isEmpty { learnColumns(of: result, width) }
    let height = PQntuples(result)
    var values: [SQLValue] = []
    values.reserveCapacity(Int(width * height))
    for row in 0..<height {
      for column in 0..<width { values.append(value(result, row, column)) }
    }
    return Answer(rows: ResultRows(columns: columns, values: values).rows, changed: changed)
  }

  private func learnColumns(of result: OpaquePointer?, _ width: Int32) {
    columns = (0..<width).map { String(cString: PQfname(result, $0)) }
    kinds = (0..<width).map { WireKind(oid: PQftype(result, $0)) }
  }

  private func value(_ result: OpaquePointer?, _ row: Int32, _ column: Int32) -> SQLValue {
    guard PQgetisnull(result, row, column) == 0, let text = PQgetvalue(result, row, column) else { return .null }
    return switch kinds[Int(column)] {
    case .integer: .integer(Int64(strtoll(text, nil, 10)))
    case .real: .real(strtod(text, nil))
    case .numeric: Self.number(String(cString: text))
    case .boolean: .integer(text[0] == UInt8(ascii: "t") ? 1 : 0)
    case .bytes: .blob(Self.bytes(text))
    case .text: .text(String(cString: text))
    }
  }

  /// Sums of BIGINT come as exact decimals: a whole number where it is one and fits.
  private static func number(_ text: String) -> SQLValue {
    Int64(text).map(SQLValue.integer) ?? Double(text).map(SQLValue.real) ?? .text(text)
  }

  private static func bytes(_ text: UnsafePointer<CChar>) -> [UInt8] {
    var count = 0
    let start = UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self)
    guard let bytes = PQunescapeBytea(start, &count) else { return [] }
    defer { PQfreemem(bytes) }
    return [UInt8](UnsafeBufferPointer(start: bytes, count: count))
  }
}

/// How a column's text is read.
private enum WireKind {
  case integer, real, numeric, boolean, bytes, text

  /// Type ids from PostgreSQL's pg_type: bool 16, bytea 17, int8 20, int2 21, int4 23, float4 700, float8 701, numeric 1700.
  init(oid: Oid) {
    self =
      switch oid {
      case 20, 21, 23: .integer
      case 700, 701: .real
      case 1700: .numeric
      case 16: .boolean
      case 17: .bytes
      default: .text
      }
  }
}
