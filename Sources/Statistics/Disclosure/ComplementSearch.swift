/// Looks for the figures to hide beside the primary ones.
struct ComplementSearch {
  let table: CountTable
  let rule: SuppressionRule
  let primary: [TableFigure]
  private(set) var pattern: SuppressionPattern

  init(_ table: CountTable, _ rule: SuppressionRule) {
    self.table = table
    self.rule = rule
    primary = table.figures.filter { rule.hides(table.count(of: $0)) }
    pattern = SuppressionPattern(table)
    for figure in primary { pattern.hide(figure) }
  }

  /// Hides further figures until the audit is safe. Each round hides at least one more, so it ends.
  mutating func complete() throws {
    guard !primary.isEmpty else { return }
    var paths = try CheapestPaths(table, rule)
    while true {
      let before = pattern.hiddenFigures.count
      thicken()
      for figure in try unprotected() {
        for other in try paths.toMove(figure, by: room(figure), in: pattern) { pattern.hide(other) }
      }
      thicken()
      if pattern.hiddenFigures.count == before { break }
    }
    try hideMarginsOfWhatIsLeft()
  }

  /// Hidden figures that can be computed or narrowed too far, smallest first.
  private func unprotected() throws -> [TableFigure] {
    let found = try pattern.intervals(rule: rule)
    let weak = zip(pattern.hiddenFigures, found).filter { figure, interval in
      interval.width == 0 || (rule.hides(table.count(of: figure)) && !rule.isVague(interval))
    }
    return weak.map(\.0).enumerated()
      .sorted { (table.count(of: $0.element), $0.offset) < (table.count(of: $1.element), $1.offset) }.map(\.element)
  }

  private func room(_ figure: TableFigure) -> Int {
    let count = table.count(of: figure)
    return rule.hides(count) ? rule.room(above: count) : 1
  }

  /// Where the hidden cells of a published margin add up to too little, hides its smallest cell that mends that, or its
  /// largest when none does alone; the margin itself when no cell is left.
  private mutating func thicken() {
    var thin = pattern.thinMargins(rule)
    while let margin = thin.first {
      let cells = table.cellsOfMargin[margin]
      let hidden = cells.reduce(0) { $0 + (pattern.hiddenCells[$1] ? table.cells[$1].count : 0) }
      let candidates = cells.filter { !pattern.hiddenCells[$0] && mayHide($0) }
        .sorted { (table.cells[$0].count, $0) < (table.cells[$1].count, $1) }
      if let cell = candidates.first(where: { table.cells[$0].count + hidden >= rule.minimum }) ?? candidates.last {
        pattern.hide(.cell(cell))
      } else {
        pattern.hide(.margin(margin))
      }
      thin = pattern.thinMargins(rule)
    }
  }

  /// A zero that the rule shows is shown: hiding it hides nothing from whoever knows that it must be 0.
  private func mayHide(_ cell: Int) -> Bool { table.cells[cell].count > 0 || rule.protectsZeros }

  /// The last resort, when moving along cells and margins left something weak: hides the margins above it.
  private mutating func hideMarginsOfWhatIsLeft() throws {
    while let figure = try unprotected().first {
      let above = table.margins.indices.filter { margin in
        guard !pattern.hiddenMargins[margin] else { return false }
        switch figure {
        case .cell(let cell): return table.cellsOfMargin[margin].contains(cell)
        case .margin(let other): return !Set(table.cellsOfMargin[margin]).isDisjoint(with: table.cellsOfMargin[other])
        }
      }
      guard let smallest = above.min(by: { (table.totals[$0], $0) < (table.totals[$1], $1) }) else { return }
      pattern.hide(.margin(smallest))
      thicken()
    }
  }
}
