/// Every figure that the rule allows for so many schools, before anything is judged.
struct EvidenceAnalysis {
  let stage: EvidenceStage
  let effects: [EffectSize]
  let pooled: PooledEffect?
  let prediction: Interval?
  let bayes: BayesianEvidence?
  let shareImproved: Double?
  let leaveOneOut: LeaveOneOutRange?
  let worstCase: WorstCase?
  let nullSchoolsToOverturn: Int?
  let smallStudyTest: EggerTest?
  /// Shares of the pooled estimate, summing to 1.
  let weights: [Double]

  init(_ effects: [EffectSize], names: [String], unreported: Int, rule: EvidenceRule) throws {
    let stage = EvidenceStage(schools: effects.count)
    let pooled = effects.count >= 3 ? try Pooling.pool(effects) : nil
    self.effects = effects
    self.stage = stage
    self.pooled = pooled
    prediction = effects.count >= 5 ? pooled?.predictionInterval(.riley) : nil
    bayes = try Self.bayes(effects, rule)
    shareImproved =
      effects.isEmpty ? nil : Double(effects.count { $0.estimate > 0 }) / Double(effects.count)
    leaveOneOut = try pooled.map { try Self.leaveOneOut(effects, names, $0) }
    worstCase = pooled != nil && unreported > 0 ? try Self.worstCase(effects, unreported) : nil
    nullSchoolsToOverturn = try pooled.flatMap { try Self.nullSchoolsToOverturn(effects, $0) }
    smallStudyTest = effects.isEmpty ? nil : try EggerTest(effects)
    weights = Self.weights(effects, tauSquared: pooled?.tauSquared ?? 0)
  }

  private static func weights(_ effects: [EffectSize], tauSquared: Double) -> [Double] {
    let weights = effects.map { 1 / ($0.variance + tauSquared) }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }

  private static func bayes(_ effects: [EffectSize], _ rule: EvidenceRule) throws -> BayesianEvidence? {
    guard !effects.isEmpty else { return nil }
    let model = try NormalNormal(
      effects, mean: .normal(mean: 0, sd: rule.priorScale), tau: .halfNormal(rule.priorScale))
    return BayesianEvidence(
      mean: belief(model.mu), nextSchool: belief(model.thetaNew), tau: model.tau.median,
      priors: "mean \(model.meanPrior.name), tau \(model.tauPrior.name)")
  }

  private static func belief(_ mixture: NormalMixture) -> BayesianEvidence.Belief {
    .init(
      mean: mixture.mean ?? mixture.median, standardDeviation: mixture.standardDeviation ?? 0,
      interval: mixture.centralInterval(), probabilityAboveZero: mixture.probability(above: 0))
  }

  private static func leaveOneOut(
    _ effects: [EffectSize], _ names: [String], _ pooled: PooledEffect
  ) throws -> LeaveOneOutRange {
    let without = try LeaveOneOut.pool(effects)
    let estimates = without.map(\.estimate)
    let lowest = estimates.indices.min { estimates[$0] < estimates[$1] } ?? 0
    return LeaveOneOutRange(
      lowest: estimates[lowest], highest: estimates.max() ?? pooled.estimate, leansOn: names[lowest],
      decisive: without.contains { side($0.interval) != side(pooled.interval) })
  }

  /// −1 below 0, 1 above it, 0 when 0 lies inside.
  private static func side(_ interval: Interval) -> Int { interval.lower > 0 ? 1 : interval.upper < 0 ? -1 : 0 }

  private static func worstCase(_ effects: [EffectSize], _ unreported: Int) throws -> WorstCase {
    let assumed = min(0, effects.map(\.estimate).min() ?? 0)
    let hidden = EffectSize(estimate: assumed, variance: medianVariance(effects))
    let pooled = try Pooling.pool(effects + Array(repeating: hidden, count: unreported))
    return WorstCase(
      unreported: unreported, assumedEffect: assumed, estimate: pooled.estimate, interval: pooled.interval)
  }

  private static func nullSchoolsToOverturn(_ effects: [EffectSize], _ pooled: PooledEffect) throws -> Int? {
    guard pooled.interval.lower > 0 else { return nil }
    let null = EffectSize(estimate: 0, variance: medianVariance(effects))
    return try (1...100).first { count in
      try Pooling.pool(effects + Array(repeating: null, count: count)).interval.lower <= 0
    }
  }

  private static func medianVariance(_ effects: [EffectSize]) -> Double {
    let sorted = effects.map(\.variance).sorted()
    return (sorted[sorted.count / 2] + sorted[(sorted.count - 1) / 2]) / 2
  }
}
