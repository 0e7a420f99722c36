/// What may be said of an idea from so many schools.
///
/// | schools | shown | claimed |
/// |---|---|---|
/// | 0 | the rationale | nothing |
/// | 1 | that school's own result; a prediction for another school from a stated prior | nothing |
/// | 2 | both results; the Bayesian mean; no interval by Hartung-Knapp (t with 1 degree of freedom is 12.7) and no
///       prediction interval (0 degrees of freedom) | nothing |
/// | 3–4 | REML with Hartung-Knapp ad hoc, and the Bayesian answer | promising at most |
/// | 5 and more | the same and a prediction interval | works, works on average, no worthwhile effect, harms |
/// | 10 and more | the same, moderators and the small-study test | the same |
///
/// Only trials that were registered before their data are pooled. When any of them has a comparison group, those without
/// one are set aside; evidence from one-group trials alone is promising at most. When the worst that the unreported
/// trials allow would undo a verdict of "works", it is promising. So it is beside a heavy warning: small trials found more
/// than large ones, one school carries most of the weight, or leaving one out changes the conclusion (since version 2).
public struct EvidenceRule: Equatable, Sendable {
  public let named: NamedRule
  /// Correlation of the errors of a school's trials, 0…1.
  public let withinSchoolCorrelation: Double
  /// Scale of the half-normal prior on tau and standard deviation of the normal prior on the mean (centre 0), SMD units.
  public let priorScale: Double
  /// Effects nearer to 0 than this are of no use to a school, SMD units (Kraft 2020: below .05 is small).
  public let worthwhile: Double
  /// P(mean > 0) that 3 or 4 schools must reach to be promising.
  public let promisingProbability: Double
  /// A school with more than this share of the weight is named.
  public let dominatingShare: Double

  /// The rule in force.
  public static let current = EvidenceRule(
    named: NamedRule(
      name: "League evidence by number of schools", version: 2, since: "2026-12-01",
      source: "REML and Hartung-Knapp ad hoc (Röver, Knapp & Friede 2015), Riley, Higgins & Deeks 2011 for prediction; "
        + "half-normal(0.5) prior on tau (Röver et al. 2021)"),
    withinSchoolCorrelation: 0.8, priorScale: 0.5, worthwhile: 0.05, promisingProbability: 0.95, dominatingShare: 0.5)
}

/// How far the evidence of an idea has come, by the number of schools with data.
public enum EvidenceStage: Int, Equatable, Sendable, CaseIterable {
  case rationaleOnly
  case oneSchool
  case twoSchools
  /// 3 or 4.
  case fewSchools
  /// 5 to 9.
  case severalSchools
  /// 10 and more.
  case manySchools

  public init(schools: Int) {
    switch schools {
    case ...0: self = .rationaleOnly
    case 1: self = .oneSchool
    case 2: self = .twoSchools
    case 3...4: self = .fewSchools
    case 5...9: self = .severalSchools
    default: self = .manySchools
    }
  }
}

/// What an idea's page says first.
public enum EvidenceVerdict: String, CaseIterable, Sendable {
  case rationaleOnly
  case oneSchool
  case tooEarly
  case promising
  /// On average and in nearly every school.
  case works
  /// On average; a single school may see nothing or worse.
  case worksOnAverage
  case unclear
  case noWorthwhileEffect
  case harms

  public var title: String {
    switch self {
    case .rationaleOnly: "A reasoned idea, not yet tried"
    case .oneSchool: "One school's result"
    case .tooEarly: "Too early to say"
    case .promising: "Promising"
    case .works: "Works"
    case .worksOnAverage: "Works on average, not everywhere"
    case .unclear: "Tried, and not clear"
    case .noWorthwhileEffect: "No worthwhile effect"
    case .harms: "Does harm"
    }
  }
}
