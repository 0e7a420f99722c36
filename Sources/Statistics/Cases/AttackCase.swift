/// `kind: attack`: what somebody can compute who reads several releases about the same units together.
///
/// Input: `releases`, each with `members` (names of units) and a `mean`, `total` or `count` of them, which may be rounded
/// to `decimals`; `bounds`, what every unit may be (`[0, 100]`) or each by name; `known`, what the viewer knows of her own;
/// `whole`, whether units are whole numbers. The same unit has the same name in every release. `min_n` says that units are
/// counts and how many may be shown; `p`, 10 unless said, within how many percent nobody may estimate another value.
enum AttackCase: CaseHandler {
  static func answer(_ input: CaseInput) throws -> CaseValue {
    let attack = try AttackInput(input)
    let found = try attack.intervals()
    let exact = found.filter { attack.isExact($0.interval) }.map(\.name)
    let narrow = found.filter { attack.isNarrow($0.name, $0.interval) }.map(\.name)
    return [
      "attacker_intervals": intervals(found),
      "exact": .list(exact.map { .text($0) }),
      "narrow": .list(narrow.map { .text($0) }),
      "recovered": .object(
        found.filter { attack.isExact($0.interval) }.map {
          .init($0.name, .figure(ReleasesCase.tidy($0.interval.lower)))
        }),
      "safe": .flag(exact.isEmpty && narrow.isEmpty),
    ]
  }

  static func intervals(_ found: [(name: String, interval: Limits)]) -> CaseValue {
    func end(_ value: Double) -> CaseValue { value.isFinite ? .figure(ReleasesCase.tidy(value)) : .null }
    return .object(found.map { .init($0.name, [end($0.interval.lower), end($0.interval.upper)]) })
  }

  private static func end(_ value: Double) -> String {
    value.isFinite ? figure(ReleasesCase.tidy(value), 6) : "no bound"
  }

  static func explanation(_ input: CaseInput) throws -> [String] {
    let attack = try AttackInput(input)
    return attack.sentences
      + (try attack.intervals()).map { name, interval in
        "\(name): least and greatest that fit all \(attack.sentences.count) statements: "
          + end(interval.lower) + " … " + end(interval.upper)
          + (attack.isNarrow(name, interval) ? ", which is narrower than \(attack.vagueness)" : "")
      }
  }
}

/// Releases about named members, and what else is known of them.
struct AttackInput {
  private(set) var attacker = Attacker()
  /// In the order of first mention, those that the viewer knows left out.
  private(set) var hidden: [String] = []
  /// What was learnt, one sentence each.
  private(set) var sentences: [String] = []
  private let isWhole: Bool
  /// What each unit was known to be before anything was published.
  private var scales: [String: Limits] = [:]
  private let counts: SuppressionRule?
  private let percent: Double

  init(_ input: CaseInput) throws {
    counts = try input.optional("min_n").map { try SuppressionRule(minimum: $0.whole(1...1_000_000)) }
    isWhole = try input.optional("whole")?.flag() ?? (counts != nil)
    percent = try input.optional("p")?.nonNegative() ?? 10
    let releases = try input.list("releases")
    guard !releases.isEmpty else { throw try input.field("releases").refusal("must hold at least one release") }
    var members: [String] = []
    for release in releases {
      let named = try release.list("members").map { try $0.text() }
      guard !named.isEmpty else { throw try release.field("members").refusal("must name at least one") }
      guard Set(named).count == named.count else {
        throw try release.field("members").refusal("must not name one twice")
      }
      for name in named where !members.contains(name) { members.append(name) }
    }
    try bound(members, by: input.optional("bounds"))
    for release in releases { try learn(release) }
    let known = try input.optional("known")?.fields() ?? []
    for (name, value) in known {
      guard members.contains(name) else { throw value.refusal("must be one of the members") }
      let own = try value.number()
      attacker.learn(name, is: own)
      sentences.append("\(name) = \(figure(own, 6)) is known")
    }
    let own = Set(known.map(\.name))
    hidden = members.filter { !own.contains($0) }
  }

  private mutating func bound(_ members: [String], by bounds: CaseInput?) throws {
    for name in members {
      var place = bounds
      if let given = bounds, case .object = given.value { place = given.optional(name) }
      guard let place else {
        attacker.learn(name, from: -.infinity, to: .infinity)
        continue
      }
      let ends = try place.list()
      guard ends.count == 2 else { throw place.refusal("must be the least and the greatest value") }
      let (low, high) = (
        ends[0].value == .null ? -Double.infinity : try ends[0].number(),
        ends[1].value == .null ? Double.infinity : try ends[1].number()
      )
      guard low <= high else { throw place.refusal("must be the least and the greatest value") }
      attacker.learn(name, from: low, to: high)
      scales[name] = Limits(low, high)
    }
  }

  private mutating func learn(_ release: CaseInput) throws {
    let named = try release.list("members").map { try $0.text() }
    let total = try FigureInput.figure(release, size: named.count).total
    var within = 0.0
    if let decimals = try release.optional("decimals")?.whole(0...12) {
      let half = (0..<decimals).reduce(0.5) { half, _ in half / 10 }
      within = half * (FigureInput.isTotal(release) ? 1 : Double(named.count))
    }
    attacker.learnSum(named, is: total, within: within)
    let rounding = within > 0 ? " ± \(figure(within, 6))" : ""
    sentences.append("\(named.joined(separator: " + ")) = \(figure(total, 6))\(rounding)")
  }

  /// Of each hidden member, in order.
  func intervals() throws -> [(name: String, interval: Limits)] {
    do {
      let bounds = try attacker.bounds(of: hidden)
      return hidden.map { name in
        let found = bounds[name] ?? -Double.infinity...Double.infinity
        let interval = Limits(found.lowerBound, found.upperBound)
        return (name, isWhole ? interval.whole : interval)
      }
    } catch is Contradiction {
      throw StatisticsError.input(field: "releases", advice: "must not contradict each other or what is known")
    }
  }

  func isExact(_ interval: Limits) -> Bool { interval.upper - interval.lower < 1e-6 }

  /// Whether what is left of a unit gives it away, though not to the digit: a count that stays below the minimum within
  /// less than half of it, a value within less than p percent of its scale or, where that has no ends, of itself.
  func isNarrow(_ name: String, _ interval: Limits) -> Bool {
    let width = interval.upper - interval.lower
    guard !isExact(interval), width.isFinite else { return false }
    if let counts { return !counts.isVague(CountInterval(interval)) }
    let scale = scales[name] ?? Limits(-.infinity, .infinity)
    let size = scale.upper - scale.lower
    return width < percent / 100 * (size.isFinite ? size : max(abs(interval.lower), abs(interval.upper)))
  }

  /// How vague a unit must stay.
  var vagueness: String {
    counts.map { "a count below \($0.minimum) must stay: able to reach it, or half of it wide" }
      ?? "\(figure(percent)) % of its scale, or of itself"
  }
}
