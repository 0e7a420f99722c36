import Testing

@testable import Statistics

/// Charts against published figures and against laws that hold for every chart.
struct ControlChartTests {
  /// Montgomery, Introduction to Statistical Quality Control, 7th edition, table 6.6 and example 6.5: viscosity; the mean 33.52,
  /// average moving range 0.48, limits 34.80 and 32.24.
  @Test func individualsOfMontgomerysViscosity() throws {
    let y = [33.75, 33.05, 34.00, 33.81, 33.46, 34.02, 33.68, 33.27, 33.49, 33.20, 33.62, 33.00, 33.54, 33.12, 33.84]
    var options = ChartOptions()
    options.screensMovingRanges = false
    let phase = try #require(ControlChart(.individuals, ChartSeries(values: y), options: options).phases.first)
    #expect(abs(try #require(phase.centre) - 33.52) < 0.005)
    #expect(abs(try #require(phase.upper[0]) - 34.80) < 0.01)
    #expect(abs(try #require(phase.lower[0]) - 32.24) < 0.01)
  }

  /// Anhøj and Olesen 2014 and statistics policy, section 2.1: longest run and crossings allowed by number of points.
  @Test(arguments: [(10, 6, 2), (12, 7, 3), (20, 7, 6), (24, 8, 8), (36, 8, 13), (50, 9, 19), (100, 10, 41)])
  func runsLimitsFollowTheNumberOfPoints(_ n: Int, _ longest: Int, _ crossings: Int) {
    #expect(RunsAnalysis.longestRunMax(n) == longest)
    #expect(RunsAnalysis.crossingsMin(n) == crossings)
  }

  /// Swed and Eisenhart 1943: acceptable numbers of runs at 2.5 % in each tail, equal halves.
  @Test(arguments: [(10, 3, 9), (12, 4, 10), (16, 5, 13), (20, 7, 15), (24, 8, 18), (30, 11, 21), (40, 15, 27)])
  func runsTailsAreExact(_ n: Int, _ least: Int, _ most: Int) {
    let half = n / 2
    #expect(RunsTest(above: half, below: half, runs: least - 1).isTooFew)
    #expect(!RunsTest(above: half, below: half, runs: least).isTooFew)
    #expect(RunsTest(above: half, below: half, runs: most + 1).isTooMany)
    #expect(!RunsTest(above: half, below: half, runs: most).isTooMany)
  }

  /// Balestracci: 16 points with 4 runs have a probability of .00886.
  @Test func sixteenPointsInFourRunsAreRare() {
    #expect(abs(RunsTest(above: 8, below: 8, runs: 4).fewer - 0.00886) < 0.00001)
  }

  @Test(arguments: 0..<40)
  func limitsNeverCrossTheCentre(_ seed: Int) throws {
    var numbers = SeededNumbers(seed: UInt64(seed))
    for kind in ChartKind.allCases {
      let chart = try ControlChart(kind, Self.series(kind, &numbers))
      for phase in chart.phases {
        guard let centre = phase.centre, kind != .gap else { continue }
        for (low, high) in zip(phase.lower, phase.upper) {
          guard let low, let high else { continue }
          #expect(low <= centre && centre <= high, "seed \(seed), \(kind)")
        }
      }
    }
  }

  /// A measure in other units gives the same chart in other units, with the same signals.
  @Test(arguments: 0..<20)
  func unitsChangeNothingButUnits(_ seed: Int) throws {
    var numbers = SeededNumbers(seed: UInt64(seed))
    let y = (0..<30).map { _ in (numbers.normal() * 10).rounded() }
    let plain = try ControlChart(.individuals, ChartSeries(values: y))
    let moved = try ControlChart(.individuals, ChartSeries(values: y.map { 4 * $0 + 32 }))
    for rules in RuleSet.allCases {
      #expect(rules.signals(in: plain) == rules.signals(in: moved), "seed \(seed), \(rules.name)")
    }
    let (first, second) = (try #require(plain.phases[0].upper[0]), try #require(moved.phases[0].upper[0]))
    #expect(agrees(4 * first + 32, second, within: 1e-12), "seed \(seed)")
  }

  /// Turned upside down, the same points signal.
  @Test(arguments: 0..<20)
  func upAndDownAreTreatedAlike(_ seed: Int) throws {
    var numbers = SeededNumbers(seed: UInt64(seed))
    let y = (0..<40).map { index in (numbers.normal() * 4).rounded() + (index > 25 ? 5 : 0) }
    let up = try ControlChart(.individuals, ChartSeries(values: y))
    let down = try ControlChart(.individuals, ChartSeries(values: y.map { -$0 }))
    for rules in RuleSet.allCases {
      #expect(
        rules.signals(in: up).map(\.points) == rules.signals(in: down).map(\.points), "seed \(seed), \(rules.name)")
    }
  }

