import Testing

@testable import Statistics

/// What the reference programs do by surprise, and what charts must do instead: the policy's list of traps.
struct ChartTrapTests {
  /// Provost and Murray's data set spc4hc: with the moving range of 17 screened (3.267 · 5 = 16.335), 28 lies beyond
  /// 15.79 + 3 · (98 / 22) / 1.128 = 27.64; unscreened it lies within 29.09. qicharts2 screens only when it is attached.
  private static let spc4hc: [Double?] = [
    18, 16, 8, 9, 10, 11, 26, 14, 15, 14, 18, 19, 18, 11, 28, 20, 16, 17, 12, 13, 24, 16, 15, 11,
  ]

  @Test func screeningIsOnUnlessItIsTurnedOffAndItDecidesASignal() throws {
    let screened = try ControlChart(.individuals, ChartSeries(values: Self.spc4hc))
    #expect(screened.options.screensMovingRanges && screened.beyond == [14])
    var options = ChartOptions()
    options.screensMovingRanges = false
    #expect(try ControlChart(.individuals, ChartSeries(values: Self.spc4hc), options: options).beyond.isEmpty)
  }

  /// Mean 4, median 2: 4 + 3 √(4 · 5) = 17.416.
  @Test func theGChartDrawsTheMedianAndTakesItsLimitsFromTheMean() throws {
    let gaps = ChartSeries(values: [1, 2, 2, 0, 15])
    let phase = try ControlChart(.gap, gaps).phases[0]
    #expect(phase.centre == 2 && phase.lower[0] == 0)
    #expect(agrees(try #require(phase.upper[0]), 4 + 3 * 20.0.squareRoot(), within: 1e-12))
    #expect(phase.runs.useful == 3)
    var options = ChartOptions()
    options.centre = 4
    #expect(agrees(try #require(ControlChart(.gap, gaps, options: options).phases[0].centre), 0.693 * 4, within: 1e-12))
  }

  /// The root of a time, raised back, is off by its last digit: that must not put a point on a side or beyond a limit.
  @Test(arguments: [5.0, 0.3, 17, 286]) func timesThatAreAllAlikeLieOnTheirCentre(_ time: Double) throws {
    for screens in [true, false] {
      var options = ChartOptions()
      options.screensMovingRanges = screens
      let chart = try ControlChart(.time, ChartSeries(values: Array(repeating: time, count: 12)), options: options)
      #expect(chart.phases[0].runs.useful == 0 && !chart.phases[0].runs.isSignal && chart.beyond.isEmpty)
    }
    var options = ChartOptions()
    options.centre = time
    let given = try ControlChart(.time, ChartSeries(values: [time, time * 2, time, time / 2]), options: options)
    #expect(given.phases[0].centre == time && given.phases[0].runs.useful == 2)
  }

  /// Groups of one have a mean, and no spread to draw limits from.
  @Test func groupsOfOneHaveACentreAndNoLimits() throws {
    let chart = try ControlChart(.mean, ChartSeries(subgroups: [[1], [2], [6]]))
    #expect(chart.phases[0].centre == 3 && chart.phases[0].upper == [nil, nil, nil])
  }

  /// qcc stops with an error below five points.
  @Test(arguments: 2...4) func fewPointsAreReadWithoutAnError(count: Int) throws {
    let few = try ControlChart(.individuals, ChartSeries(values: (0..<count).map { Double($0) }))
    for rules in RuleSet.allCases { #expect(rules.signals(in: few).isEmpty, "\(rules.name)") }
  }

  @Test func thePointThatCompletesAPatternIsMarkedAndNotTheFirst() {
    func zone(_ k: Double, _ count: Int) -> [ClosedRange<Double>?] { (0..<count).map { _ in -k...k } }
    func rules(_ values: [Double]) -> ZoneRules {
      let n = values.count
      return ZoneRules(
        values: values, centre: values.map { _ in 0 }, one: zone(1, n), two: zone(2, n), three: zone(3, n))
    }
    #expect(rules([2.5, 2.5]).some(2, of: 3, beyond: zone(2, 2)) == [])
    #expect(rules([2.5, 2.5, 0, 2.5, -2.5]).some(2, of: 3, beyond: zone(2, 5)) == [3])
    #expect(rules([2.5, -2.5, 2.5]).some(2, of: 3, beyond: zone(2, 3)) == [2])
    #expect(rules([3, -3, 3.01]).beyond == [2])
  }

  /// IHI counts five points, Nelson six, Making Data Count seven: points, not steps.
  @Test(arguments: [(RuleSet.ihi, ChartRule.trendOfFive, 5), (.nelson, .n3, 6), (.nhs, .nhsTrend, 7)])
  func trendsCountPointsAndNotSteps(_ rules: RuleSet, _ rule: ChartRule, _ length: Int) throws {
    func seen(_ points: Int) throws -> Bool {
      let rise = (0..<points).map { 50 + Double($0) }
      let rest = (0..<14).map { Double($0 % 2 == 0 ? 20 : 80) }
      let chart = try ControlChart(.individuals, ChartSeries(values: rest + [40] + rise + [40]))
      return rules.signals(in: chart).contains { $0.rule == rule }
    }
    // The 40 before the rise is its first point.
    let (short, long) = (try seen(length - 2), try seen(length - 1))
    #expect(!short && long)
  }

  @Test func aGapGivesNoMovingRange() throws {
    let chart = try ControlChart(.individuals, ChartSeries(values: [1, 2, nil, 100, 101]))
    let phase = chart.phases[0]
    #expect(agrees(try #require(phase.upper[0]), 51 + 3 / 1.128, within: 1e-12))
    #expect(
      try ControlChart(.movingRange, ChartSeries(values: [1, 2, nil, 100, 101])).values == [nil, 1, nil, nil, 1])
  }

