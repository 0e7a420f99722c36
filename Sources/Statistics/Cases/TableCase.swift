/// `kind: table`: which cells must be hidden, and what an attacker can still say.
enum TableCase: CaseHandler {
  static func answer(_ input: CaseInput) throws -> CaseValue {
    let table = try TableInput(input)
    let suppression = try Suppression(table.table, rule: table.rule)
    let bare = try DisclosureAudit(table.table, hidden: Set(suppression.primary), rule: table.rule)
    let audit = suppression.audit
    return [
      "primary": names(suppression.primary),
      "primary_only_is_broken": names(bare.exact.filter(suppression.primary.contains)),
      "primary_only_recovered": recovered(bare, suppression.primary),
      "suppressed": names(suppression.suppressed),
      "complementary": names(suppression.complementary),
      "attacker_intervals": intervals(audit),
      "exact": names(audit.exact),
      "safe": .flag(audit.isSafe),
    ]
  }

  static func explanation(_ input: CaseInput) throws -> [String] {
    let table = try TableInput(input)
    let suppression = try Suppression(table.table, rule: table.rule)
    return [
      "primary: counts below \(table.rule.minimum): \(suppression.primary.joined(separator: ", "))",
      "complementary: fewest further figures so that the attacker stays vague: "
        + suppression.complementary.joined(separator: ", "),
    ] + explanation(suppression.audit)
  }

  private static func recovered(_ audit: DisclosureAudit, _ primary: [String]) -> CaseValue {
    .object(
      audit.exact.filter(primary.contains).map { name in
        CaseValue.Field(name, .whole(audit.intervals[name]?.lower ?? 0))
      })
  }
}

/// `kind: pattern_check`: whether a given pattern of hidden figures is safe.
enum PatternCheckCase: CaseHandler {
  static func answer(_ input: CaseInput) throws -> CaseValue {
    let audit = try audit(input)
    return [
      "safe": .flag(audit.isSafe),
      "attacker_intervals": TableCase.intervals(audit),
      "exact": TableCase.names(audit.exact),
      "too_narrow": TableCase.names(audit.narrow),
      "small_and_shown": TableCase.names(audit.open),
      "thin_margins": TableCase.names(audit.thinMargins),
      "reasons": TableCase.names(audit.reasons),
    ]
  }

  static func explanation(_ input: CaseInput) throws -> [String] { TableCase.explanation(try audit(input)) }

  private static func audit(_ input: CaseInput) throws -> DisclosureAudit {
    let table = try TableInput(input)
    let pattern = try input.field(anyOf: ["pattern", "suppressed"]).list().map { try $0.text() }
    return try DisclosureAudit(table.table, hidden: Set(pattern), rule: table.rule)
  }
}

extension TableCase {
  static func names(_ names: [String]) -> CaseValue { .list(names.map { .text($0) }) }

  /// Each hidden figure's interval; an end that nothing bounds is null.
  static func intervals(_ audit: DisclosureAudit) -> CaseValue {
    .object(
      audit.intervals.sorted { $0.key < $1.key }.map { name, interval in
        let upper = interval.upper == .max ? CaseValue.null : .whole(interval.upper)
        return CaseValue.Field(name, [.whole(interval.lower), upper])
      })
  }

  static func explanation(_ audit: DisclosureAudit) -> [String] {
    audit.intervals.sorted { $0.key < $1.key }.map { name, interval in
      let upper = interval.upper == .max ? "no bound" : "\(interval.upper)"
      return "\(name): least and greatest count that fit everything shown: \(interval.lower) … \(upper)"
    } + (audit.isSafe ? ["safe: no hidden count is exact or too narrow"] : audit.reasons)
  }
}

/// Cells, margins and rule as the cases write them.
struct TableInput {
  let table: CountTable
  let rule: SuppressionRule

  init(_ input: CaseInput) throws {
    let minimum = try input.field("min_n").whole(1...1_000_000)
    let zeros = try input.optional("protect_zeros")?.flag() ?? false
    rule = try SuppressionRule(minimum: minimum, protectsZeros: zeros)
    let cells = try input.field("cells").fields().map { CountTable.Cell($0.name, try $0.input.whole()) }
    guard !cells.isEmpty else { throw try input.field("cells").refusal("must name at least one cell") }
    let listed = try input.optional("margins")?.list() ?? []
    let margins = try listed.map { margin in
      CountTable.Margin(try margin.text("name"), sums: try margin.list("sums").map { try $0.text() })
    }
    table = try CountTable(cells: cells, margins: margins)
    for (margin, total) in zip(listed, table.totals) {
      guard let value = margin.optional("value"), try value.whole() != total else { continue }
      throw value.refusal("must be the sum of its cells, \(total)")
    }
  }
}