  /// Taylor's I′ with every n = 1 is the I chart but for its constants, 1.128 and √(π/4)·… = 1.128379.
  @Test func primeReducesToIndividuals() throws {
    let y = [3.0, 5, 4, 6, 2, 7, 5, 4, 6, 5]
    let prime = try ControlChart(.prime, ChartSeries(counts: y, sizes: y.map { _ in 1 }))
    let plain = try ControlChart(.individuals, ChartSeries(values: y))
    let (a, b) = (try #require(prime.phases[0].upper[0]), try #require(plain.phases[0].upper[0]))
    #expect(agrees(a, b, within: 1e-3))
  }

  @Test func aPhaseIsNeverStartedWithoutBeingAsked() throws {
    let y = [Double?](repeating: 1, count: 15) + [Double?](repeating: 9, count: 15)
    #expect(try ControlChart(.run, ChartSeries(values: y)).phases.count == 1)
  }

  @Test func noUsefulPointGivesNoVerdict() throws {
    let runs = try ControlChart(.run, ChartSeries(values: [5, 5, 5, 5])).phases[0].runs
    #expect(runs.useful == 0 && runs.longestRun == nil && !runs.isSignal)
  }

  @Test func impossibleInputNamesItsField() {
    func field(_ kind: ChartKind, _ series: ChartSeries) -> String? {
      do { _ = try ControlChart(kind, series) } catch StatisticsError.input(let field, _) { return field } catch {}
      return nil
    }
    #expect(field(.time, ChartSeries(values: [3, 0, 4])) == "values[2]")
    #expect(field(.proportion, ChartSeries(counts: [3, 12], sizes: [10, 10])) == "values[2]")
    #expect(field(.rate, ChartSeries(counts: [3, 2], sizes: [10, 0])) == "sizes[2]")
    #expect(field(.count, ChartSeries(values: [3, -1])) == "values[2]")
    #expect(field(.proportion, ChartSeries(values: [3, 1])) == "sizes")
    #expect(field(.run, ChartSeries(values: [3])) == "values")
    #expect(field(.run, ChartSeries(values: [])) == "values")
  }

  /// Spiegelhalter 2005: limits narrow with the size and hold the centre.
  @Test func funnelLimitsNarrow() throws {
    let funnel = try FunnelLimits(.proportion, counts: [5, 20, 40], sizes: [50, 100, 400])
    let (few, many) = (funnel.limits(size: 50, z: 1.96), funnel.limits(size: 400, z: 1.96))
    #expect(few.lowerBound <= many.lowerBound && many.upperBound <= few.upperBound && many.contains(funnel.centre))
    #expect(agrees(funnel.centre, 65.0 / 550, within: 1e-12))
  }

  private static func series(_ kind: ChartKind, _ numbers: inout SeededNumbers) -> ChartSeries {
    let count = 6 + Int(numbers.uniform() * 30)
    if kind.needsSubgroups {
      return ChartSeries(
        subgroups: (0..<count).map { _ in (0..<(2 + Int(numbers.uniform() * 5))).map { _ in numbers.normal() } })
    }
    if kind.needsSizes || kind == .prime {
      let sizes = (0..<count).map { _ in 20 + (numbers.uniform() * 200).rounded() }
      return ChartSeries(counts: sizes.map { (numbers.uniform() * 0.4 * $0).rounded() }, sizes: sizes)
    }
    return ChartSeries(values: (0..<count).map { _ in (numbers.uniform() * 40).rounded() + 1 })
  }
}

struct FalseAlarmsTests {
  /// Around the median of 24 points 12 lie on each side, so fewer than 8 crossings have the exact probability P(R ≤ 8 | 12, 12)
  /// of Swed and Eisenhart; the two rules together are near the 5 % that Anhøj and Wentzel-Larsen 2018 report over many n.
  @Test func theSimulationAgreesWithTheExactProbability() throws {
    let alarms = try FalseAlarms(.anhoej, points: 24, runs: 3000, seed: 7, kind: .run)
    let exact = RunsTest(above: 12, below: 12, runs: 8).fewer
    let seen = try #require(alarms.byRule.first { $0.rule == .fewCrossings }).share
    #expect(abs(seen - exact) < 4 * (exact * (1 - exact) / 3000).squareRoot())
    #expect(alarms.share >= seen && alarms.share < 0.1)
  }

  @Test func theSameSeedGivesTheSameShare() throws {
    let first = try FalseAlarms(.nelson, points: 20, runs: 200, seed: 3)
    let second = try FalseAlarms(.nelson, points: 20, runs: 200, seed: 3)
    #expect(first == second && first.share > 0)
    #expect(throws: StatisticsError.self) { try FalseAlarms(.nhs, points: 1, runs: 10) }
  }

  /// Eight rules at once are wrong more often than four.
  @Test func moreRulesCryWolfMoreOften() throws {
    let few = try FalseAlarms(.westernElectric, points: 30, runs: 600, seed: 5)
    let many = try FalseAlarms(.nelson, points: 30, runs: 600, seed: 5)
    #expect(many.share > few.share * 0.9 && many.byRule.count == 8)
  }
}
