/// What everybody can work out from a table with some cells and margins hidden, and whether that is little enough.
///
/// All views of the table are one system of equations; the interval of each hidden figure is exact for tables of real
/// numbers and rounded inwards to whole ones. Hidden counts are only known not to be negative.
public struct DisclosureAudit: Sendable, Equatable {
  public let rule: SuppressionRule
  /// What is hidden, cells and margins, with what an attacker can say of it.
  public let intervals: [String: CountInterval]
  /// Hidden figures that can be computed exactly.
  public let exact: [String]
  /// Small counts whose interval is too narrow.
  public let narrow: [String]
  /// Small counts that stand in the open.
  public let open: [String]
  /// Published margins within which the hidden cells add up to less than the minimum: together they are a small group.
  public let thinMargins: [String]

  /// Whether the table may be published like this.
  public var isSafe: Bool { exact.isEmpty && narrow.isEmpty && open.isEmpty && thinMargins.isEmpty }

  /// Why not, one sentence for each reason.
  public var reasons: [String] {
    exact.map { "\($0) can be computed exactly from what is shown." }
      + narrow.map { "\($0) can be narrowed down too far." }
      + open.map { "\($0) is below \(rule.minimum) and shown." }
      + thinMargins.map { "The hidden cells in \($0) add up to less than \(rule.minimum)." }
  }

  /// - Parameter hidden: names of hidden cells and margins. Everything else is published.
  /// - Throws: `StatisticsError.input` for a name that is in the table neither as a cell nor as a margin; `LinearProgramFailure`.
  public init(_ table: CountTable, hidden: Set<String>, rule: SuppressionRule) throws {
    let pattern = try SuppressionPattern(table, hidden: hidden)
    let ranges = try pattern.intervals(rule: nil)
    self.init(pattern, ranges, rule)
  }

  init(_ pattern: SuppressionPattern, _ ranges: [CountInterval], _ rule: SuppressionRule) {
    let table = pattern.table
    self.rule = rule
    var intervals: [String: CountInterval] = [:]
    var (exact, narrow): ([String], [String]) = ([], [])
    for (figure, interval) in zip(pattern.hiddenFigures, ranges) {
      let name = table.name(of: figure)
      intervals[name] = interval
      if interval.width == 0 {
        exact.append(name)
      } else if rule.hides(table.count(of: figure)) && !rule.isVague(interval) {
        narrow.append(name)
      }
    }
    self.intervals = intervals
    self.exact = exact.sorted()
    self.narrow = narrow.sorted()
    open = table.figures.filter { !pattern.hides($0) && rule.hides(table.count(of: $0)) }.map(table.name).sorted()
    thinMargins = pattern.thinMargins(rule).map { table.margins[$0].name }.sorted()
  }
}
