/// Small groups whose total follows from published totals by adding and subtracting, whatever the figures are.
///
/// Each release is a row of zeros and ones over the units; what can be computed exactly is what the rows span. The rows
/// are reduced modulo the prime 2³¹ − 1, so nothing is rounded. A single unit, and any school as a whole, is found
/// whenever it can be computed; other small groups when they are a row of the reduced form.
struct SpannedGroups {
  private let releases: [DisclosureLedger.Release]
  private let policy: DisclosureLedger.Policy
  private let units: [DisclosureLedger.Unit]

  init(_ releases: [DisclosureLedger.Release], policy: DisclosureLedger.Policy) {
    self.releases = releases
    self.policy = policy
    var seen: Set<String> = []
    units = releases.flatMap(\.units).filter { seen.insert($0.name).inserted }
  }

  /// Groups that everybody can compute, then those that a school can that knows its own units.
  func objections() -> [DisclosureLedger.Objection] {
    let schools = units.map(\.school).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let forAll = small(to: nil, schools)
    let forOne = schools.flatMap { viewer in
      small(to: viewer, schools).filter { !forAll.contains($0) }.map { (viewer, $0) }
    }
    return forAll.map { .computable(units: $0, by: nil) } + forOne.map { .computable(units: $1, by: $0) }
  }

  private func small(to viewer: String?, _ schools: [String]) -> [[String]] {
    let hidden = units.filter { $0.school != viewer }
    let place = Dictionary(uniqueKeysWithValues: hidden.enumerated().map { ($1.name, $0) })
    var span = ModularSpan(width: hidden.count)
    for release in releases { span.add(release.units.compactMap { place[$0.name] }) }
    var groups = span.supports.map { $0.map { hidden[$0] } }
    for school in schools where school != viewer {
      let own = hidden.indices.filter { hidden[$0].school == school }
      if span.contains(own) { groups.append(own.map { hidden[$0] }) }
    }
    let fewest = viewer == nil ? policy.schools : 2
    var seen: Set<[String]> = []
    return groups.filter { group in
      group.reduce(0) { $0 + $1.people } < policy.people || Set(group.map(\.school)).count < fewest
    }.map { $0.map(\.name).sorted() }.filter { seen.insert($0).inserted }
  }
}

/// What rows of zeros and ones span, in reduced echelon form modulo a prime.
struct ModularSpan {
  private static let prime: UInt64 = 2_147_483_647
  private let width: Int
  private var rows: [(pivot: Int, values: [UInt64])] = []

  init(width: Int) { self.width = width }

  /// Adds the row that is 1 at `places`.
  mutating func add(_ places: [Int]) {
    var row = reduced(places)
    guard let pivot = row.firstIndex(where: { $0 != 0 }) else { return }
    let scale = Self.inverse(row[pivot])
    for column in row.indices { row[column] = row[column] * scale % Self.prime }
    for index in rows.indices where rows[index].values[pivot] != 0 {
      Self.subtract(row, times: rows[index].values[pivot], from: &rows[index].values)
    }
    rows.append((pivot, row))
  }

  /// Whether the row that is 1 at `places` is spanned.
  func contains(_ places: [Int]) -> Bool { !places.isEmpty && reduced(places).allSatisfy { $0 == 0 } }

  /// For each reduced row the columns it does not have 0 at, in order of pivots.
  var supports: [[Int]] {
    rows.sorted { $0.pivot < $1.pivot }.map { row in row.values.indices.filter { row.values[$0] != 0 } }
  }

  private func reduced(_ places: [Int]) -> [UInt64] {
    var row = [UInt64](repeating: 0, count: width)
    for place in places { row[place] = 1 }
    for known in rows where row[known.pivot] != 0 { Self.subtract(known.values, times: row[known.pivot], from: &row) }
    return row
  }

  private static func subtract(_ other: [UInt64], times factor: UInt64, from row: inout [UInt64]) {
    for column in row.indices { row[column] = (row[column] + (prime - factor) * other[column]) % prime }
  }

  /// By Fermat: value^(prime − 2).
  private static func inverse(_ value: UInt64) -> UInt64 {
    var (result, base, power): (UInt64, UInt64, UInt64) = (1, value, prime - 2)
    while power > 0 {
      if power & 1 == 1 { result = result * base % prime }
      base = base * base % prime
      power >>= 1
    }
    return result
  }
}
