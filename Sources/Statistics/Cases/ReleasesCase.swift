import Foundation

/// `kind: over_time`, `dominance` and `side_channel`: what a few releases together give away.
///
/// What is computed follows from what the releases hold: contributions to a total, limits of a chart, a percentage with
/// its n, means and totals with the number they stand for, named members, or bare counts.
enum ReleasesCase: CaseHandler {
  static func answer(_ input: CaseInput) throws -> CaseValue {
    let releases = try input.list("releases")
    guard !releases.isEmpty else { throw try input.field("releases").refusal("must hold at least one release") }
    if let contributions = releases.firstOptional("contributions") {
      return try DominanceAnswer.answer(input, releases, contributions)
    }
    if releases.contains(where: { $0.optional("ucl") != nil || $0.optional("lcl") != nil }) {
      return try LimitsAnswer.answer(releases)
    }
    if releases.contains(where: { $0.optional("members") != nil }) { return try MembersAnswer.answer(input) }
    if let percent = try PercentAnswer.answer(releases) { return percent }
    return try SubtractionAnswer.answer(input, releases)
  }

  static func explanation(_ input: CaseInput) throws -> [String] {
    let releases = try input.list("releases")
    guard case .object(let fields) = try answer(input) else { return [] }
    return try sentences(input, releases)
      + fields.compactMap { field -> String? in
        switch field.value {
        case .number(let number): "\(field.name) = \(figure(number, 10))"
        case .text(let text): "\(field.name): \(text)"
        case .flag(let flag): "\(field.name): \(flag)"
        default: nil
        }
      }
  }

  /// What is computed, with the releases' own numbers.
  private static func sentences(_ input: CaseInput, _ releases: [CaseInput]) throws -> [String] {
    if let contributions = releases.firstOptional("contributions") {
      let sorted = try contributions.list().map { try $0.nonNegative() }.sorted(by: >)
      let (total, p) = (sorted.reduce(0, +), try input.optional("p")?.number() ?? 10)
      let two = sorted.prefix(2).map { figure($0, 6) }.joined(separator: " − ")
      return [
        "p%: \(figure(total, 6)) − \(two) must be at least \(figure(p)) % of \(figure(sorted.first ?? 0, 6))",
        "(n, k): the largest over the total = \(figure(sorted.first ?? 0, 6))/\(figure(total, 6))",
      ]
    }
    if releases.contains(where: { $0.optional("ucl") != nil || $0.optional("lcl") != nil }) {
      return ["p chart: n = 9 p(1 − p)/(limit − p)²; u chart: n = 9 u/(limit − u)²"]
        + (try releases.compactMap { release in
          guard let limit = release.optional("ucl") ?? release.optional("lcl"), let centre = release.optional("centre"),
            case .number(let value) = limit.value
          else { return nil }
          let p = figure(try centre.number(), 6)
          return "9 · \(p) · (1 − \(p))/(\(figure(value, 6)) − \(p))²"
        })
    }
    if releases.contains(where: { $0.optional("members") != nil }) { return try AttackInput(input).sentences }
    return releases.compactMap { release -> String? in
      guard let shown = try? FigureInput.figure(release) else { return nil }
      return "\(shown.size) · \(figure(shown.mean, 10)) = \(figure(shown.total, 10))"
    } + ["\(releases.count) releases set against each other by subtraction"]
  }

  /// Decimal figures are subtracted in binary: what differs in the thirteenth digit is the same.
  static func tidy(_ value: Double) -> Double {
    let tidy = Double(String(format: "%.12g", value)) ?? value
    return tidy == 0 ? 0 : tidy
  }
}

/// A total and what its contributors gave: p% and (n, k).
private enum DominanceAnswer {
  static func answer(_ input: CaseInput, _ releases: [CaseInput], _ contributions: CaseInput) throws -> CaseValue {
    let values = try contributions.list().map { try $0.nonNegative() }
    let rule = try Dominance.Rule(
      p: input.optional("p")?.number() ?? 10, n: input.optional("n")?.whole() ?? 1,
      k: input.optional("k")?.number() ?? 75)
    let dominance = try Dominance(values, rule: rule)
    if let total = releases.firstOptional("value") ?? releases.firstOptional("total"),
      abs(try total.number() - dominance.total) > 1e-9 * max(1, dominance.total)
    {
      throw total.refusal("must be the sum of the contributions, \(dominance.total)")
    }
    let remainder = ReleasesCase.tidy(dominance.remainder)
    return [
      "attack_recovers": .text("largest contributor is known to the second within"),
      "value": .figure(remainder),
      "remainder": .figure(remainder),
      "p\(percent(rule.p))_threshold": .figure(ReleasesCase.tidy(dominance.threshold)),
      "safe": .flag(dominance.isSafe),
      "safe_p": .flag(dominance.isSafeByP),
      "safe_nk": .flag(dominance.isSafeByShare),
      "share_largest": .figure(ReleasesCase.tidy(dominance.largest / dominance.total)),
      "share_n_largest": .figure(ReleasesCase.tidy(dominance.shareOfLargest)),
    ]
  }

