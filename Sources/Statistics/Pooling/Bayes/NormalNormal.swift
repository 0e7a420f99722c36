import Foundation

/// The Bayesian answer to "what will happen in the next school": effects normal around true effects, true effects
/// normal around a mean mu with standard deviation tau, both with stated priors. No simulation: mu is integrated in
/// closed form, tau numerically. Source: Gelman et al., Bayesian Data Analysis (3rd ed.), section 5.4.
public struct NormalNormal: Sendable {
  public let meanPrior: MeanPrior
  public let tauPrior: TauPrior
  /// The mean true effect.
  public let mu: NormalMixture
  /// The true effect of a school that has not tried it yet.
  public let thetaNew: NormalMixture
  /// The standard deviation of true effects between schools.
  public let tau: TauSummary

  private let studies: [EffectSize]
  private let nodes: [Node]

  /// A point of tau with its posterior weight, and mu given it.
  private typealias Node = (tau: Double, weight: Double, mu: (mean: Double, variance: Double))

  /// The true effect of each school of the data, in their order.
  public var schools: [NormalMixture] {
    studies.map { study in
      NormalMixture(nodes.map { Self.shrunk(study, tau: $0.tau, mu: $0.mu, weight: $0.weight) })
    }
  }

  /// Posterior of tau, in effect units. Nil where the tails are too heavy for the figure to exist.
  public struct TauSummary: Equatable, Sendable {
    public let mean: Double?
    public let median: Double
    public let standardDeviation: Double?
    public let central95: Interval
  }

  /// - Throws: `StatisticsError.input` for wrong studies, a scale that is not above 0, or so few studies that the
  ///   posterior under these priors is improper (it names how many are needed).
  public init(_ studies: [EffectSize], mean: MeanPrior, tau prior: TauPrior) throws {
    try Pooling.check(studies)
    let tailPower = try Self.tailPower(studies.count, mean, prior)
    let posterior = try Self.posterior(studies, mean, prior, tailPower)
    let nodes: [Node] = zip(posterior.taus, posterior.weights).map { tau, weight in
      (tau: tau, weight: weight, mu: Self.conditionalMean(studies, tau: tau, mean))
    }

    self.studies = studies
    self.nodes = nodes
    meanPrior = mean
    tauPrior = prior
    let heavyMean = mean == .flat && tailPower <= 2
    let heavyDeviation = mean == .flat && tailPower <= 3
    mu = NormalMixture(
      nodes.map { .init(weight: $0.weight, mean: $0.mu.mean, variance: $0.mu.variance) },
      hasMean: !heavyMean, hasDeviation: !heavyDeviation)
    thetaNew = NormalMixture(
      nodes.map { .init(weight: $0.weight, mean: $0.mu.mean, variance: $0.mu.variance + $0.tau * $0.tau) },
      hasMean: tailPower > 2, hasDeviation: tailPower > 3)
    tau = Self.summary(posterior, tailPower)
  }

  /// The power of 1/tau with which the posterior falls.
  private static func tailPower(_ k: Int, _ mean: MeanPrior, _ prior: TauPrior) throws -> Double {
    if let scale = prior.scale, !(scale > 0 && scale.isFinite) {
      throw StatisticsError.input(field: "tau_prior", advice: "must have a scale above 0")
    }
    if case .normal(let centre, let sd) = mean, !(sd > 0 && sd.isFinite && centre.isFinite) {
      throw StatisticsError.input(field: "mu_prior", advice: "must have a standard deviation above 0")
    }
    let power = prior.tailPower + Double(mean == .flat ? k - 1 : k)
    guard power > 1 else {
      throw StatisticsError.input(
        field: "studies", advice: "must be at least \(mean == .flat ? 3 : 2) with a prior that is uniform on all tau")
    }
    return power
  }

  private static func posterior(
    _ studies: [EffectSize], _ mean: MeanPrior, _ prior: TauPrior, _ tailPower: Double
  ) throws -> TauPosterior {
    let typical = studies.reduce(0) { $0 + $1.standardError } / Double(studies.count)
    let scale = max((try TauSquared.estimate(Design(studies), .pauleMandel)).squareRoot(), typical * 0.1)
    var highest = Double.infinity
    if case .uniformTo(let limit) = prior { highest = limit }
    return try TauPosterior(scale: scale, highest: highest, tailPower: tailPower) { tau in
      prior.logDensity(tau) + logLikelihood(studies, tau: tau, mean)
    }
  }

  /// Mean and variance of mu given tau.
  private static func conditionalMean(
    _ studies: [EffectSize], tau: Double, _ prior: MeanPrior
  ) -> (mean: Double, variance: Double) {
    var (precision, sum) = (0.0, 0.0)
    if case .normal(let mean, let sd) = prior {
      precision = 1 / (sd * sd)
      sum = precision * mean
    }
    for study in studies {
      let weight = 1 / (study.variance + tau * tau)
      precision += weight
      sum += weight * study.estimate
    }
    return (sum / precision, 1 / precision)
  }

  /// ln p(y | tau), mu integrated out, up to a constant. Source: BDA3, eq. 5.21.
  private static func logLikelihood(_ studies: [EffectSize], tau: Double, _ prior: MeanPrior) -> Double {
    let mu = conditionalMean(studies, tau: tau, prior)
    var sum = -log(mu.variance)
    if case .normal(let mean, let sd) = prior { sum += (mu.mean - mean) * (mu.mean - mean) / (sd * sd) }
    for study in studies {
      let variance = study.variance + tau * tau
      let deviation = study.estimate - mu.mean
      sum += log(variance) + deviation * deviation / variance
    }
    return -0.5 * sum
  }

  private static func shrunk(
    _ study: EffectSize, tau: Double, mu: (mean: Double, variance: Double), weight: Double
  ) -> NormalMixture.Part {
    let pull = study.variance / (study.variance + tau * tau)
    return .init(
      weight: weight, mean: pull * mu.mean + (1 - pull) * study.estimate,
      variance: (1 - pull) * study.variance + pull * pull * mu.variance)
  }

  private static func summary(_ posterior: TauPosterior, _ tailPower: Double) -> TauSummary {
    let mean = zip(posterior.taus, posterior.weights).reduce(0) { $0 + $1.0 * $1.1 }
    let variance = zip(posterior.taus, posterior.weights).reduce(0) { $0 + $1.1 * ($1.0 - mean) * ($1.0 - mean) }
    return TauSummary(
      mean: tailPower > 2 ? mean : nil, median: posterior.quantile(0.5),
      standardDeviation: tailPower > 3 ? variance.squareRoot() : nil,
      central95: Interval(lower: posterior.quantile(0.025), upper: posterior.quantile(0.975)))
  }
}
