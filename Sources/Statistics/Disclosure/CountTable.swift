/// Counts of people by cell, with the sums that are published beside them.
///
/// Margins may overlap and nest freely: rows and columns, school within county within state. A margin sums cells, or
/// cells and other margins.
public struct CountTable: Sendable, Equatable {
  public struct Cell: Sendable, Equatable {
    public let name: String
    /// People in the cell, 0 or more.
    public let count: Int

    public init(_ name: String, _ count: Int) {
      self.name = name
      self.count = count
    }
  }

  public struct Margin: Sendable, Equatable {
    public let name: String
    /// Names of the cells, or of other margins, that it sums.
    public let parts: [String]

    public init(_ name: String, sums parts: [String]) {
      self.name = name
      self.parts = parts
    }
  }

  public let cells: [Cell]
  public let margins: [Margin]
  /// For each margin the positions of the cells under it, in order.
  let cellsOfMargin: [[Int]]
  /// For each margin the sum of its cells.
  public let totals: [Int]

  /// - Throws: `StatisticsError.input` when a name is used twice, a count is negative, or a margin sums nothing, something unknown,
  ///   something twice, or itself.
  public init(cells: [Cell], margins: [Margin]) throws(StatisticsError) {
    self.cells = cells
    self.margins = margins
    var places: [String: Int] = [:]
    for (place, cell) in cells.enumerated() {
      guard cell.count >= 0 else { throw .input(field: "cells.\(cell.name)", advice: "must not be negative") }
      guard places.updateValue(place, forKey: cell.name) == nil else {
        throw .input(field: "cells.\(cell.name)", advice: "is given twice")
      }
    }
    var expansion = try MarginExpansion(cells: places, margins: margins)
    var cellsOfMargin: [[Int]] = []
    for margin in margins.indices { cellsOfMargin.append(try expansion.cells(of: margin)) }
    self.cellsOfMargin = cellsOfMargin
    totals = cellsOfMargin.map { $0.reduce(0) { $0 + cells[$1].count } }
  }

  /// A table of rows by columns with all its margins; cells are named "row|column".
  public init(rows: [String], columns: [String], counts: [[Int]]) throws(StatisticsError) {
    guard counts.count == rows.count, counts.allSatisfy({ $0.count == columns.count }) else {
      throw .input(field: "counts", advice: "must have a row for each row name and a count for each column name")
    }
    var cells: [Cell] = []
    for (row, values) in zip(rows, counts) {
      for (column, count) in zip(columns, values) { cells.append(Cell("\(row)|\(column)", count)) }
    }
    let rowTotals = rows.map { row in Margin("\(row)|Total", sums: columns.map { "\(row)|\($0)" }) }
    let columnTotals = columns.map { column in Margin("Total|\(column)", sums: rows.map { "\($0)|\(column)" }) }
    let grand = Margin("Total|Total", sums: cells.map(\.name))
    try self.init(cells: cells, margins: rowTotals + columnTotals + [grand])
  }
}

/// Follows margins of margins down to cells.
private struct MarginExpansion {
  let cells: [String: Int]
  let margins: [CountTable.Margin]
  private var places: [String: Int] = [:]
  private var open: Set<Int> = []

  init(cells: [String: Int], margins: [CountTable.Margin]) throws(StatisticsError) {
    self.cells = cells
    self.margins = margins
    for (place, margin) in margins.enumerated() {
      guard cells[margin.name] == nil, places.updateValue(place, forKey: margin.name) == nil else {
        throw .input(field: "margins[\(place + 1)].name", advice: "must not be used twice, as \(margin.name) is")
      }
    }
  }

  mutating func cells(of margin: Int) throws(StatisticsError) -> [Int] {
    let field = "margins[\(margin + 1)].sums"
    guard open.insert(margin).inserted else { throw .input(field: field, advice: "must not lead back to itself") }
    defer { open.remove(margin) }
    var found: [Int] = []
    for part in margins[margin].parts {
      if let cell = cells[part] {
        found.append(cell)
      } else if let other = places[part] {
        found += try cells(of: other)
      } else {
        throw .input(field: field, advice: "must name cells or margins; \(part) is neither")
      }
    }
    guard !found.isEmpty else { throw .input(field: field, advice: "must name at least one cell") }
    guard Set(found).count == found.count else { throw .input(field: field, advice: "must not count a cell twice") }
    return found.sorted()
  }
}
