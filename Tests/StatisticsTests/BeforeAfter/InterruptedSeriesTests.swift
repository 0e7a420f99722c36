import Testing

@testable import Statistics

struct InterruptedSeriesTests {
  private struct Reference: Decodable {
    struct Figures: Decodable { let estimate, se: [Double] }
    let name: String
    let y: [Double]
    let before, lag: Int
    let ordinary, newey_west: Figures
    let p: [Double]
  }

  /// R's lm and sandwich::NeweyWest without prewhitening: `script/compare-statistics/charts.R` makes the numbers anew.
  @Test func segmentedRegressionAgreesWithR() throws {
    let references = try ReferenceVectors.read("interrupted.json", as: [Reference].self)
    #expect(references.count == 6)
    for reference in references {
      let plain = try InterruptedSeries(reference.y, before: reference.before)
      let carried = try InterruptedSeries(reference.y, before: reference.before, errors: .neweyWest(lag: reference.lag))
      for (index, term) in [plain.start, plain.slope, plain.level, plain.trend].enumerated() {
        #expect(agrees(term.estimate, reference.ordinary.estimate[index], within: 1e-8), "\(reference.name)")
        #expect(agrees(term.standardError, reference.ordinary.se[index], within: 1e-8), "\(reference.name)")
        #expect(agrees(try #require(term.pValue), reference.p[index], within: 1e-6), "\(reference.name)")
      }
      for (index, term) in [carried.start, carried.slope, carried.level, carried.trend].enumerated() {
        #expect(agrees(term.standardError, reference.newey_west.se[index], within: 1e-8), "\(reference.name)")
      }
    }
  }

  @Test func aSeriesWithoutNoiseGivesItsOwnJumpAndSlope() throws {
    let values = (1...20).map { time -> Double in
      let t = Double(time)
      let before = 2 + 0.5 * t
      return time <= 10 ? before : before + 7 - 0.25 * (t - 10)
    }
    let fit = try InterruptedSeries(values, before: 10)
    #expect(agrees(fit.level.estimate, 7, within: 1e-10) && agrees(fit.trend.estimate, -0.25, within: 1e-10))
  }

  @Test func tooFewPointsOnOneSideAreRefused() {
    #expect(throws: StatisticsError.self) { try InterruptedSeries([1, 2, 3, 4, 5, 6], before: 2) }
  }
}

struct BeforeAfterSeriesTests {
  /// Tarlow 2017: a baseline that was rising already leaves nothing of the effect.
  @Test func aRisingBaselineIsTakenOut() throws {
    let series = try BeforeAfterSeries(before: [1, 2, 3, 4, 5], after: [6, 7, 8, 9, 10])
    #expect(series.tau().value == 1)
    #expect(series.tauBaselineCorrected().value == 0)
  }

  @Test func tauIsTwiceNapLessOne() throws {
    for seed in 0..<50 {
      var numbers = SeededNumbers(seed: UInt64(seed))
      let before = (0..<6).map { _ in (numbers.normal() * 3).rounded() }
      let after = (0..<7).map { _ in (numbers.normal() * 3).rounded() }
      let series = try BeforeAfterSeries(before: before, after: after)
      let nap = try #require(series.nap().value)
      #expect(agrees(try #require(series.tau().value), 2 * nap - 1, within: 1e-12), "seed \(seed)")
      let mirrored = try BeforeAfterSeries(before: before, after: after, direction: .decrease)
      #expect(agrees(try #require(mirrored.nap().value), 1 - nap, within: 1e-12), "seed \(seed)")
      let interval = series.nap()
      #expect(try #require(interval.lower) <= nap + 1e-9 && nap <= #require(interval.upper) + 1e-9, "seed \(seed)")
    }
  }

  @Test func twoBaselinePointsGiveNumbersAndNoClaim() throws {
    let series = try BeforeAfterSeries(before: [2, 3], after: [5, 6, 7])
    #expect(series.nap().value == 1)
    #expect(!series.allowsClaim)
  }

  /// Statistics policy, section 3.2: pre 35 on a mean of 50, r = .6: 41 is expected with no effect.
  @Test func aSchoolChosenAtItsWorstGainsWithNoEffect() throws {
    let answer = try RegressionToTheMean(mean: 50, deviation: 10, correlation: 0.6, selected: 35)
    #expect(answer.expectedNext == 41 && answer.apparentGain == 6 && answer.apparentEffect == 0.6)
    #expect(throws: StatisticsError.input(field: "r", advice: "must lie in -1…1")) {
      try RegressionToTheMean(mean: 50, deviation: 10, correlation: 1.2, selected: 35)
    }
  }

  @Test func aConstantBaselineHasNoStandardizedDifference() throws {
    let series = try BeforeAfterSeries(before: [3, 3, 3], after: [4, 5, 6])
    #expect(series.standardizedMeanDifference.estimate.value == nil)
  }
}
