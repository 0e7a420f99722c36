import Storage

/// Finds the school that wants to join.
struct JoinStore {
  let db: any Transaction

  /// Open schools whose name or town holds every word, by name; a merged school is found by its old name too.
  func schools(named typed: String, limit: Int = 30) throws -> [School] {
    let words = folded(typed).split(separator: " ").prefix(8)
    guard !words.isEmpty else { return [] }
    let conditions: [SQL] = words.map { word in
      let pattern = "%\(word)%"
      return "folded_name LIKE \(pattern) OR folded_city LIKE \(pattern)"
    }
    return try db.all(
      """
      SELECT \(School.columns) FROM school WHERE \(SQL.all(conditions)) AND status <> 'outside'
      ORDER BY folded_name, id LIMIT \(limit)
      """)
  }
}
