import Testing

@testable import Statistics

struct ClaimRuleTests {
  /// 95 % reach is 1.96·√0.01 = 0.196; worthwhile 0.2.
  @Test(arguments: [
    (0.5, Claim.Verdict.worked), (0.21, .worked), (0.1999, .mixed), (0.1, .tooEarly), (0.0, .didNotWork),
    (-0.5, .didNotWork), (0.19, .tooEarly),
  ])
  func aComparisonIsJudgedAgainstWhatWasRegistered(estimate: Double, verdict: Claim.Verdict) throws {
    #expect(try claim(estimate).verdict == verdict)
  }

  @Test func aMeasureThatShouldFallIsTurned() throws {
    let claim = try ClaimRule.current.claim(record(-0.5, direction: .decrease))
    #expect(claim.verdict == .worked && claim.effect?.estimate == 0.5)
  }

  @Test func withoutDataItIsExperience() throws {
    var claim = try ClaimRule.current.claim(
      TrialRecord(
        effect: nil, direction: .increase, worthwhile: 0.2, pupils: 0, design: .comparison(randomised: true),
        registeredBeforeData: true))
    #expect(claim.verdict == .experience && claim.effect == nil)
    claim = try ClaimRule.current.claim(record(0.9, registered: false))
    #expect(claim.verdict == .experience)
    claim = try ClaimRule.current.claim(record(0.9, design: .none))
    #expect(claim.verdict == .experience)
  }

  @Test func fewPupilsAreTooFewWhateverTheySay() throws {
    #expect(try ClaimRule.current.claim(record(0.9, pupils: 19)).verdict == .tooEarly)
    #expect(try ClaimRule.current.claim(record(0.9, pupils: 20)).verdict == .worked)
  }

  @Test func oneGroupEarnsSuccessOnlyByALongLevelBaselineAndAClearGain() throws {
    func verdict(_ estimate: Double, _ baseline: Baseline) throws -> Claim.Verdict {
      try ClaimRule.current.claim(record(estimate, design: .beforeAfter(baseline))).verdict
    }
    #expect(try verdict(0.9, Baseline(points: 1)) == .tooEarly)
    #expect(try verdict(0.9, Baseline(points: 2)) == .tooEarly)
    #expect(try verdict(0.9, Baseline(points: 7)) == .mixed)
    #expect(try verdict(0.1, Baseline(points: 7)) == .tooEarly)
    #expect(try verdict(0.9, Baseline(points: 8)) == .worked)
    #expect(try verdict(0.9, Baseline(points: 8, alreadyImproving: true)) == .tooEarly)
    #expect(try verdict(0.9, Baseline(points: 8, chosenAtWorst: true)) == .tooEarly)
    #expect(try verdict(0.9, Baseline(points: 8, expectedGain: 0.6)) == .mixed)
    #expect(try verdict(0.9, Baseline(points: 8, expectedGain: 0.8)) == .tooEarly)
    // 0.45 − 2.576·0.1 = 0.192 < 0.2: with a comparison this would do.
    #expect(try verdict(0.45, Baseline(points: 8)) == .mixed)
    #expect(try claim(0.45).verdict == .worked)
    #expect(try verdict(-0.1, Baseline(points: 3)) == .didNotWork)
  }

  @Test func aWorseBalancingMeasureMakesSuccessMixed() throws {
    #expect(try ClaimRule.current.claim(record(0.5, balancing: true)).verdict == .mixed)
  }

  @Test func everyClaimSaysWhyByWhatRuleAndWhatWouldChangeIt() throws {
    for step in -20...20 {
      let claim = try claim(Double(step) / 20)
      #expect(claim.reason.hasSuffix(".") && claim.whatWouldChangeIt.hasSuffix("."))
      #expect(claim.explanation.rule == "League trial claim, version 1")
      #expect(claim.interval.map { $0.contains(Double(step) / 20) } == true)
    }
  }

  @Test func strongerEvidenceNeverTurnsSuccessBack() throws {
    for pupils in [40, 400, 4000] {
      let better = try ClaimRule.current.claim(record(0.5, variance: 0.4 / Double(pupils), pupils: pupils))
      #expect(better.verdict == .worked)
    }
  }

  @Test func impossibleNumbersAreNamed() {
    #expect(throws: StatisticsError.input(field: "variance", advice: "must be above 0")) {
      try ClaimRule.current.claim(record(0.5, variance: 0))
    }
    #expect(throws: StatisticsError.self) { try ClaimRule.current.claim(record(.nan)) }
    #expect(throws: StatisticsError.self) { try ClaimRule.current.claim(record(0.1, worthwhile: 0)) }
  }

  private func claim(_ estimate: Double) throws -> Claim { try ClaimRule.current.claim(record(estimate)) }

  private func record(
    _ estimate: Double, variance: Double = 0.01, direction: ImprovementDirection = .increase,
    worthwhile: Double = 0.2, pupils: Int = 100, design: TrialDesign = .comparison(randomised: false),
    registered: Bool = true, balancing: Bool = false
  ) -> TrialRecord {
    TrialRecord(
      effect: EffectSize(estimate: estimate, variance: variance), direction: direction, worthwhile: worthwhile,
      pupils: pupils, design: design, registeredBeforeData: registered, balancingMeasureWorsened: balancing)
  }
}
