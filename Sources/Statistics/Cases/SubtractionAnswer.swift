/// Means, totals and counts set against each other: who joined or left, and whom a whole less its parts leaves.
enum SubtractionAnswer {
  static func answer(_ input: CaseInput, _ releases: [CaseInput]) throws -> CaseValue {
    let noun = FigureInput.noun(of: releases)
    let limit = try least(input, noun)
    if let bare = FigureInput.bareCounts(releases) { return try counts(bare, least: limit) }
    let figures = try releases.map { try FigureInput.figure($0) }
    if Set(figures.map(\.size)).count == 1, releases.count > 1, releases.allSatisfy({ $0.optional("count") != nil }) {
      return try counts(try releases.map { try $0.field("count") }, least: limit)
    }
    if let unpaired = try unpaired(releases, figures) {
      return answer(
        unpaired, "the own value of the \(noun) measured only once", "the mean of those measured only once",
        isSafe: unpaired.size >= limit)
    }
    guard releases.count > 1 else { throw try input.field("releases").refusal("must be two or more to be compared") }
    if releases.contains(where: { $0.optional("t") != nil }) || releases.count == 2 {
      return changes(figures, noun, releases, least: limit)
    }
    let whole = figures.indices.max { figures[$0].size < figures[$1].size } ?? 0
    let parts = figures.indices.filter { $0 != whole }.map { figures[$0] }
    // What does not fit into the largest side by side overlaps, as releases of one growing group do.
    if parts.reduce(0, { $0 + $1.size }) > figures[whole].size {
      return changes(figures, noun, releases, least: limit)
    }
    guard let rest = PublishedFigure.rest(of: figures[whole], without: parts) else { return nothing }
    return answer(
      rest, "the remaining \(noun)'s own value", "the mean of the remaining \(rest.size)", isSafe: rest.size >= limit)
  }

  /// The fewest that a difference may stand for: `min_schools` or `min_n`; without one no difference is safe.
  private static func least(_ input: CaseInput, _ noun: String) throws -> Int {
    try (input.optional(noun == "school" ? "min_schools" : "min_n") ?? input.optional("min_n"))?
      .whole(1...1_000_000_000) ?? .max
  }

  /// A query less its neighbour (Denning's tracker), or the largest less all others where they fit into it: the count of
  /// those in one of them only.
  private static func counts(_ given: [CaseInput], least: Int) throws -> CaseValue {
    let counts = try given.map { try $0.whole() }
    guard counts.count > 1 else { throw given[0].refusal("must be set against another count") }
    let ordered = counts.sorted(by: >)
    let rest = 2 * ordered[0] - ordered.reduce(0, +)
    let isWhole = counts.count > 2 && rest > 0
    let difference = isWhole ? rest : zip(ordered, ordered.dropFirst()).map { $0 - $1 }.filter { $0 > 0 }.min() ?? 0
    return [
      "attack_recovers": .text(
        isWhole ? "the count of those in the whole and in no part" : "the count of those in one query only"),
      "value": .whole(difference),
      "recovered_count": .whole(difference),
      "safe": .flag(difference == 0 || difference >= least),
    ]
  }

  /// Each release against every earlier one of the same measure: the change that stands for the fewest is the answer.
  private static func changes(
    _ figures: [PublishedFigure], _ noun: String, _ releases: [CaseInput], least: Int
  ) -> CaseValue {
    let isOverTime = releases.contains { $0.optional("t") != nil }
    let found = figures.indices.flatMap { later in
      (0..<later).compactMap { earlier in
        PublishedFigure.change(from: figures[earlier], to: figures[later]).map {
          (
            change: $0,
            verb: !isOverTime ? "hidden" : figures[later].size > figures[earlier].size ? "joining" : "leaving"
          )
        }
      }
    }
    guard let (change, verb) = found.min(by: { $0.change.size < $1.change.size }) else { return nothing }
    return answer(
      change, "the \(verb) \(noun)'s own value", "the mean of the \(change.size) \(verb) \(noun)s",
      isSafe: change.size >= least)
  }

