import Testing

@testable import Statistics

/// Expected figures are worked from the formulas in the rule's own text; quantiles of t are R 4.2's `qt`.
struct SeriesClaimRuleTests {
  /// Means 10.5 and 15.5; Σe² = 20 over 14 degrees of freedom, so the error is √(20/14 · 2/8) = 0.597614; the
  /// autocorrelation within phases is below 0. 99 %: 5 ± 2.976843 · 0.597614 = 3.221 … 6.779; 95 %: 5 ± 1.281752.
  private static let level: [Double] = [10, 12, 11, 9, 10, 12, 11, 9]
  private static let higher: [Double] = [15, 17, 16, 14, 15, 17, 16, 14]

  @Test func theIntervalIsThatOfTwoMeans() throws {
    let figures = try claim(Self.level, Self.higher).figures
    #expect(figures.difference.value == 5)
    #expect(abs(try #require(figures.difference.standardError) - 0.597_614_3) < 1e-7)
    #expect(figures.degreesOfFreedom == 14 && figures.autocorrelation == 0)
    #expect(abs(try #require(figures.difference.lower) - (5 - 2.144_786_7 * 0.597_614_3)) < 1e-6)
    #expect(abs(figures.interval(0.99).lower - (5 - 2.976_842_7 * 0.597_614_3)) < 1e-6)
    #expect(abs(figures.baselineTrend + 4.0 / 28) < 1e-12)
  }

  @Test(arguments: [(3.0, Claim.Verdict.worked), (3.3, .mixed), (6.2, .mixed), (6.4, .didNotWork)])
  func theStrictIntervalIsHeldAgainstWhatWasRegistered(worthwhile: Double, verdict: Claim.Verdict) throws {
    #expect(try claim(Self.level, Self.higher, worthwhile: worthwhile).verdict == verdict)
  }

  @Test func aMeasureThatShouldFallIsTurned() throws {
    let fell = try claim(Self.level.map { -$0 }, Self.higher.map { -$0 }, direction: .decrease)
    #expect(fell.verdict == .worked && fell.figures.difference.value == 5)
  }

  @Test func twoValuesBeforeGiveNumbersAndNoClaim() throws {
    let short = try claim([10, 11], Self.higher, scale: .percentage(students: 100))
    #expect(short.verdict == .tooEarly && short.effect == nil)
    #expect(short.figures.difference.value == 5)
    #expect(short.reason.contains("2 values before the change cannot show"))
    #expect(try claim(Self.level, [15, 16, 15, 16]).verdict == .tooEarly)
  }

  /// Tarlow 2017: where the values were rising already, a perfect Tau says nothing.
  @Test func whatWasRisingAlreadyClaimsNothingAndIsNotPooled() throws {
    let rising = try claim(
      (1...8).map(Double.init), (9...16).map(Double.init), scale: .percentage(students: 100), worthwhile: 1)
    #expect(rising.verdict == .tooEarly && rising.effect == nil)
    #expect(rising.reason.contains("they go on as they were already going"))
    let nonoverlap = try #require(rising.figures.nonoverlap.value)
    #expect(nonoverlap == 1 && rising.figures.baselineTrend == 1)
    #expect(abs(try #require(rising.figures.tau.value)) < 1e-12)
  }

  @Test func whatWasFallingAlreadyIsNotCalledFailure() throws {
    let falling = try claim([16, 15, 14, 13, 12, 11, 10, 9], [9, 9, 9, 10, 9, 9, 10, 9], worthwhile: 20)
    #expect(falling.verdict == .tooEarly && falling.reason.contains("getting worse before"))
  }

  @Test func eachDoubtTakesSuccessAway() throws {
    #expect(try claim(Self.level, Self.higher, registered: false).verdict == .experience)
    #expect(try claim(Self.level, Self.higher, chosenAtWorst: true).verdict == .tooEarly)
    #expect(try claim(Self.level, Self.higher, isCountedAlike: false).verdict == .tooEarly)
    #expect(try claim(Self.level, Self.higher, balancing: true).verdict == .mixed)
    #expect(try claim(Array(Self.level.prefix(7)), Self.higher).verdict == .mixed)
    #expect(try claim(Self.level, Array(Self.higher.prefix(7))).verdict == .mixed)
    #expect(try claim(Self.level, Self.higher, scale: .count(students: 19)).verdict == .tooEarly)
  }

