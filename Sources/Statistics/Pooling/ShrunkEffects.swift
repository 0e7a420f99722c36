/// Each school's own effect drawn towards the mean as far as its own evidence is weak: the best linear unbiased
/// prediction of its true effect. What a comparison of schools may use instead of raw effects.
public struct ShrunkEffects: Equatable, Sendable {
  /// In the order of the studies, effect units.
  public let predictions: [Double]
  public let standardErrors: [Double]

  /// From the same studies that were `pooled`. Source: Raudenbush 2009, eq. 16.41; Raudenbush & Bryk 1985.
  public init(_ studies: [EffectSize], pooled: PooledEffect) {
    let tauSquared = pooled.tauSquared
    let own = studies.map { tauSquared / (tauSquared + $0.variance) }
    let meanVariance = pooled.standardError * pooled.standardError
    predictions = zip(studies, own).map { study, share in share * study.estimate + (1 - share) * pooled.estimate }
    standardErrors = zip(studies, own).map { study, share in
      (share * study.variance + (1 - share) * (1 - share) * meanVariance).squareRoot()
    }
  }

  /// Positions of the studies, from 1, highest prediction first; ties keep their order.
  public var order: [Int] {
    predictions.indices.sorted { predictions[$0] != predictions[$1] ? predictions[$0] > predictions[$1] : $0 < $1 }
      .map { $0 + 1 }
  }
}
