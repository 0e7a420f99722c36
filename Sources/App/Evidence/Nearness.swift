import Statistics

/// How near each school that tried an idea is to one's own: by size, grades, setting and kind, never by results.
struct Nearness: Sendable {
  /// Beyond this distance, in standard deviations, a school is not called near.
  static let near = 1.0

  struct Row: Sendable {
    let trial: TrialLine
    /// Nil where too little is known of the two to compare them.
    let distance: Double?
  }

  let home: SchoolGlance
  /// Nearest first; a school stands once, with its latest trial.
  let rows: [Row]
  /// What the directory does not say of the own school.
  let undeclared: [String]

  /// What schools are called alike by; never a result.
  static let features = [
    Feature("students", scale: .logarithm), Feature("lowest grade"), Feature("highest grade"),
    Feature("setting", scale: .category), Feature("kind", scale: .category),
  ]

  /// - Parameter members: the schools over which a standard deviation is taken.
  /// - Throws: `StatisticsError` when the directory holds an impossible value.
  init(_ evidence: IdeaEvidence, home: SchoolGlance, members: [SchoolGlance]) throws {
    self.home = home
    var seen: Set<School.ID> = []
    let trials = evidence.reported.filter { $0.school.id != home.id && seen.insert($0.school.id).inserted }
    let others = trials.map(\.school) + members
    var named: Set<School.ID> = [home.id]
    let schools = [home] + others.filter { named.insert($0.id).inserted }
    let search = try PeerSearch(features: Self.features, schools: schools.map(Self.compared))
    let group = try search.nearest(to: home.id.description, count: max(1, schools.count - 1))
    let distances = Dictionary(group.peers.map { ($0.id, $0.distance) }) { first, _ in first }
    rows = trials.map { Row(trial: $0, distance: distances[$0.school.id.description]) }
      .sorted { ($0.distance ?? .infinity, $0.trial.school.name) < ($1.distance ?? .infinity, $1.trial.school.name) }
    undeclared = group.undeclared
  }

  static func compared(_ school: SchoolGlance) -> ComparedSchool {
    var values: [String: FeatureValue] = [:]
    if let students = school.students, students > 0 { values["students"] = .number(Double(students)) }
    if let low = school.gradeLow { values["lowest grade"] = .number(Double(max(6, low))) }
    if let high = school.gradeHigh { values["highest grade"] = .number(Double(high)) }
    if let area = school.area { values["setting"] = .category(area) }
    if !school.kind.isEmpty { values["kind"] = .category(school.kind) }
    return ComparedSchool(id: school.id.description, values: values)
  }

  /// "Three of the nine other schools that reported are near: …" or that nobody is.
  var sentence: String {
    guard let nearest = rows.first?.trial.school.name else { return "No other school has reported yet." }
    let near = rows.filter { ($0.distance ?? .infinity) <= Self.near }
    let far = "differs from \(home.name) by more than one standard deviation"
    if rows.count == 1 {
      return near.isEmpty
        ? "Nobody is near: the one other school that reported, \(nearest), \(far)."
        : "The one other school that reported is near: \(nearest)."
    }
    let all = "\(EvidenceSentence.spelled(rows.count)) other schools that reported"
    switch near.count {
    case 0: return "Nobody is near: of the \(all), even the nearest \(far)."
    case 1: return "One of the \(all) is near: \(nearest)."
    default:
      let found = LikeMine.found(
        worked: near.count { $0.trial.claim?.verdict == .worked },
        didNotWork: near.count { $0.trial.claim?.verdict == .didNotWork })
      let some =
        near.count == rows.count
        ? "All \(all)" : "\(EvidenceSentence.spelled(near.count, capital: true)) of the \(all)"
      return "\(some) are near: \(found)."
    }
  }
}
