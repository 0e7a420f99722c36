import Testing

@testable import Statistics

struct ChartSentenceTests {
  /// Counted over all orders of heads and tails.
  @Test(arguments: [(10, 5, 0.216796875), (12, 7, 0.0546875), (8, 3, 0.734375), (6, 6, 0.03125), (5, 6, 0)])
  func theChanceOfALongRunIsExact(_ n: Int, _ length: Int, _ probability: Double) {
    #expect(abs(RunsChance.longestRun(length, of: n) - probability) < 1e-15)
  }

  @Test func chanceIsSaidInRoundNumbers() {
    #expect(
      [0.2, 0.0195, 0.0022, 0.00001].map(chanceWords) == [
        "2 times in 10", "2 times in 100", "2 times in 1,000", "less than once in 1,000",
      ])
    #expect(chanceWords(0.01) == "once in 100")
  }

  /// P(8 or more of 9 on either side) = 20/512.
  @Test func whatCameAfterAChangeIsCounted() throws {
    var options = ChartOptions()
    options.freeze = 6
    let y: [Double?] = [4, 6, 4, 6, 5, 5, 8, 9, 7, 4, 8, 9, 7, 8, 9]
    let sentence = ChartSentence(
      try ControlChart(.run, ChartSeries(values: y), options: options), unit: "week", changeAfter: 6)
    #expect(
      sentence.text.hasPrefix(
        "8 of the 9 weeks since the change lie above the median before it, which chance gives 4 times in 100."))
  }

  /// Points on the centre are said; the side was chosen by looking, so the chance is that of either: 2 × P(3 of 3).
  @Test func pointsOnTheCentreAreSaidAndJudgeNothing() throws {
    var options = ChartOptions()
    options.freeze = 4
    let chart = try ControlChart(.run, ChartSeries(values: [4, 6, 4, 6, 5, 7, 5, 8, 9]), options: options)
    #expect(
      ChartSentence(chart, unit: "week", changeAfter: 4).text.hasPrefix(
        "3 of the 5 weeks since the change lie above the median before it, 2 on it, which chance gives 3 times in 10."))
    #expect(
      ChartSentence(chart, unit: "week").text.hasPrefix(
        "3 of the 5 weeks after the baseline lie above its median, 2 on it,"), "nobody said that anything was changed")
  }

  @Test func eachStretchIsNamedWithItsSide() throws {
    let y = [Double?](repeating: 1, count: 12) + [5, 5] + [Double?](repeating: 9, count: 12)
    let chart = try ControlChart(.run, ChartSeries(values: y))
    #expect(
      ChartSentence(chart, rules: .nhs, unit: "week").text.contains(
        "on one side of the centre: 12 weeks below (week 1 to week 12), then 12 weeks above (week 15 to week 26)."))
  }

  /// What was low before it rose has risen; a fall that ended long ago is not the latest news.
  @Test func theLatestSignalTellsWhereItWent() throws {
    let low = [Double?](repeating: 1, count: 12)
    let high = [Double?](repeating: 9, count: 12)
    let turns: [Double?] = [8, 2, 7, 3, 8, 1, 9, 2, 7, 4, 8, 2, 9, 3, 8, 2]
    func side(_ y: [Double?], rules: RuleSet, recent: Int = .max) throws -> Double? {
      let chart = try ControlChart(.run, ChartSeries(values: y))
      return chart.latestSide(of: rules.signals(in: chart), recent: recent)
    }
    for rules in [RuleSet.anhoej, .ihi, .nhs, .westernElectric, .nelson] {
      #expect(try side(low + high, rules: rules, recent: 8) == 1, "\(rules)")
      #expect(try side(high + low, rules: rules, recent: 8) == -1, "\(rules)")
    }
    #expect(try side(low + turns + turns, rules: .nhs) == -1)
    #expect(try side(low + turns + turns, rules: .nhs, recent: 8) == nil)
    #expect(try side(turns, rules: .nelson) == nil, "turns in a row have no side")
  }

  @Test func chanceIsCalledChance() throws {
    let y: [Double?] = [4, 6, 4, 6, 3, 5, 8, 3, 7, 4, 8, 3, 7, 2]
    let chart = try ControlChart(.run, ChartSeries(values: y))
    #expect(ChartSentence(chart, unit: "week").text == "Nothing in these 14 weeks that chance alone would not give.")
  }

  /// A point on the median judges nothing, and is a week that was measured all the same.
  @Test func weeksOnTheMedianAreCounted() throws {
    let y: [Double?] = [4, 6, 5, 4, 6, 5, 3, 5, 8, nil, 3, 7, 4, 8, 5, 3, 7]
    let chart = try ControlChart(.run, ChartSeries(values: y))
    #expect(chart.phases[0].runs.useful == 12)
    #expect(ChartSentence(chart, unit: "week").text == "Nothing in these 16 weeks that chance alone would not give.")
  }

  @Test func fewPointsAreCalledFew() throws {
    let chart = try ControlChart(.individuals, ChartSeries(values: [4, 5, 6, 4, 5]))
    #expect(ChartSentence(chart, unit: "week").text.hasPrefix("With "))
  }

  @Test func aPointBeyondItsLimitIsNamed() throws {
    let y: [Double?] = [5, 6, 5, 4, 5, 6, 5, 4, 5, 6, 5, 30, 5, 6, 4]
    let chart = try ControlChart(.individuals, ChartSeries(values: y))
    let labels = y.indices.map { "week \($0 + 1)" }
    #expect(
      ChartSentence(chart, unit: "week", labels: labels).text.hasPrefix(
        "Week 12 lies beyond the limits, where chance puts a week about 3 times in 1,000."))
  }

  @Test func aLongRunIsSaidWithItsChance() throws {
    let y = [Double?](repeating: 1, count: 12) + [Double?](repeating: 9, count: 12)
    let text = ChartSentence(try ControlChart(.run, ChartSeries(values: y)), unit: "week").text
    #expect(
      text.hasPrefix(
        "12 weeks in a row lie below the median (week 1 to week 12) and above the median (week 13 to week 24), which"))
    #expect(text.contains("cross the median only once"))
  }
}
