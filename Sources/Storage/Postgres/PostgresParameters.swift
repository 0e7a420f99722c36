import CPostgres

/// The values of a statement as libpq takes them: one run of bytes, and where in it each value begins.
struct PostgresParameters {
  private var bytes: [CChar] = []
  private var starts: [Int?] = []
  private var lengths: [Int32] = []
  private var formats: [Int32] = []

  init(_ values: [SQLValue]) {
    starts.reserveCapacity(values.count)
    for value in values { append(value) }
  }

  private mutating func append(_ value: SQLValue) {
    switch value {
    case .null: append([], at: nil, binary: false)
    case .integer(let n): append(String(n).utf8, at: bytes.count, binary: false)
    case .real(let x): append(x.description.utf8, at: bytes.count, binary: false)
    case .text(let text): append(text.utf8, at: bytes.count, binary: false)
    case .blob(let blob): append(blob, at: bytes.count, binary: true)
    }
  }

  private mutating func append(_ value: some Collection<UInt8>, at start: Int?, binary: Bool) {
    bytes += value.lazy.map { CChar(bitPattern: $0) }
    bytes.append(0)
    starts.append(start)
    lengths.append(Int32(clamping: value.count))
    formats.append(binary ? 1 : 0)
  }

  func withPointers<Value>(
    _ body: (_ values: [UnsafePointer<CChar>?], _ lengths: [Int32], _ formats: [Int32]) -> Value
  ) -> Value {
    bytes.withUnsafeBufferPointer { buffer in
      let base = buffer.baseAddress
      return body(starts.map { start in start.flatMap { base?.advanced(by: $0) } }, lengths, formats)
    }
  }
}

extension SQLType {
  /// Type ids from PostgreSQL's pg_type: int8, float8, text, bytea; 0 lets the server infer it.
  var oid: Oid {
    switch self {
    case .integer: 20
    case .real: 701
    case .text: 25
    case .blob: 17
    case .inferred: 0
    }
  }
}
