import CPostgres

/// Where a PostgreSQL database is and how to sign in there. It prints as nothing, since it holds the password.
struct PostgresAddress: Sendable, CustomStringConvertible, CustomReflectable {
  private let settings: [String: String]

  var description: String { "a PostgreSQL address" }
  var customMirror: Mirror { Mirror(self, children: [:]) }

  /// - Throws: `DatabaseError.unsuitable` when libpq cannot read the URL; its own words are kept back, as they hold it.
  init(url: String, schema: String?, limits: DatabaseLimits) throws {
    guard let options = PQconninfoParse(url, nil) else {
      throw DatabaseError.unsuitable(
        "The database URL cannot be read. It looks like postgres://user:password@host:5432/name; in the password, write "
          + "characters such as @ and / as %40 and %2F.")
    }
    defer { PQconninfoFree(options) }
    var settings: [String: String] = [:]
    var next = options
    while let keyword = next.pointee.keyword {
      if let value = next.pointee.val { settings[String(cString: keyword)] = String(cString: value) }
      next += 1
    }
    self.settings = Self.completed(settings, schema, limits)
  }

  private static func completed(
    _ given: [String: String], _ schema: String?, _ limits: DatabaseLimits
  ) -> [String: String] {
    let defaults = [
      "connect_timeout": "\(max(2, limits.connect.milliseconds / 1000))", "application_name": "league",
      "keepalives_idle": "30", "tcp_user_timeout": "\(limits.statement.milliseconds + 5000)",
    ]
    var settings = given.merging(defaults) { given, _ in given }
    var options = [
      "timezone=UTC", "datestyle=ISO", "extra_float_digits=1", "bytea_output=hex", "client_min_messages=warning",
      "jit=off", "statement_timeout=\(limits.statement.milliseconds)", "lock_timeout=\(limits.lock.milliseconds)",
      "idle_in_transaction_session_timeout=60000",
    ]
    if let schema { options.append("search_path=\(schema)") }
    settings["options"] = (given["options"].map { "\($0) " } ?? "") + options.map { "-c \($0)" }.joined(separator: " ")
    settings["client_encoding"] = "UTF8"
    return settings
  }

  /// Opens a session; look at its status before using it.
  func connect() -> OpaquePointer? {
    let pairs = settings.sorted { $0.key < $1.key }
    return withCStrings(pairs.map(\.key)) { keys in
      withCStrings(pairs.map(\.value)) { values in PQconnectdbParams(keys, values, 0) }
    }
  }

  /// The text without the password, should libpq or the server have repeated it.
  func withoutSecret(_ text: String) -> String {
    guard let password = settings["password"], !password.isEmpty else { return text }
    return text.split(separator: password, omittingEmptySubsequences: false).joined(separator: "…")
  }
}

/// Calls `body` with C strings, and a null pointer behind them.
private func withCStrings<Value>(_ strings: [String], _ body: ([UnsafePointer<CChar>?]) -> Value) -> Value {
  var bytes: [CChar] = []
  var starts: [Int] = []
  for string in strings {
    starts.append(bytes.count)
    bytes += string.utf8CString
  }
  return bytes.withUnsafeBufferPointer { buffer in
    body(starts.map { buffer.baseAddress?.advanced(by: $0) } + [nil])
  }
}
