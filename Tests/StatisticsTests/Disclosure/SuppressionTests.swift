import Testing

@testable import Statistics

struct SuppressionTests {
  private static func rule(_ minimum: Int = 10, zeros: Bool = false) throws -> SuppressionRule {
    try SuppressionRule(minimum: minimum, protectsZeros: zeros)
  }

  private static func total(_ counts: [String: Int]) throws -> CountTable {
    let names = counts.keys.sorted()
    return try CountTable(
      cells: names.map { CountTable.Cell($0, counts[$0] ?? 0) }, margins: [CountTable.Margin("Total", sums: names)])
  }

  @Test func oneSmallCellTakesTheNextSmallestAlong() throws {
    // domain.md 4.2 (a): 43 seniors = 38 ED + 5 others: hide both, show the total.
    let suppression = try Suppression(Self.total(["ED": 38, "other": 5]), rule: Self.rule())
    #expect(suppression.primary == ["other"])
    #expect(suppression.suppressed == ["ED", "other"])
    #expect(suppression.audit.intervals["other"] == CountInterval(0, 43))
  }

  @Test func twoSmallCellsThatAddUpToTooLittleTakeAThird() throws {
    // domain.md 4.2 (b): 30, 12, 4, 3: hide 4 and 3 (sum 7 < 10) and 12.
    let table = try Self.total(["a": 30, "b": 12, "c": 4, "d": 3])
    let suppression = try Suppression(table, rule: Self.rule())
    #expect(suppression.primary == ["c", "d"])
    #expect(suppression.suppressed == ["b", "c", "d"])
    let thin = try DisclosureAudit(table, hidden: ["c", "d"], rule: Self.rule())
    #expect(thin.thinMargins == ["Total"])
    #expect(!thin.isSafe)
  }

  @Test func nobodyFailedMeansEverybodyPassed() throws {
    let table = try Self.total(["failed": 0, "passed": 14])
    #expect(try Suppression(table, rule: Self.rule()).suppressed.isEmpty)
    let protected = try Suppression(table, rule: Self.rule(zeros: true))
    #expect(protected.primary == ["failed"])
    #expect(protected.suppressed == ["failed", "passed"])
  }

  @Test func aTotalBelowTheMinimumIsHiddenToo() throws {
    let suppression = try Suppression(Self.total(["a": 2, "b": 3]), rule: Self.rule())
    #expect(suppression.suppressed == ["Total", "a", "b"])
    #expect(suppression.audit.isSafe)
  }

  @Test func complementsInTheWrongRegionProtectNothing() throws {
    let regions = ["north": ["n1": 4, "n2": 40, "n3": 33], "south": ["s1": 31, "s2": 22]]
    let cells = regions.values.flatMap { $0 }.sorted { $0.key < $1.key }
    let table = try CountTable(
      cells: cells.map { CountTable.Cell($0.key, $0.value) },
      margins: regions.sorted { $0.key < $1.key }.map { CountTable.Margin($0.key, sums: $0.value.keys.sorted()) }
        + [CountTable.Margin("all", sums: ["north", "south"])])
    let wrong = try DisclosureAudit(table, hidden: ["n1", "s2"], rule: Self.rule())
    #expect(wrong.exact == ["n1", "s2"])
    #expect(try Suppression(table, rule: Self.rule()).suppressed == ["n1", "n3"])
  }

  @Test func aSmallRegionTakesAnotherRegionsTotalAlongOrCellsOfIt() throws {
    let table = try CountTable(
      cells: [("n1", 3), ("n2", 4), ("s1", 30), ("s2", 22), ("w1", 15), ("w2", 19)].map { CountTable.Cell($0, $1) },
      margins: [
        CountTable.Margin("north", sums: ["n1", "n2"]), CountTable.Margin("south", sums: ["s1", "s2"]),
        CountTable.Margin("west", sums: ["w1", "w2"]), CountTable.Margin("all", sums: ["north", "south", "west"]),
      ])
    let suppression = try Suppression(table, rule: Self.rule())
    #expect(suppression.primary == ["n1", "n2", "north"])
    #expect(suppression.audit.isSafe, "\(suppression.audit.reasons)")
    #expect(!suppression.suppressed.contains("all"))
  }

  @Test(arguments: 1...40) func suppressionSurvivesTheAttackerAndTheTruthLiesWithin(seed: Int) throws {
    var random = Seeded(seed)
    let (rows, columns) = (Int.random(in: 2...7, using: &random), Int.random(in: 2...6, using: &random))
    let top = Int.random(in: 12...90, using: &random)
    let counts = (0..<rows).map { _ in (0..<columns).map { _ in Int.random(in: 0...top, using: &random) } }
    let table = try CountTable(
      rows: (0..<rows).map { "r\($0)" }, columns: (0..<columns).map { "c\($0)" }, counts: counts)
    let rule = try Self.rule(zeros: seed.isMultiple(of: 3))
    let suppression = try Suppression(table, rule: rule)
    #expect(suppression.audit.isSafe, "seed \(seed): \(suppression.audit.reasons)")
    let again = try DisclosureAudit(table, hidden: Set(suppression.suppressed), rule: rule)
    #expect(again == suppression.audit, "seed \(seed)")
    for figure in table.figures {
      guard let interval = again.intervals[table.name(of: figure)] else { continue }
      let truth = table.count(of: figure)
      #expect(interval.lower <= truth && truth <= interval.upper, "seed \(seed), \(table.name(of: figure))")
    }
    #expect(try Suppression(table, rule: rule) == suppression, "seed \(seed): the same table gives the same answer")
  }

  @Test func aTableOfTwoThousandCellsIsMadeSafe() throws {
    let suppression = try Suppression(Self.large(1), rule: Self.rule())
    #expect(suppression.audit.isSafe, "\(suppression.audit.reasons.prefix(5))")
    #expect(suppression.primary.count > 100)
    #expect(suppression.complementary.count < suppression.primary.count)
  }

  /// Fifty schools by forty groups, about one count in ten below 10.
  static func large(_ seed: Int) throws -> CountTable {
    var random = Seeded(seed)
    return try CountTable(
      rows: (1...50).map { "s\($0)" }, columns: (1...40).map { "g\($0)" },
      counts: (1...50).map { _ in (1...40).map { _ in Int.random(in: 1...95, using: &random) } })
  }

  @Test func wrongTablesAreRefusedByName() {
    #expect(throws: StatisticsError.input(field: "min_n", advice: "must be at least 1")) { try Self.rule(0) }
    #expect(throws: StatisticsError.input(field: "cells.a", advice: "must not be negative")) {
      try Self.total(["a": -1])
    }
    #expect(throws: StatisticsError.input(field: "margins[1].sums", advice: "must name cells or margins; b is neither"))
    {
      try CountTable(cells: [.init("a", 1)], margins: [.init("m", sums: ["b"])])
    }
    #expect(throws: StatisticsError.input(field: "margins[1].sums", advice: "must not lead back to itself")) {
      try CountTable(cells: [.init("a", 1)], margins: [.init("m", sums: ["m"])])
    }
    #expect(throws: StatisticsError.input(field: "pattern", advice: "must name cells or margins; z is neither")) {
      try DisclosureAudit(Self.total(["a": 20]), hidden: ["z"], rule: Self.rule())
    }
  }
}
