import Testing

@testable import Statistics

struct LeaksTests {
  @Test(arguments: [5, 8, 12, 40, 137]) func limitsOfAPChartGiveItsNumberAway(people: Int) throws {
    let centre = 0.3
    let limit = centre + 3 * (centre * (1 - centre) / Double(people)).squareRoot()
    let found = try ChartLeak.people(centre: centre, limit: limit)
    guard limit < 1 else { return #expect(found == nil) }
    #expect(abs(try #require(found) - Double(people)) < 1e-9)
  }

  @Test func aLimitThatWasCutOffSaysLess() throws {
    #expect(try ChartLeak.people(centre: 0.9, limit: 1) == nil)
    #expect(try ChartLeak.people(centre: 0.1, limit: 0) == nil)
    #expect(abs(try #require(try ChartLeak.people(centre: 2, limit: 5, chart: .u)) - 2) < 1e-12)
  }

  @Test func percentagesOfSmallGroupsAreCounts() throws {
    // statistics.md 4: 8.3 % of 12 is one pupil, 100 % of 14 is everybody.
    #expect(try PercentLeak.counts(percent: 8.3, of: 12, decimals: 1) == [1])
    #expect(try PercentLeak.counts(percent: 100, of: 14, decimals: 0) == [14])
    #expect(try PercentLeak.counts(percent: 50, of: 1000, decimals: 0) == Array(495...505))
    #expect(try PercentLeak.counts(percent: 8.4, of: 12, decimals: 1) == [])
  }

  @Test(arguments: 1...30) func thePercentageShownIsAmongItsCounts(seed: Int) throws {
    var random = Seeded(seed)
    let people = Int.random(in: 1...400, using: &random)
    let count = Int.random(in: 0...people, using: &random)
    let shown = (Double(count) / Double(people) * 1000).rounded() / 10
    #expect(try PercentLeak.counts(percent: shown, of: people, decimals: 1).contains(count), "seed \(seed)")
  }

  @Test func everybodyOfTwelveIsAtLeastEighty() throws {
    // domain.md 4.2 (d) and the ladder's bands by size.
    let ladder = PercentCoding.ncesLadder
    #expect(try ladder.shown(12, of: 12) == .atLeast(80))
    #expect(try ladder.shown(9, of: 9) == .hidden)
    #expect(try ladder.shown(10, of: 10, minimum: 11) == .hidden)
    #expect(try ladder.shown(0, of: 25) == .atMost(10))
    #expect(try ladder.shown(39, of: 40) == .atLeast(95))
    #expect(try ladder.shown(2, of: 150) == .atMost(2))
    #expect(try ladder.shown(299, of: 300).description == "≥99%")
    #expect(try ladder.shown(150, of: 300) == .percent(50))
    #expect(throws: StatisticsError.input(field: "count", advice: "must lie in 0…n")) { try ladder.shown(13, of: 12) }
  }

  @Test func theStricterRuleHolds() {
    #expect(SmallestGroup.people(in: "VT") == 11)
    #expect(SmallestGroup.people(in: "CT") == 10)
    #expect(SmallestGroup.people(in: "elsewhere") == 10)
  }

  @Test func nineHundredOfAThousandDominate() throws {
    let dominance = try Dominance([80, 900, 8, 12], rule: Dominance.Rule())
    #expect(dominance.remainder == 20 && dominance.threshold == 90 && dominance.shareOfLargest == 0.9)
    #expect(!dominance.isSafeByP && !dominance.isSafeByShare)
    #expect(try Dominance([30, 30, 20, 20], rule: Dominance.Rule()).isSafe)
    #expect(throws: StatisticsError.self) { try Dominance([], rule: Dominance.Rule()) }
    #expect(throws: StatisticsError.self) { try Dominance([0, 0], rule: Dominance.Rule()) }
  }
}
