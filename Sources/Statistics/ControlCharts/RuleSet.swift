/// A named, versioned set of rules by which points on a chart are said to show more than chance.
///
/// The sets disagree on purpose of their makers, so a chart always says whose rules it used.
public enum RuleSet: String, CaseIterable, Sendable, Codable {
  case anhoej
  case ihi
  case westernElectric = "western-electric"
  case nelson
  case nhs

  public var name: String {
    switch self {
    case .anhoej: "Anhøj"
    case .ihi: "IHI/Perla"
    case .westernElectric: "Western Electric"
    case .nelson: "Nelson"
    case .nhs: "NHS Making Data Count"
    }
  }

  /// Raised whenever a rule changes, so that a chart kept from last year says what it meant.
  public var version: String { "1" }

  /// Where the rules come from.
  public var source: String {
    switch self {
    case .anhoej: "Anhøj and Olesen 2014; limits as Shewhart"
    case .ihi: "Perla, Provost and Murray 2011; exact runs probabilities of Swed and Eisenhart 1943"
    case .westernElectric: "Western Electric 1956, as qcc 3.0 applies them"
    case .nelson: "Nelson 1984, as qcc 3.0 applies them"
    case .nhs: "NHS England, Making Data Count, as NHSRplotthedots 0.2 applies them"
    }
  }

  public var rules: [ChartRule] {
    switch self {
    case .anhoej: [.beyond, .longRun, .fewCrossings]
    case .ihi: [.shiftOfSix, .trendOfFive, .tooFewRuns, .tooManyRuns]
    case .westernElectric: [.we1, .we2, .we3, .we4]
    case .nelson: [.n1, .n2, .n3, .n4, .n5, .n6, .n7, .n8]
    case .nhs: [.nhsOutside, .nhsTrend, .nhsTwoOfThree, .nhsShift]
    }
  }

  /// How many points in a row on one side of the centre the set calls a signal; nil for Anhøj's, whose number follows
  /// from how many points there are (`Runs.longestRunMax`).
  public var shift: Int? {
    switch self {
    case .anhoej: nil
    case .ihi: 6
    case .westernElectric: 8
    case .nelson: 9
    case .nhs: 7
    }
  }

  /// Every signal of the chart, phase by phase; an empty list is the absence of evidence, not evidence of absence.
  public func signals(in chart: ControlChart) -> [ChartSignal] {
    chart.phases.enumerated().flatMap { index, phase in
      found(in: phase).filter { !$0.points.isEmpty || $0.rule.isOfPhase }
        .filter { chart.isOrdered || $0.rule.isOfOnePoint }
        .map {
          ChartSignal(
            rule: $0.rule, phase: index, points: Set($0.points).sorted().map { $0 + phase.positions.lowerBound })
        }
    }
  }

  private func found(in phase: ControlChart.Phase) -> [(rule: ChartRule, points: [Int])] {
    switch self {
    case .anhoej: AnhoejRules.found(in: phase)
    case .ihi: PerlaRules.found(in: phase)
    case .westernElectric: ZoneRules(phase).westernElectric
    case .nelson: ZoneRules(phase).nelson
    case .nhs: PlotTheDots(phase).found
    }
  }
}

/// One rule of a set.
public enum ChartRule: String, Sendable, CaseIterable {
  case beyond = "A-limit"
  case longRun = "A-run"
  case fewCrossings = "A-crossings"
  case shiftOfSix = "IHI-shift"
  case trendOfFive = "IHI-trend"
  case tooFewRuns = "IHI-few-runs"
  case tooManyRuns = "IHI-many-runs"
  case we1 = "WE1"
  case we2 = "WE2"
  case we3 = "WE3"
  case we4 = "WE4"
  case n1 = "N1"
  case n2 = "N2"
  case n3 = "N3"
  case n4 = "N4"
  case n5 = "N5"
  case n6 = "N6"
  case n7 = "N7"
  case n8 = "N8"
  case nhsOutside = "NHS-outside"
  case nhsTrend = "NHS-trend"
  case nhsTwoOfThree = "NHS-2-in-3"
  case nhsShift = "NHS-shift"

  /// What it sees, as it stands in a sentence.
  public var words: String {
    switch self {
    case .beyond, .we1, .n1, .nhsOutside: "beyond the control limits"
    case .longRun: "a run on one side of the centre longer than chance gives"
    case .fewCrossings: "too few crossings of the centre"
    case .shiftOfSix: "six or more in a row on one side of the centre"
    case .trendOfFive: "five or more all going up or all going down"
    case .tooFewRuns: "fewer runs than chance gives"
    case .tooManyRuns: "more runs than chance gives"
    case .we2, .n5: "two of three beyond two standard errors on one side"
    case .we3, .n6: "four of five beyond one standard error on one side"
    case .we4: "eight in a row on one side of the centre"
    case .n2: "nine in a row on one side of the centre"
    case .n3: "six in a row all going up or all going down"
    case .n4: "fourteen in a row going up and down in turn"
    case .n7: "fifteen in a row within one standard error"
    case .n8: "eight in a row outside one standard error on both sides"
    case .nhsTrend: "seven in a row all going up or all going down"
    case .nhsTwoOfThree: "two of three close to a limit"
    case .nhsShift: "seven in a row on one side of the centre"
    }
  }

  /// Whether it can be applied only where limits are known; where limits are hidden, so is what it sees.
  public var needsLimits: Bool {
    switch self {
    case .beyond, .we1, .we2, .we3, .n1, .n5, .n6, .n7, .n8, .nhsOutside, .nhsTwoOfThree: true
    default: false
    }
  }

  /// Points in a row on one side of the centre.
  var isOfRuns: Bool { [.longRun, .shiftOfSix, .we4, .n2, .nhsShift].contains(self) }

  /// Sees a pattern that no shift makes: sources that are mixed, or values that answer each other.
  public var isOfMixture: Bool { [.tooManyRuns, .n4, .n7, .n8].contains(self) }

  /// A rule that looks at each point alone, whatever came before it.
  var isOfOnePoint: Bool { [.beyond, .we1, .n1, .nhsOutside].contains(self) }

  /// A rule about the whole phase, which marks no single point.
  var isOfPhase: Bool { [.fewCrossings, .tooFewRuns, .tooManyRuns].contains(self) }
}

/// What a rule saw.
public struct ChartSignal: Sendable, Equatable {
  public let rule: ChartRule
  /// Which phase, counted from 0.
  public let phase: Int
  /// Positions in the chart, counted from 0, in order; empty for a rule about the whole phase.
  public let points: [Int]
}
