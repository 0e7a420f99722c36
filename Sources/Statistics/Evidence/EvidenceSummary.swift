/// Everything that an idea's page says about its evidence. Effects are standardised mean differences, above 0 is better.
public struct EvidenceSummary: Sendable {
  public let rule: EvidenceRule
  public let stage: EvidenceStage
  public let verdict: EvidenceVerdict
  /// One plain sentence with the numbers that matter.
  public let headline: String

  /// The schools pooled, one row each, in the order of their first trial.
  public let schools: [SchoolEvidence]
  /// Trials pooled, and those reported but left out.
  public let trials: Int
  public let unregistered: Int
  public let withoutComparisonSetAside: Int
  /// Started, registered and never reported.
  public let unreported: Int
  /// Schools that tell of it without data.
  public let experiences: Int
  /// Pupils with data, as far as the trials say.
  public let pupils: Int

  /// From 3 schools: REML, Hartung-Knapp ad hoc.
  public let pooled: PooledEffect?
  /// From 5 schools: where the true effect of one more school is expected (Riley, 95 %).
  public let prediction: Interval?
  /// From 1 school: with the stated priors.
  public let bayes: BayesianEvidence?
  /// Share of schools with an effect above 0, 0…1; nil without schools.
  public let shareImproved: Double?
  /// From 2 schools: the school with the largest share of the weight.
  public let largest: SchoolEvidence?
  /// From 3 schools.
  public let leaveOneOut: LeaveOneOutRange?
  /// From 3 schools, when trials are unreported.
  public let worstCase: WorstCase?
  /// From 3 schools whose interval lies above 0: how many more schools with no effect at all would undo that; nil when
  /// more than 100.
  public let nullSchoolsToOverturn: Int?
  /// From 10 schools.
  public let smallStudyTest: EggerTest?

  public let warnings: [EvidenceWarning]
  /// What is not shown and why, in plain words.
  public let refused: [String]
  /// Each number with its sentence and how it came about, in reading order.
  public let figures: [EvidenceFigure]

  /// Number of schools with data.
  public var k: Int { schools.count }
}

/// The Bayesian answer in short: the mean effect and the next school's.
public struct BayesianEvidence: Equatable, Sendable {
  /// Of one quantity: posterior mean, standard deviation, central 95 % and the probability that it is above 0.
  public struct Belief: Equatable, Sendable {
    public let mean: Double
    public let standardDeviation: Double
    public let interval: Interval
    public let probabilityAboveZero: Double
  }

  public let mean: Belief
  public let nextSchool: Belief
  /// Median spread of true effects between schools.
  public let tau: Double
  /// The priors, in words.
  public let priors: String
}

/// The pooled effect without each school in turn.
public struct LeaveOneOutRange: Equatable, Sendable {
  public let lowest: Double
  public let highest: Double
  /// The school without which the estimate is lowest: the result leans on it most.
  public let leansOn: String
  /// Whether leaving out a single school changes on which side of 0 the interval lies.
  public let decisive: Bool
}

/// The pooled effect if every unreported trial had gone as badly as the reported ones allow: no better than nothing and
/// no better than the worst reported school, with the median variance.
public struct WorstCase: Equatable, Sendable {
  public let unreported: Int
  public let assumedEffect: Double
  public let estimate: Double
  public let interval: Interval
}

/// Something a reader must know before believing the number.
public struct EvidenceWarning: Equatable, Sendable {
  public enum Kind: String, CaseIterable, Sendable {
    case unreportedTrials, everySchoolImproved, smallStudies, oneSchoolDominates, oneSchoolDecides, spreadNotSeen
    case schoolsDiffer, noComparison, repeatedSchool, unregisteredTrials
  }

  public let kind: Kind
  /// Whether it stands against the result itself, so that beside it nothing is said to work.
  public let isHeavy: Bool
  /// A plain sentence.
  public let sentence: String

  init(kind: Kind, isHeavy: Bool = false, sentence: String) {
    self.kind = kind
    self.isHeavy = isHeavy
    self.sentence = sentence
  }
}

/// One number of the summary, ready to show.
public struct EvidenceFigure: Equatable, Sendable {
  public enum Kind: String, CaseIterable, Sendable {
    case schools, ownResult, pooled, prediction, bayesianMean, nextSchool, spread, heterogeneity, shareImproved
    case largestWeight, leaveOneOut, worstCase, nullSchoolsToOverturn, smallStudyTest
  }

  public let kind: Kind
  /// Nil where the figure is an interval only.
  public let value: Double?
  public let interval: Interval?
  /// The figure in a plain sentence.
  public let sentence: String
  public let explanation: Explanation
}
