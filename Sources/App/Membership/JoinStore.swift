import Storage

/// Finds the school that wants to join.
struct JoinStore {
  let db: any Transaction

  /// Schools whose name or town is like what was typed, typing errors forgiven, the likest first; after the open ones
  /// those that closed or were merged, so that a school is found by its old name too.
  func schools(named typed: String, limit: Int = 30) throws -> [School] {
    var filter = DirectoryFilter()
    filter.name = String(typed.prefix(80))
    guard !folded(filter.name).isEmpty else { return [] }
    let directory = SchoolDirectoryStore(db: db)
    let open = try directory.all(filter)
    filter.closed = true
    let closed = try directory.all(filter).filter { $0.status != .outside }
    return Array((open + closed).prefix(limit))
  }
}
