import Storage

/// Two schools that may be one.
package struct SchoolPair: Sendable, Equatable {
  package enum Reason: String, Sendable { case sameName = "same-name", near }

  package let id: String
  package let first: School
  package let second: School
  package let reason: Reason
  package let metres: Int?
}

/// Every SQL statement about schools that stand in the directory twice.
struct SchoolDuplicateStore {
  let db: any Transaction

  /// Same or neighbouring square, less than 400 m apart, and names that share half of their pieces.
  private static let reach = 400.0
  private static let leastLikeness = 0.5

  // MARK: finding

  /// Compares the given schools with all others, and remembers the pairs that look alike and were not known.
  ///
  /// - Returns: the number of new pairs.
  func look(at ids: [School.ID], run: String, now: Instant) throws -> Int {
    var found: [Set<School.ID>: (reason: SchoolPair.Reason, metres: Double?)] = [:]
    for start in stride(from: 0, to: ids.count, by: 200) {
      let some = Array(ids[start..<min(start + 200, ids.count)])
      for (pair, reason, metres) in try sameNames(some) + near(some) where found[pair] == nil {
        found[pair] = (reason, metres)
      }
    }
    var number = 0
    let rows = found.map { pair, finding -> (first: School.ID, second: School.ID, SchoolPair.Reason, Int?) in
      let ends = pair.sorted()
      return (ends[0], ends[1], finding.reason, finding.metres.map { Int($0.rounded()) })
    }.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
    return try db.insertMany(
      into: "school_duplicate", columns: ["id", "first_id", "second_id", "reason", "metres", "found_at"],
      rows: rows.map { row -> [(any SQLBindable)?] in
        number += 1
        return ["\(run)-d\(number)", row.first, row.second, row.2.rawValue, row.3, now]
      }, conflict: "ON CONFLICT (first_id, second_id) DO NOTHING")
  }

  private typealias Finding = (pair: Set<School.ID>, reason: SchoolPair.Reason, metres: Double?)

  /// The same folded name in the same town, or in the same state where one of them has no town.
  private func sameNames(_ ids: [School.ID]) throws -> [Finding] {
    try db.rows(
      """
      SELECT a.id AS left_id, b.id AS right_id FROM school a
      JOIN school b ON b.state = a.state AND b.folded_name = a.folded_name AND b.id <> a.id
      WHERE a.id IN \(SQL.list(ids)) AND a.status <> 'merged' AND b.status <> 'merged' AND a.fictional = b.fictional
        AND (a.folded_city = b.folded_city OR a.folded_city = '' OR b.folded_city = '')
      """
    ).map { (pair: [try $0.read("left_id"), try $0.read("right_id")], reason: .sameName, metres: nil) }
  }

  private func near(_ ids: [School.ID]) throws -> [Finding] {
    let schools = try db.all(
      "SELECT \(Spot.columns) FROM school WHERE id IN \(SQL.list(ids)) AND cell IS NOT NULL AND status <> 'merged'",
      as: Spot.self)
    let cells = Set(schools.flatMap { GeoPoint.around($0.point.cell) })
    let others = try db.all(
      "SELECT \(Spot.columns) FROM school WHERE cell IN \(SQL.list(cells.sorted())) AND status <> 'merged'",
      as: Spot.self)
    let byCell = Dictionary(grouping: others) { $0.point.cell }
    return schools.flatMap { school in
      GeoPoint.around(school.point.cell).flatMap { byCell[$0] ?? [] }.compactMap { other -> Finding? in
        guard other.id != school.id, other.isFictional == school.isFictional else { return nil }
        let metres = school.point.metres(to: other.point)
        guard metres <= Self.reach, SchoolName.likeness(school.name, other.name) >= Self.leastLikeness else {
          return nil
        }
        return (pair: [school.id, other.id], reason: .near, metres: metres)
      }
    }
  }

  /// What is compared when schools stand near to each other.
  private struct Spot: RowReadable {
    static let columns: SQL = "id, folded_name, latitude, longitude, fictional"
    let id: School.ID
    let name: String
    let point: GeoPoint
    let isFictional: Bool

    init(row: Row) throws {
      id = try row.read("id")
      name = try row.read("folded_name")
      point = try GeoPoint(row: row).orRefuse(.notFound)
      isFictional = try row.read("fictional")
    }
  }

  // MARK: settling

  /// Pairs that nobody has looked at, those found first come first.
  func open(limit: Int = 50) throws -> [SchoolPair] {
    try pairs("verdict IS NULL ORDER BY found_at, id LIMIT \(limit)")
  }

  /// Pairs that were said to be two schools, the newest first.
  func apart(limit: Int = 20) throws -> [SchoolPair] {
    try pairs("verdict = 'apart' ORDER BY found_at DESC, id DESC LIMIT \(limit)")
  }

  func find(_ id: String) throws -> SchoolPair? { try pairs("id = \(id)").first }

  /// Says of a pair that it is two schools (`apart`), one (`merged`), or that it is open again (nil).
  func settle(_ pair: String, _ verdict: String?, by person: Person.ID?, at now: Instant) throws {
    try db.run(
      "UPDATE school_duplicate SET verdict = \(verdict), settled_at = \(now), settled_by = \(person) WHERE id = \(pair)"
    )
  }

  func settle(_ one: School.ID, _ other: School.ID, _ verdict: String?, by person: Person.ID?, at now: Instant) throws {
    let ends = [one, other].sorted()
    try db.run(
      """
      UPDATE school_duplicate SET verdict = \(verdict), settled_at = \(now), settled_by = \(person)
      WHERE first_id = \(ends[0]) AND second_id = \(ends[1])
      """)
  }

  private func pairs(_ rest: SQL) throws -> [SchoolPair] {
    let rows = try db.rows("SELECT id, first_id, second_id, reason, metres FROM school_duplicate WHERE " + rest)
    let ids = try rows.flatMap { row -> [School.ID] in [try row.read("first_id"), try row.read("second_id")] }
    let schools = Dictionary(
      try SchoolStore(db: db).all(ids).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return try rows.compactMap { row in
      guard let first = schools[try row.read("first_id")], let second = schools[try row.read("second_id")]
      else { return nil }
      return SchoolPair(
        id: try row.read("id"), first: first, second: second,
        reason: SchoolPair.Reason(rawValue: try row.read("reason")) ?? .near, metres: try row.read("metres"))
    }
  }
}
