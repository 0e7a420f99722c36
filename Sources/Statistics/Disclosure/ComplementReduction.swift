/// Shows again what need not be hidden.
extension ComplementSearch {
  /// Tables with at most this many figures that could be hidden beside the primary ones are searched through.
  private static let fewEnoughToTryAll = 40
  /// At most this many sets of a size are looked at, and this many of them asked of the attacker.
  private static let mostSets = 60_000
  private static let mostAudits = 1_500

  /// The pattern with as little hidden beside the primary figures as was found.
  func reduced() throws -> SuppressionPattern {
    guard try pattern.isSafe(rule) else { return pattern }
    return try smallest(than: pruned())
  }

  /// Shows complementary figures one after the other, margins first and then the largest, where that stays safe.
  private func pruned() throws -> SuppressionPattern {
    var pruned = pattern
    let order = complementary(of: pattern).sorted { left, right in
      (rank(left), -table.count(of: left), table.name(of: left)) < (
        rank(right), -table.count(of: right), table.name(of: right)
      )
    }
    for figure in order.prefix(Self.prunings(hidden: pattern.hiddenFigures.count)) {
      var shown = pruned
      shown.show(figure)
      if try shown.isSafe(rule) { pruned = shown }
    }
    return pruned
  }

  /// How many figures are tried: fewer the more there is to audit each time.
  private static func prunings(hidden: Int) -> Int { max(8, 2_000_000 / max(1, hidden * hidden)) }

  private func rank(_ figure: TableFigure) -> Int { if case .margin = figure { 0 } else { 1 } }

  private func complementary(of pattern: SuppressionPattern) -> [TableFigure] {
    let isPrimary = Set(primary)
    return pattern.hiddenFigures.filter { !isPrimary.contains($0) }
  }

  /// Tries every smaller set of complementary cells, fewest first and among equals those with the fewest people.
  private func smallest(than found: SuppressionPattern) throws -> SuppressionPattern {
    let used = complementary(of: found).count
    let open = table.cells.indices.filter { cell in
      !rule.hides(table.cells[cell].count) && (table.cells[cell].count > 0 || rule.protectsZeros)
    }
    guard used > 0, open.count <= Self.fewEnoughToTryAll else { return found }
    var bare = SuppressionPattern(table)
    for figure in primary { bare.hide(figure) }
    var audits = Self.mostAudits
    for size in 0...used {
      guard Self.choices(of: size, from: open.count) <= Self.mostSets else { return found }
      for set in promisingSets(of: size, from: open, over: bare) {
        guard audits > 0 else { return found }
        audits -= 1
        if try set.isSafe(rule) { return set }
      }
    }
    return found
  }

  /// Sets that leave no margin thin or with one hidden cell, those with the fewest people first.
  private func promisingSets(
    of size: Int, from open: [Int], over bare: SuppressionPattern
  ) -> [SuppressionPattern] {
    var found: [(people: Int, set: [Int])] = []
    func extend(_ chosen: [Int], _ pattern: SuppressionPattern, from start: Int) {
      guard chosen.count < size else {
        if pattern.couldBeSafe(rule) { found.append((chosen.reduce(0) { $0 + table.cells[$1].count }, chosen)) }
        return
      }
      for next in start..<max(start, open.count - (size - chosen.count - 1)) {
        var longer = pattern
        longer.hide(.cell(open[next]))
        extend(chosen + [open[next]], longer, from: next + 1)
      }
    }
    extend([], bare, from: 0)
    found.sort { $0.people != $1.people ? $0.people < $1.people : $0.set.lexicographicallyPrecedes($1.set) }
    return found.map { choice in
      var pattern = bare
      for cell in choice.set { pattern.hide(.cell(cell)) }
      return pattern
    }
  }

  /// Binomial coefficient, capped well above `mostSets`.
  private static func choices(of size: Int, from count: Int) -> Int {
    guard size <= count else { return 0 }
    var choices = 1.0
    for step in 0..<size { choices *= Double(count - step) / Double(step + 1) }
    return choices < 1e12 ? Int(choices.rounded()) : 1_000_000_000_000
  }
}
