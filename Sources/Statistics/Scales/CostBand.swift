/// What an idea costs per pupil and year, in five bands.
/// Source: EEF, About the Toolkits, cost: bands for a class of 25 over a year, here in pounds per pupil.
public enum CostBand: Int, CaseIterable, Sendable {
  case veryLow = 1
  case low
  case moderate
  case high
  case veryHigh

  public static let rule = NamedRule(
    name: "EEF cost bands", version: 1, since: "2026-11-24",
    source: "EEF, About the Toolkits, cost; pounds per pupil and year")

  /// Upper ends of the first four bands, pounds per pupil and year.
  private static let ends: [Double] = [80, 200, 720, 1200]

  /// - Parameter pounds: cost per pupil and year, 0 or more; nil for anything else.
  public init?(poundsPerPupil pounds: Double) {
    guard pounds >= 0, pounds.isFinite else { return nil }
    self = Self.allCases[Self.ends.firstIndex { pounds <= $0 } ?? 4]
  }

  public var title: String {
    switch self {
    case .veryLow: "Very low"
    case .low: "Low"
    case .moderate: "Moderate"
    case .high: "High"
    case .veryHigh: "Very high"
    }
  }
}
