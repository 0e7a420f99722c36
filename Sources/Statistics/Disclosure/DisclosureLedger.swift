/// Everything that has been published about a network, and the test that each new aggregate must pass.
///
/// An aggregate is a total or mean over units: a unit is the smallest thing whose value is to stay secret, such as a
/// school, or a group of pupils of a school. What has been published of one measure is one system of equations for all
/// times and views, and every school also knows its own units. Raw figures that only the owning school sees do not
/// belong here. The ledger is a value: keep its releases and make it again from them.
public struct DisclosureLedger: Sendable, Equatable {
  public let policy: Policy
  /// In the order of publication.
  public private(set) var releases: [Release] = []

  public struct Policy: Sendable, Equatable, Codable {
    /// The least number of people an aggregate, or what two of them differ by, may stand for.
    public let people: Int
    /// The same for schools. At least 3: of a mean of two, each learns the other's.
    public let schools: Int
    public let dominance: Dominance.Rule

    /// - Throws: `StatisticsError.input`, naming `min_n` or `min_schools`.
    public init(people: Int = 10, schools: Int = 3, dominance: Dominance.Rule) throws(StatisticsError) {
      guard people >= 1 else { throw .input(field: "min_n", advice: "must be at least 1") }
      guard schools >= 3 else { throw .input(field: "min_schools", advice: "must be at least 3") }
      (self.people, self.schools, self.dominance) = (people, schools, dominance)
    }
  }

  /// What an aggregate sums.
  public struct Unit: Sendable, Hashable, Codable {
    /// Unique within a measure; the same unit has the same name in every release.
    public let name: String
    public let school: String
    /// People in it, 0 or more.
    public let people: Int
    /// What it adds to the total, where known and not negative: needed to test dominance and counts.
    public let amount: Double?

    public init(_ name: String, school: String, people: Int, amount: Double? = nil) {
      (self.name, self.school, self.people, self.amount) = (name, school, people, amount)
    }
  }

  /// What is published at once: one figure over some units.
  public struct Release: Sendable, Equatable, Codable {
    public let id: String
    /// What is measured, with its period: figures of one measure can be set against each other.
    public let measure: String
    public let units: [Unit]
    /// Whether amounts count people (each 0…people of its unit), as "pupils who passed" does.
    public let countsPeople: Bool

    public init(id: String, measure: String, units: [Unit], countsPeople: Bool = false) {
      (self.id, self.measure, self.units, self.countsPeople) = (id, measure, units, countsPeople)
    }

    var people: Int { units.reduce(0) { $0 + $1.people } }
    var schools: Int { Set(units.map(\.school)).count }
    var total: Double? {
      let amounts = units.compactMap(\.amount)
      return amounts.count == units.count ? amounts.reduce(0, +) : nil
    }
  }

  /// Why something may not be published.
  public enum Objection: Sendable, Equatable, CustomStringConvertible {
    case tooFewPeople(Int)
    case tooFewSchools(Int)
    /// One school makes up too much of the total: its share, 0…1.
    case dominated(share: Double)
    /// It differs from an earlier release by a small group: somebody joined or left.
    case differs(from: String, people: Int, schools: Int)
    /// Together with what was published before, this small group's figure can be computed; by one school that uses what
    /// it knows of itself, or by everybody (nil).
    case computable(units: [String], by: String?)

    public var description: String {
      switch self {
      case .tooFewPeople(let people): "It stands for \(people) people only."
      case .tooFewSchools(let schools): "It stands for \(schools) schools only."
      case .dominated(let share): "One school makes up \(Int((share * 100).rounded())) % of it."
      case .differs(let id, let people, let schools):
        "It differs from \(id) by \(people) people of \(schools) schools."
      case .computable(let units, let school):
        "\(units.joined(separator: ", ")) could be computed by \(school ?? "everybody")."
      }
    }
  }

  public init(policy: Policy) { self.policy = policy }

  /// Everything that speaks against publishing `release` now; nothing when it may be. What could be computed before it
  /// is no objection to it.
  /// - Throws: `StatisticsError.input` when a unit is given twice or has changed its school; `LinearProgramFailure`.
  public func objections(to release: Release) throws -> [Objection] {
    try check(release)
    let earlier = releases.filter { $0.measure == release.measure }
    let already = try computable(earlier)
    return alone(release) + earlier.compactMap { difference(release, $0) }
      + (try computable(earlier + [release]).filter { !already.contains($0) })
  }

  private func computable(_ releases: [Release]) throws -> [Objection] {
    SpannedGroups(releases, policy: policy).objections() + (try CountLeak(releases).objections())
  }

  /// Adds a release that nothing speaks against; the objections otherwise, and the ledger stays as it was.
  public mutating func publish(_ release: Release) throws -> [Objection] {
    let objections = try objections(to: release)
    if objections.isEmpty { releases.append(release) }
    return objections
  }

  /// Notes what has already been published elsewhere, whatever speaks against it.
  public mutating func note(_ release: Release) throws {
    try check(release)
    releases.append(release)
  }

  private func check(_ release: Release) throws(StatisticsError) {
    var schools: [String: String] = [:]
    for earlier in releases where earlier.measure == release.measure {
      for unit in earlier.units { schools[unit.name] = unit.school }
    }
    var seen: Set<String> = []
    for (place, unit) in release.units.enumerated() {
      let field = "units[\(place + 1)]"
      guard seen.insert(unit.name).inserted else { throw .input(field: field, advice: "must not be given twice") }
      guard schools[unit.name] ?? unit.school == unit.school else {
        throw .input(field: "\(field).school", advice: "must be the school it was before")
      }
      guard unit.people >= 0 else { throw .input(field: "\(field).people", advice: "must not be below 0") }
      guard unit.amount.map({ $0 >= 0 && $0.isFinite }) ?? true else {
        throw .input(field: "\(field).amount", advice: "must not be below 0")
      }
      guard !release.countsPeople || unit.amount ?? 0 <= Double(unit.people) else {
        throw .input(field: "\(field).amount", advice: "must not be above its people")
      }
    }
  }

  private func alone(_ release: Release) -> [Objection] {
    var found: [Objection] = []
    if release.people < policy.people { found.append(.tooFewPeople(release.people)) }
    if release.schools < policy.schools { found.append(.tooFewSchools(release.schools)) }
    let bySchool = Dictionary(grouping: release.units, by: \.school).mapValues {
      $0.reduce(0) { $0 + ($1.amount ?? 0) }
    }
    if release.total != nil, let dominance = try? Dominance(Array(bySchool.values), rule: policy.dominance),
      !dominance.isSafe
    {
      found.append(.dominated(share: dominance.shareOfLargest))
    }
    return found
  }

  /// A small group in one of the two releases but not in the other.
  private func difference(_ release: Release, _ earlier: Release) -> Objection? {
    let names = (Set(release.units.map(\.name)), Set(earlier.units.map(\.name)))
    let apart = (release.units + earlier.units).filter { names.0.contains($0.name) != names.1.contains($0.name) }
    let people = apart.reduce(0) { $0 + $1.people }
    let schools = Set(apart.map(\.school)).count
    guard !apart.isEmpty, people < policy.people || schools < policy.schools else { return nil }
    return .differs(from: earlier.id, people: people, schools: schools)
  }
}
