/// A table made safe: small counts hidden, and with them as few other figures as it takes.
public struct Suppression: Sendable, Equatable {
  /// Figures hidden for their own sake, by name.
  public let primary: [String]
  /// Figures hidden so that the primary ones cannot be computed, by name.
  public let complementary: [String]
  /// What an attacker can still say.
  public let audit: DisclosureAudit

  /// Everything hidden, by name.
  public var suppressed: [String] { (primary + complementary).sorted() }

  /// Hides what must be hidden in `table` under `rule`.
  ///
  /// 1. Every figure the rule hides is hidden.
  /// 2. For each that could be computed or narrowed too far, the cheapest set of further figures is found along which its
  ///    count could be moved without changing anything shown (a linear program: Kelly, Golden & Assad 1992); cells come
  ///    before margins and small ones before large ones. Thin margins get their smallest cell that helps.
  /// 3. The attacker is asked again, until the audit is safe.
  /// 4. What turns out not to be needed is shown again, largest first; for small tables every smaller set is tried.
  ///
  /// The same table gives the same answer.
  /// - Throws: `LinearProgramFailure`.
  public init(_ table: CountTable, rule: SuppressionRule) throws {
    var search = ComplementSearch(table, rule)
    try search.complete()
    let pattern = try search.reduced()
    let isPrimary = Set(search.primary)
    let names = { (figures: [TableFigure]) in figures.map(table.name).sorted() }
    primary = names(search.primary)
    complementary = names(pattern.hiddenFigures.filter { !isPrimary.contains($0) })
    audit = DisclosureAudit(pattern, try pattern.intervals(rule: nil), rule)
  }
}
