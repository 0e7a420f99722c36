/// Does the effect differ with a feature of the schools? A random-effects regression on one or more moderators.
public struct MetaRegression: Equatable, Sendable {
  /// Fewer studies than these tell nothing of moderators (Cochrane Handbook 10.11.5.1); the figures are given all the same.
  public static let fewestStudies = 10

  /// One coefficient of the model.
  public struct Coefficient: Equatable, Sendable {
    public let name: String
    public let estimate: Double
    public let standardError: Double
    public let statistic: Double
    public let pValue: Double
    public let interval: Interval
  }

  /// Whether all moderators together explain anything.
  public struct JointTest: Equatable, Sendable {
    /// Chi-square with Wald intervals, F with Hartung-Knapp.
    public let statistic: Double
    /// Number of moderators.
    public let degreesOfFreedom: Int
    public let pValue: Double
  }

  /// The intercept first, then the moderators in their order.
  public let coefficients: [Coefficient]
  public let tauSquared: Double
  /// Percent of the residual variation that is no sampling error.
  public let iSquared: Double
  public let hSquared: Double
  /// Share of the variance between schools that the moderators account for, percent, never below 0, and 0 when
  /// there was none to account for. With equal effects: the adjusted R² of the weighted regression.
  public let rSquared: Double
  /// Number of studies.
  public let k: Int
  /// Heterogeneity that is left.
  public let residual: HeterogeneityTest
  /// Test of all moderators together.
  public let moderators: JointTest
  public let degreesOfFreedom: Double
  /// For each coefficient its interval robust to dependence within clusters (CR2); nil when none were named, or one only.
  public let clusterRobust: [ClusterRobust]?

  /// - Parameters:
  ///   - moderators: named columns, each with one number per study.
  ///   - clusters: the school (or district) of each study, when several belong together.
  /// - Throws: `StatisticsError.input` when a column has the wrong length, is not finite or repeats another, or when
  ///   there are not more studies than coefficients.
  public init(
    _ studies: [EffectSize], on moderators: [(name: String, values: [Double])],
    _ method: HeterogeneityMethod = .reml, interval: IntervalMethod = .hartungKnappAdHoc, clusters: [String]? = nil,
    level: Double = 0.95
  ) throws {
    try Pooling.check(studies)
    try Self.check(moderators, count: studies.count)
    let design = Design(studies, columns: [studies.map { _ in 1.0 }] + moderators.map(\.values))
    let tauSquared = try TauSquared.estimate(design, method)
    let plain = try WeightedFit(design, tauSquared: 0)
    let fit = try WeightedFit(design, tauSquared: tauSquared)
    let scale = IntervalScale(fit, design, interval)
    let share = Pooling.heterogeneityShare(tauSquared, plain, design, method)
    let alone = Design(studies)
    let before = try TauSquared.estimate(alone, method)

    self.tauSquared = tauSquared
    (iSquared, hSquared) = (share.iSquared, share.hSquared)
    k = design.k
    if method == .equalEffects {
      let q = try WeightedFit(alone, tauSquared: 0).q
      let left = q > 0 ? plain.q / design.residualDegrees / (q / alone.residualDegrees) : 1
      rSquared = max(0, 100 * (1 - left))
    } else {
      rSquared = before > 0 ? max(0, 100 * (before - tauSquared) / before) : 0
    }
    residual = HeterogeneityTest(q: plain.q, degreesOfFreedom: design.k - design.p)
    degreesOfFreedom = scale.degreesOfFreedom
    coefficients = (["intercept"] + moderators.map(\.name)).enumerated().map { index, name in
      Self.coefficient(name, index, fit, scale, level)
    }
    self.moderators = try Self.joint(fit, scale)
    clusterRobust = clusters.flatMap { Self.robust(design, fit, tauSquared, $0, level) }
  }

  private static func robust(
    _ design: Design, _ fit: WeightedFit, _ tauSquared: Double, _ clusters: [String], _ level: Double
  ) -> [ClusterRobust]? {
    guard clusters.count == design.k else { return nil }
    let residuals = WeightedFit.residuals(design, fit.coefficients)
    let blocks = ClusterRobust.members(clusters).map { places in
      AdjustedClusters.Block(
        rows: places.map { place in design.columns.map { $0[place] } },
        variance: .diagonal(places.map { design.variances[$0] + tauSquared }), residuals: places.map { residuals[$0] })
    }
    guard let adjusted = AdjustedClusters(blocks, bread: fit.covariance) else { return nil }
    let found = fit.coefficients.enumerated().compactMap { place, estimate in
      ClusterRobust(estimate: estimate, adjusted, coefficient: place, level: level)
    }
    return found.count == design.p ? found : nil
  }

  private static func check(_ moderators: [(name: String, values: [Double])], count: Int) throws {
    guard !moderators.isEmpty else { throw StatisticsError.input(field: "moderators", advice: "must name one") }
    guard count > moderators.count + 1 else {
      throw StatisticsError.input(field: "studies", advice: "must be more than the coefficients of the model")
    }
    for moderator in moderators {
      guard moderator.values.count == count, moderator.values.allSatisfy(\.isFinite) else {
        throw StatisticsError.input(field: moderator.name, advice: "must be a finite number for every study")
      }
    }
  }

  private static func coefficient(
    _ name: String, _ index: Int, _ fit: WeightedFit, _ scale: IntervalScale, _ level: Double
  ) -> Coefficient {
    let estimate = fit.coefficients[index]
    let standardError = (fit.covariance[index, index] * scale.factor).squareRoot()
    let reach = StudentT.quantile((1 + level) / 2, df: scale.degreesOfFreedom) * standardError
    return Coefficient(
      name: name, estimate: estimate, standardError: standardError, statistic: estimate / standardError,
      pValue: StudentT.twoSided(estimate / standardError, df: scale.degreesOfFreedom),
      interval: Interval(centre: estimate, halfWidth: reach))
  }

  /// The Wald-type test of every coefficient but the intercept.
  private static func joint(
    _ fit: WeightedFit, _ scale: IntervalScale
  ) throws -> JointTest {
    let m = fit.coefficients.count - 1
    var block = SquareMatrix(size: m)
    for row in 0..<m { for column in 0..<m { block[row, column] = fit.covariance[row + 1, column + 1] * scale.factor } }
    guard let inverse = block.inverse()?.inverse else {
      throw StatisticsError.input(field: "moderators", advice: "must not repeat each other or stay constant")
    }
    let slopes = Array(fit.coefficients.dropFirst())
    let statistic = zip(slopes, inverse * slopes).reduce(0) { $0 + $1.0 * $1.1 }
    if scale.degreesOfFreedom == .infinity {
      return JointTest(
        statistic: statistic, degreesOfFreedom: m, pValue: ChiSquare.tails(statistic, df: Double(m)).upper)
    }
    let f = statistic / Double(m)
    return JointTest(
      statistic: f, degreesOfFreedom: m, pValue: FisherF.tails(f, df1: Double(m), df2: scale.degreesOfFreedom).upper)
  }
}
