/// The four tiers of evidence in the Every Student Succeeds Act.
/// Source: ESSA section 8101(21)(A), 20 U.S.C. 7801(21)(A) (2015); U.S. Department of Education, Non-Regulatory Guidance:
/// Using Evidence (revised 2023).
public enum EvidenceTier: Int, CaseIterable, Sendable {
  /// At least one well-designed and well-implemented experiment with a statistically significant gain.
  case strong = 1
  /// The same from a quasi-experiment.
  case moderate
  /// The same from a correlational study that controls for selection.
  case promising
  /// A rationale from research that it is likely to help, and efforts to study it.
  case rationale

  public static let rule = NamedRule(
    name: "ESSA tiers of evidence", version: 1, since: "2015-12-10",
    source:
      "20 U.S.C. 7801(21)(A); U.S. Department of Education guidance of 2023 (350 pupils, 2 districts for tiers 1 and 2)"
  )

  /// How the best study was made.
  public enum Study: Sendable {
    case randomised
    case matchedComparison
    case correlational
    case none
  }

  /// The tier of a body of evidence; nil when it has none (not even a rationale), or when the best study found harm.
  /// - Parameters:
  ///   - significantGain: its effect is above 0 with p < .05, not overridden by a significant harm elsewhere.
  ///   - pupils, districts: of the study or of several together; tiers 1 and 2 need 350 pupils and 2 districts.
  ///   - hasRationale: a logic model that rests on research.
  public init?(
    best study: Study, significantGain: Bool, significantHarm: Bool = false, pupils: Int, districts: Int,
    hasRationale: Bool
  ) {
    guard !significantHarm else { return nil }
    let large = pupils >= 350 && districts >= 2
    switch (study, significantGain, large) {
    case (.randomised, true, true): self = .strong
    case (.matchedComparison, true, true): self = .moderate
    case (.randomised, true, false), (.matchedComparison, true, false), (.correlational, true, _): self = .promising
    default:
      guard hasRationale else { return nil }
      self = .rationale
    }
  }

  public var title: String {
    switch self {
    case .strong: "Tier 1: strong"
    case .moderate: "Tier 2: moderate"
    case .promising: "Tier 3: promising"
    case .rationale: "Tier 4: demonstrates a rationale"
    }
  }
}
