/// Finds the cheapest further figures to hide so that a hidden one could be larger with everything shown unchanged.
///
/// Unknowns are how far each figure moves up or down; each margin moves by the sum of its cells. Hidden figures move for
/// nothing, cells cost about 1 a step and margins as much as ten cells: totals are what people look for first.
struct CheapestPaths: ~Copyable {
  private var program: LinearProgram
  private let figures: [TableFigure]
  private let prices: [Double]
  private let downwards: [Double]

  /// Above this, a figure has moved.
  private static let moved = 1e-7

  init(_ table: CountTable, _ rule: SuppressionRule) throws {
    let figures = table.figures
    let largest = Double(max(1, table.cells.map(\.count).max() ?? 1))
    let closed = figures.map { table.count(of: $0) == 0 && !rule.protectsZeros }
    let downwards = figures.map { Double(table.count(of: $0)) }
    let up = closed.map { $0 ? Limits.exactly(0) : .nonNegative }
    let down = zip(downwards, closed).map { $1 ? Limits.exactly(0) : Limits(0, $0) }
    let rows = table.margins.indices.map { margin in
      let cells = table.cellsOfMargin[margin].flatMap { Self.move($0, 1, figures.count) }
      return LinearRow(terms: cells + Self.move(table.cells.count + margin, -1, figures.count), limits: .exactly(0))
    }
    self.figures = figures
    self.downwards = downwards
    prices = figures.map { figure in
      let share = Double(table.count(of: figure)) / largest
      if case .margin = figure { return 10 + share }
      return 1 + share
    }
    program = try LinearProgram(rows: rows, columns: up + down)
  }

  /// Figures shown now that must be hidden for `target` to be able to be `steps` larger; none when it already can be.
  mutating func toMove(_ target: TableFigure, by steps: Int, in pattern: SuppressionPattern) throws -> [TableFigure] {
    guard let place = figures.firstIndex(of: target) else { return [] }
    let count = figures.count
    try program.aim(
      at: figures.indices.flatMap { index in
        let price = pattern.hides(figures[index]) ? 0 : prices[index]
        return [LinearTerm(index, price), LinearTerm(count + index, price)]
      })
    try program.limitColumn(place, to: .exactly(Double(steps)))
    try program.limitColumn(count + place, to: .exactly(0))
    let answer = try program.solve(for: .least)
    let moves = program.solution()
    try program.limitColumn(place, to: .nonNegative)
    try program.limitColumn(count + place, to: Limits(0, downwards[place]))
    guard case .optimum = answer else { return [] }
    return figures.indices.filter { index in
      !pattern.hides(figures[index]) && abs(moves[index] - moves[count + index]) > Self.moved
    }.map { figures[$0] }
  }

  private static func move(_ index: Int, _ sign: Double, _ count: Int) -> [LinearTerm] {
    [LinearTerm(index, sign), LinearTerm(count + index, -sign)]
  }
}