  /// Values that carry over from week to week are fewer than they look: r₁ 0.75 + 1/16, held at 0.8, makes the error
  /// three times as wide.
  @Test func autocorrelationWidensTheInterval() throws {
    let slow = try claim([9, 9, 10, 10, 11, 11, 12, 12], [14, 14, 15, 15, 16, 16, 17, 17])
    #expect(slow.figures.autocorrelation > 0.5)
    #expect(try #require(slow.figures.difference.standardError) > 1)
    #expect(slow.figures.degreesOfFreedom < 6)
  }

  @Test func aLateEffectIsSaidAndAllOfTheTimeIsTaken() throws {
    let late = try claim(
      Self.level + Self.level, Self.level + Self.higher.map { $0 + 1 }, worthwhile: 3)
    #expect(late.verdict != .worked)
    #expect(late.reason.contains("It came late: the second half of the time after stands +6.00 better"))
  }

  /// Shares 0.6 and 0.75 of 100 students: √3/π (ln 3 − ln 1.5) = 0.382152. Sixteen weeks are no more students than one:
  /// 3/π² (1/24 + 1/18.75) = 0.028877.
  @Test func aShareGoesIntoThePoolByItsStudentsNotItsWeeks() throws {
    let before: [Double] = [60, 61, 59, 60, 60, 59, 61, 60]
    let shares = try claim(before, before.map { $0 + 15 }, scale: .percentage(students: 100))
    let effect = try #require(shares.effect)
    #expect(abs(effect.estimate - 0.382_152) < 1e-6 && abs(effect.variance - 0.028_877) < 1e-6)
    #expect(shares.baseShare.map { abs($0 - 0.6) < 1e-12 } == true)
    let counts = try claim(
      before.map { $0 * 2 }, before.map { $0 * 2 + 30 }, scale: .count(students: 200), direction: .decrease)
    #expect(abs(try #require(counts.effect).estimate + 0.382_152) < 1e-6)
    #expect(try claim(before, before.map { $0 + 15 }, scale: .count(students: nil)).effect == nil)
    #expect(try claim(before, before.map { $0 + 15 }, scale: .number).effect == nil)
  }

  @Test func impossibleNumbersAreNamed() {
    #expect(
      throws: StatisticsError.input(field: "students", advice: "must be 17 or more: so many were counted in one period")
    ) {
      try claim(Self.level, Self.higher, scale: .count(students: 16))
    }
    #expect(throws: StatisticsError.self) { try claim(Self.level, [101, 100], scale: .percentage(students: nil)) }
    #expect(throws: StatisticsError.self) { try claim(Self.level, Self.higher, worthwhile: 0) }
  }

  @Test(arguments: 0..<40) func everyClaimSaysWhyByWhatRuleAndWhatWouldChangeIt(seed: Int) throws {
    var numbers = SeededNumbers(seed: UInt64(seed))
    func values(_ count: Int) -> [Double] { (0..<count).map { _ in Double(Int.random(in: 0...20, using: &numbers)) } }
    let claim = try claim(values(1 + seed % 14), values(1 + seed % 11), worthwhile: 2)
    #expect(claim.reason.hasSuffix(".") && claim.whatWouldChangeIt.hasSuffix(".") && claim.pooling.hasSuffix("."))
    #expect(claim.explanation.rule == "League series claim, version 1")
  }

  private func claim(
    _ before: [Double], _ after: [Double], scale: SeriesRecord.Scale = .count(students: nil),
    direction: ImprovementDirection = .increase, worthwhile: Double = 3, registered: Bool = true,
    isCountedAlike: Bool = true, chosenAtWorst: Bool = false, balancing: Bool = false
  ) throws -> SeriesClaim {
    try SeriesClaimRule.current.claim(
      SeriesRecord(
        series: BeforeAfterSeries(before: before, after: after, direction: direction), scale: scale,
        worthwhile: worthwhile, registeredBeforeData: registered, isCountedAlike: isCountedAlike,
        chosenAtWorst: chosenAtWorst, balancingMeasureWorsened: balancing))
  }
}