  @Test(arguments: RuleSet.allCases) func pointsOnTheCentreGiveNoVerdictByAnyRules(_ rules: RuleSet) throws {
    for kind in [ChartKind.run, .individuals, .count] {
      let chart = try ControlChart(kind, ChartSeries(values: [Double?](repeating: 5, count: 30)))
      #expect(chart.phases[0].runs.useful == 0 && !chart.phases[0].runs.isSignal)
      let seen = rules.signals(in: chart).filter { $0.rule != .n7 }
      #expect(seen.isEmpty, "\(rules.name) on \(kind)")
    }
  }

  /// Left out of centre, limits and runs, and still held against the limits.
  @Test(arguments: RuleSet.allCases) func anExcludedPointIsInNoPatternAndStillHeldAgainstTheLimits(_ rules: RuleSet)
    throws
  {
    var options = ChartOptions()
    options.exclude = [5, 15]
    let values = (1...30).map { $0 == 15 ? 99.0 : Double($0 % 2) + ((1...9).contains($0) ? 0.6 : 0) }
    let chart = try ControlChart(.individuals, ChartSeries(values: values), options: options)
    #expect(chart.beyond == [14])
    for signal in rules.signals(in: chart) {
      #expect(!signal.points.contains(4), "\(signal.rule.rawValue)")
      if !signal.rule.isOfOnePoint { #expect(!signal.points.contains(14), "\(signal.rule.rawValue)") }
    }
    if rules != .ihi { #expect(rules.signals(in: chart).contains { $0.rule.isOfOnePoint && $0.points == [14] }) }
  }

  @Test(arguments: RuleSet.allCases) func schoolsSideBySideAndMovingRangesHaveNoRuns(_ rules: RuleSet) throws {
    let rising = (1...30).map { Double($0) }
    var options = ChartOptions()
    options.isUnordered = true
    let charts = [
      try ControlChart(.individuals, ChartSeries(values: rising), options: options),
      try ControlChart(.movingRange, ChartSeries(values: rising.map { $0 * $0 })),
    ]
    for signal in charts.flatMap(rules.signals) { #expect(signal.rule.isOfOnePoint, "\(signal.rule.rawValue)") }
  }

  @Test func numbersThatAreNoneAreRefusedByTheirPlace() {
    func field(_ kind: ChartKind, _ series: ChartSeries, _ change: (inout ChartOptions) -> Void = { _ in }) -> String? {
      var options = ChartOptions()
      change(&options)
      do { _ = try ControlChart(kind, series, options: options) } catch StatisticsError.input(let field, _) {
        return field
      } catch {}
      return nil
    }
    let (three, shares) = (
      ChartSeries(values: [3, 4, 5]), ChartSeries(counts: [3, 4, 5], sizes: [10, 10, 10])
    )
    #expect(field(.run, ChartSeries(values: [3, .nan, 4])) == "values[2]")
    #expect(field(.individuals, ChartSeries(values: [3, 4, .infinity])) == "values[3]")
    #expect(field(.rate, ChartSeries(counts: [3, 4], sizes: [.infinity, 4])) == "sizes[1]")
    #expect(field(.rate, ChartSeries(counts: [3, 4], sizes: [2, .nan])) == "sizes[2]")
    #expect(field(.proportion, shares) { $0.centre = 1.2 } == "centre")
    #expect(field(.count, three) { $0.centre = -1 } == "centre")
    #expect(field(.time, three) { $0.centre = 0 } == "centre")
    #expect(field(.run, three) { $0.centre = .nan } == "centre")
    #expect(field(.run, three) { $0.multiply = 0 } == "multiply")
    #expect(field(.run, three) { $0.freeze = 1 } == "freeze")
    #expect(field(.individuals, three) { $0.centre = -7 } == nil)
  }
}
