/// One step of the schema, applied once, in order, inside a transaction of its own. Released steps never change.
public struct Migration: Sendable {
  public let name: String
  let statements: [SQL]

  /// - Parameter statements: each may hold several, separated by semicolons, when it has no values.
  public init(_ name: String, _ statements: SQL...) {
    self.init(name, statements)
  }

  public init(_ name: String, _ statements: [SQL]) {
    self.name = name
    self.statements = statements
  }

  /// A number over the text for both engines, which shows whether a step was changed after it was applied (FNV-1a,
  /// 64 bits, as hexadecimal text).
  var checksum: String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for dialect in Dialect.allCases {
      for statement in statements {
        for byte in statement.rendered(for: dialect).text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
      }
    }
    return String(hash, radix: 16)
  }

  func apply(to db: any Transaction) throws {
    for statement in statements where !statement.isBlank(in: db.dialect) {
      let hasValues = !statement.rendered(for: db.dialect).values.isEmpty
      if hasValues { try db.run(statement) } else { try db.script(statement) }
    }
  }
}
