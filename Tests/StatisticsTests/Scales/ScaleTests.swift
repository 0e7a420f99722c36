import Testing

@testable import Statistics

struct ScaleTests {
  /// EEF, About the Toolkits, table of months' progress: ends of each band.
  @Test(arguments: [
    (0.0, 0), (0.01, 0), (0.02, 1), (0.09, 1), (0.10, 2), (0.18, 2), (0.19, 3), (0.26, 3), (0.27, 4), (0.35, 4),
    (0.36, 5), (0.44, 5), (0.45, 6), (0.52, 6), (0.53, 7), (0.61, 7), (0.62, 8), (0.69, 8), (0.70, 9), (0.78, 9),
    (0.79, 10), (0.87, 10), (0.88, 11), (0.95, 11), (0.96, 12), (3.0, 12), (-0.01, 0), (-0.02, -1), (-0.36, -5),
  ])
  func monthsFollowTheBands(effect: Double, months: Int) { #expect(MonthsOfProgress.months(effect) == months) }

  /// statistics.md, section 8: 0.015 is .02 and so 1 month; half to even would give 0.
  @Test func halvesAreRoundedUp() {
    #expect(MonthsOfProgress.months(0.015) == 1)
    #expect(MonthsOfProgress.months(0.095) == 2)
    #expect(MonthsOfProgress.months(0.0149) == 0)
    #expect(MonthsOfProgress.months(-0.015) == -1)
    #expect(MonthsOfProgress.months(.nan) == nil)
  }

  /// 100·Φ(0.25) − 50 by R's pnorm.
  @Test func theImprovementIndexIsAPercentileGain() {
    #expect(agrees(ImprovementIndex.points(0.25), 9.870632568292371, within: 1e-13))
    #expect(ImprovementIndex.points(-0.25) == -ImprovementIndex.points(0.25))
    #expect(ImprovementIndex.points(0) == 0)
  }

  @Test func costsFallIntoFiveBands() {
    #expect(CostBand(poundsPerPupil: 0) == .veryLow)
    #expect(CostBand(poundsPerPupil: 80.01) == .low)
    #expect(CostBand(poundsPerPupil: 720) == .moderate)
    #expect(CostBand(poundsPerPupil: 1200) == .high)
    #expect(CostBand(poundsPerPupil: 1200.5) == .veryHigh)
    #expect(CostBand(poundsPerPupil: -1) == nil)
  }

  @Test func tiersNeedASignificantGainAndALargeSample() {
    func tier(_ study: EvidenceTier.Study, _ gain: Bool, pupils: Int = 400, districts: Int = 2) -> EvidenceTier? {
      EvidenceTier(best: study, significantGain: gain, pupils: pupils, districts: districts, hasRationale: true)
    }
    #expect(tier(.randomised, true) == .strong)
    #expect(tier(.matchedComparison, true) == .moderate)
    #expect(tier(.randomised, true, pupils: 349) == .promising)
    #expect(tier(.randomised, true, districts: 1) == .promising)
    #expect(tier(.correlational, true) == .promising)
    #expect(tier(.randomised, false) == .rationale)
    #expect(
      EvidenceTier(
        best: .randomised, significantGain: true, significantHarm: true, pupils: 999, districts: 9, hasRationale: true)
        == nil)
  }
}