  private static func unpaired(_ releases: [CaseInput], _ figures: [PublishedFigure]) throws -> PublishedFigure? {
    let words = releases.map { FigureInput.words(of: $0) }
    func place(_ names: Set<String>, but other: Int? = nil) -> Int? {
      words.indices.first { $0 != other && !names.isDisjoint(with: words[$0]) }
    }
    guard let paired = place(["paired", "change", "gain", "both"]) else { return nil }
    let before = place(["before", "pre"], but: paired)
    let after = place(["after", "post"], but: paired)
    if let before, let known = releases[paired].optional("before") ?? releases[paired].optional("mean_before") {
      let same = PublishedFigure(size: figures[paired].size, mean: try known.number())
      if let rest = PublishedFigure.rest(of: figures[before], without: [same]) { return rest }
    }
    guard let before, let after else { return nil }
    return PublishedFigure.unpaired(before: figures[before], after: figures[after], change: figures[paired])
  }

  private static func answer(
    _ found: PublishedFigure, _ single: String, _ several: String, isSafe: Bool = false
  ) -> CaseValue {
    [
      "attack_recovers": .text(found.size == 1 ? single : several),
      "value": .figure(ReleasesCase.tidy(found.mean)),
      "mean": .figure(ReleasesCase.tidy(found.mean)),
      "n": .whole(found.size),
      "recovered_n": .whole(found.size),
      "sum": .figure(ReleasesCase.tidy(found.total)),
      "safe": .flag(isSafe),
    ]
  }

  private static let nothing: CaseValue = ["attack_recovers": .null, "value": .null, "safe": .flag(true)]
}

/// A release's figure and the number it stands for, as cases write them.
enum FigureInput {
  private static let sizes = ["schools", "pupils", "students", "people", "n", "size"]
  private static let means = ["mean", "average", "rate", "percent", "score", "value", "change", "gain", "after"]

  /// The number a release says it stands for.
  static func size(of release: CaseInput) -> CaseInput? { sizes.lazy.compactMap { release.optional($0) }.first }

  /// The counts of releases that say nothing but counts; nil where one says more.
  static func bareCounts(_ releases: [CaseInput]) -> [CaseInput]? {
    let counts = releases.compactMap { release -> CaseInput? in
      guard size(of: release) == nil else { return nil }
      let others = means.filter { $0 != "value" } + ["total", "sum"]
      guard others.allSatisfy({ release.optional($0) == nil }), !isTotal(release) || release.optional("count") != nil
      else { return nil }
      return release.optional("count") ?? (sizeInWords(release) == 0 ? release.optional("value") : nil)
    }
    return counts.count == releases.count ? counts : nil
  }

  /// - Parameter size: when the release says it otherwise.
  static func figure(_ release: CaseInput, size known: Int? = nil) throws -> PublishedFigure {
    let size = try known ?? size(of: release)?.whole(1...1_000_000_000) ?? sizeInWords(release)
    guard size > 0 else { throw release.refusal("must say how many it stands for: n, schools or pupils above 0") }
    if let total = release.optional("total") ?? release.optional("sum") ?? release.optional("count") {
      return PublishedFigure(size: size, total: try total.number())
    }
    let isTotal = isTotal(release)
    let value = try means.lazy.compactMap { release.optional($0) }.first ?? release.field("mean")
    return isTotal
      ? PublishedFigure(size: size, total: try value.number()) : PublishedFigure(size: size, mean: try value.number())
  }

  /// Whether the release tells a total and not a mean.
  static func isTotal(_ release: CaseInput) -> Bool {
    ["total", "sum", "count"].contains { release.optional($0) != nil }
      || ["total of", "sum of"].contains(where: label(of: release).contains)
  }

  /// What one of those that the releases count is called.
  static func noun(of releases: [CaseInput]) -> String {
    if releases.contains(where: { $0.optional("schools") != nil || label(of: $0).contains("school") }) {
      return "school"
    }
    return "pupil"
  }

  /// All texts of a release in lower case.
  static func label(of release: CaseInput) -> String {
    guard case .object(let fields) = release.value else { return "" }
    return fields.compactMap { if case .text(let text) = $0.value { text.lowercased() } else { nil } }
      .joined(separator: " ")
  }

  /// "mean of 2 schools" stands for 2; one's own figure for 1.
  private static func sizeInWords(_ release: CaseInput) -> Int {
    if let match = label(of: release).firstMatch(of: /(\d+) (?:schools|pupils|students|people)/) {
      return Int(match.1) ?? 0
    }
    return words(of: release).isDisjoint(with: ["own", "self", "myself", "viewer", "mine"]) ? 0 : 1
  }

  /// The words in a release's texts, in lower case.
  static func words(of release: CaseInput) -> Set<String> {
    Set(label(of: release).split { !$0.isLetter }.map(String.init))
  }
}