  private static func percent(_ value: Double) -> String { value == value.rounded() ? "\(Int(value))" : "\(value)" }
}

/// Limits of a chart: each says its n, and with its point the count.
private enum LimitsAnswer {
  static func answer(_ releases: [CaseInput]) throws -> CaseValue {
    var (sizes, counts): ([CaseValue], [CaseValue]) = ([], [])
    let shared = try releases.firstOptional("centre") ?? releases[0].field("centre")
    for release in releases {
      guard let limit = release.optional("ucl") ?? release.optional("lcl") else { continue }
      let isU = try release.optional("chart")?.text() == "u"
      let own = release.optional("centre") ?? shared
      var limits = [limit]
      if case .list = limit.value { limits = try limit.list() }
      for limit in limits {
        let people = try people(centre: own, limit: limit, isUpper: release.optional("ucl") != nil, isU ? .u : .p)
        sizes.append(people.map { .number($0.rounded()) } ?? .null)
        if let people, let point = release.optional("point") ?? release.optional("value") {
          counts.append(.number((try point.number() * people.rounded()).rounded()))
        }
      }
    }
    return [
      "recovered_n": sizes.count == 1 ? sizes[0] : .list(sizes),
      "recovered_count": counts.isEmpty ? .null : counts.count == 1 ? counts[0] : .list(counts),
      "safe": .flag(false),
    ]
  }

  private static func people(
    centre: CaseInput, limit: CaseInput, isUpper: Bool, _ chart: ChartLeak.Chart
  ) throws -> Double? {
    let (value, middle) = (try limit.number(), try centre.number())
    guard value != middle else { throw limit.refusal("must differ from the centre") }
    let people = try leak(centre, limit: value, chart)
    guard isUpper == (value > middle) else {
      throw limit.refusal("must lie \(isUpper ? "above" : "below") the centre")
    }
    return people
  }

  private static func leak(_ centre: CaseInput, limit: Double, _ chart: ChartLeak.Chart) throws -> Double? {
    do {
      return try ChartLeak.people(centre: centre.number(), limit: limit, chart: chart)
    } catch StatisticsError.input("centre", let advice) {
      throw centre.refusal(advice)
    }
  }
}

/// A percentage shown with its n.
private enum PercentAnswer {
  /// Nil when no release holds both; when several do they are set against each other instead.
  static func answer(_ releases: [CaseInput]) throws -> CaseValue? {
    let shown = releases.filter { $0.optional("percent") != nil && FigureInput.size(of: $0) != nil }
    guard shown.count == 1, releases.count == 1, let release = shown.first else { return nil }
    let percent = try release.field("percent")
    let size = try FigureInput.size(of: release)?.whole(1...1_000_000_000) ?? 0
    let decimals = try release.optional("decimals")?.whole(0...12) ?? decimals(try percent.number())
    let counts = try PercentLeak.counts(percent: try percent.number(), of: size, decimals: decimals)
    guard let first = counts.first else {
      throw percent.refusal("must be a percentage of \(size) people; no whole number of them gives it")
    }
    let everybody = first == size || counts.last == 0
    let meaning = everybody ? "the same is said of each of the \(size)" : "the count behind the percentage"
    return [
      "attack_recovers": .text(meaning),
      "value": counts.count == 1 ? .whole(first) : .null,
      "recovered_count": counts.count == 1 ? .whole(first) : .null,
      "possible_counts": .list(counts.map { .whole($0) }),
      "safe": .flag(counts.count > 1),
    ]
  }

  private static func decimals(_ value: Double) -> Int {
    let text = "\(value)"
    guard let point = text.firstIndex(of: "."), !text.hasSuffix(".0") else { return 0 }
    return text.distance(from: point, to: text.endIndex) - 1
  }
}

/// Releases that name their members: everything that can be computed of any of them.
private enum MembersAnswer {
  static func answer(_ input: CaseInput) throws -> CaseValue {
    let attack = try AttackInput(input)
    let found = try attack.intervals()
    let exact = found.filter { attack.isExact($0.interval) }
    let narrow = found.filter { attack.isNarrow($0.name, $0.interval) }.map(\.name)
    let values = exact.map { ReleasesCase.tidy($0.interval.lower) }
    return [
      "attack_recovers": exact.isEmpty
        ? .null : .text("the own value of " + exact.map(\.name).joined(separator: ", ")),
      "value": values.count == 1 ? .figure(values[0]) : .null,
      "recovered": .object(zip(exact, values).map { CaseValue.Field($0.name, .figure($1)) }),
      "attacker_intervals": AttackCase.intervals(found),
      "narrow": .list(narrow.map { .text($0) }),
      "safe": .flag(exact.isEmpty && narrow.isEmpty),
    ]
  }
}

extension [CaseInput] {
  /// The named field of the first item that has it.
  fileprivate func firstOptional(_ name: String) -> CaseInput? { lazy.compactMap { $0.optional(name) }.first }
}
