extension SQL {
  /// The values of an IN list with its parentheses: `WHERE id IN \(SQL.list(ids))`. An empty list matches nothing.
  ///
  /// The list is filled up to a power of two by repeating its last value, so that lists of any length need few prepared
  /// statements. Keep lists under 10,000 values; the engines' own limits are 32,766 and 65,535 values a statement.
  public static func list<Value: SQLBindable>(_ values: some Sequence<Value>) -> SQL {
    var parts = values.map { Part.value($0.sqlValue, Value.sqlType) }
    guard let last = parts.last else { return emptyList(of: Value.sqlType) }
    var length = 1
    while length < parts.count { length *= 2 }
    parts += repeatElement(last, count: length - parts.count)
    return "(" + join(parts.map { SQL(parts: [$0]) }) + ")"
  }

  private static func emptyList(of type: SQLType) -> SQL {
    switch type {
    case .integer, .real: "(SELECT 0 WHERE 1 = 0)"
    case .text, .blob, .inferred: "(SELECT '' WHERE 1 = 0)"
    }
  }

  /// The pieces with `separator` between them; nothing when there are no pieces.
  public static func join(_ pieces: some Sequence<SQL>, separator: SQL = ", ") -> SQL {
    var joined = SQL(parts: [])
    for (index, piece) in pieces.enumerated() {
      if index > 0 { joined.parts += separator.parts }
      joined.parts += piece.parts
    }
    return joined
  }

  /// All of the conditions, each in parentheses; always true when there are none.
  public static func all(_ conditions: some Sequence<SQL>) -> SQL {
    let wrapped = conditions.map { "(" + $0 + ")" }
    return wrapped.isEmpty ? "1 = 1" : join(wrapped, separator: " AND ")
  }

  /// Any of the conditions, each in parentheses; never true when there are none.
  public static func any(_ conditions: some Sequence<SQL>) -> SQL {
    let wrapped = conditions.map { "(" + $0 + ")" }
    return wrapped.isEmpty ? "1 = 0" : "(" + join(wrapped, separator: " OR ") + ")"
  }

  /// The name of a table or column that is known only while running, quoted so that it can be nothing else.
  public static func name(_ name: String) -> SQL { SQL(parts: [.name(name)]) }
}
