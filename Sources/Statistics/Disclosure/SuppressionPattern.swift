/// A cell or a margin of a table, by its position.
enum TableFigure: Hashable, Sendable {
  case cell(Int)
  case margin(Int)
}

extension CountTable {
  var figures: [TableFigure] { cells.indices.map(TableFigure.cell) + margins.indices.map(TableFigure.margin) }

  func name(of figure: TableFigure) -> String {
    switch figure {
    case .cell(let place): cells[place].name
    case .margin(let place): margins[place].name
    }
  }

  func count(of figure: TableFigure) -> Int {
    switch figure {
    case .cell(let place): cells[place].count
    case .margin(let place): totals[place]
    }
  }
}

/// Which figures of a table are hidden, and what that leaves to compute.
struct SuppressionPattern: Sendable {
  let table: CountTable
  private(set) var hiddenCells: [Bool]
  private(set) var hiddenMargins: [Bool]

  init(_ table: CountTable) {
    self.table = table
    hiddenCells = table.cells.map { _ in false }
    hiddenMargins = table.margins.map { _ in false }
  }

  /// - Throws: `StatisticsError.input` when a name is unknown.
  init(_ table: CountTable, hidden: Set<String>) throws(StatisticsError) {
    self.init(table)
    var unknown = hidden
    for figure in table.figures where unknown.remove(table.name(of: figure)) != nil { hide(figure) }
    if let name = unknown.min() {
      throw .input(field: "pattern", advice: "must name cells or margins; \(name) is neither")
    }
  }

  mutating func hide(_ figure: TableFigure) { set(figure, true) }
  mutating func show(_ figure: TableFigure) { set(figure, false) }

  private mutating func set(_ figure: TableFigure, _ isHidden: Bool) {
    switch figure {
    case .cell(let place): hiddenCells[place] = isHidden
    case .margin(let place): hiddenMargins[place] = isHidden
    }
  }

  func hides(_ figure: TableFigure) -> Bool {
    switch figure {
    case .cell(let place): hiddenCells[place]
    case .margin(let place): hiddenMargins[place]
    }
  }

  var hiddenFigures: [TableFigure] { table.figures.filter(hides) }

  /// Published margins within which hidden cells, but fewer people than the minimum, stand.
  func thinMargins(_ rule: SuppressionRule) -> [Int] {
    table.margins.indices.filter { margin in
      guard !hiddenMargins[margin] else { return false }
      let hidden = table.cellsOfMargin[margin].filter { hiddenCells[$0] }
      return !hidden.isEmpty && hidden.reduce(0) { $0 + table.cells[$1].count } < rule.minimum
    }
  }

  /// What an attacker can say of each hidden figure, in the order of `hiddenFigures`. With a rule, an interval may be a
  /// part of the true one that already suffices; without, it is the whole.
  func intervals(rule: SuppressionRule?) throws -> [CountInterval] {
    let figures = hiddenFigures
    let enough = rule.map { rule in
      { (question: Int, seen: Limits) in
        let interval = CountInterval(seen)
        guard rule.hides(table.count(of: figures[question])) else { return interval.width > 0 }
        return rule.isVague(interval)
      }
    }
    return try system.ranges(of: figures.map(terms), enough: enough).map(CountInterval.init)
  }

  /// Whether nothing is wrong: as `DisclosureAudit.isSafe`, found with fewer computations.
  func isSafe(_ rule: SuppressionRule) throws -> Bool {
    guard couldBeSafe(rule) else { return false }
    guard table.figures.allSatisfy({ hides($0) || !rule.hides(table.count(of: $0)) }) else { return false }
    let found = try intervals(rule: rule)
    return zip(hiddenFigures, found).allSatisfy { figure, interval in
      interval.width > 0 && (!rule.hides(table.count(of: figure)) || rule.isVague(interval))
    }
  }

  /// Whether nothing is wrong at first sight, without asking the attacker.
  func couldBeSafe(_ rule: SuppressionRule) -> Bool { !hasLonelyCell && thinMargins(rule).isEmpty }

  /// Whether some published margin has exactly one hidden cell, which is then its rest.
  private var hasLonelyCell: Bool {
    table.margins.indices.contains { margin in
      !hiddenMargins[margin] && table.cellsOfMargin[margin].count { hiddenCells[$0] } == 1
    }
  }

  /// Everything published about the table.
  private var system: LinearSystem {
    LinearSystem(
      limits: zip(table.cells, hiddenCells).map { $1 ? .nonNegative : .exactly(Double($0.count)) },
      rows: table.margins.indices.filter { !hiddenMargins[$0] }.map { margin in
        LinearRow(
          terms: table.cellsOfMargin[margin].map { LinearTerm($0) }, limits: .exactly(Double(table.totals[margin])))
      })
  }

  private func terms(_ figure: TableFigure) -> [LinearTerm] {
    switch figure {
    case .cell(let place): [LinearTerm(place)]
    case .margin(let place): table.cellsOfMargin[place].map { LinearTerm($0) }
    }
  }
}
