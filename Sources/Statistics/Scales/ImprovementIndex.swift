/// The What Works Clearinghouse's improvement index: by how many percentile points an average pupil of the comparison
/// group would rise. Source: WWC Procedures and Standards Handbook, version 5.0 (2022).
public enum ImprovementIndex {
  public static let rule = NamedRule(
    name: "WWC improvement index", version: 5, since: "2022-08-01",
    source: "WWC Procedures and Standards Handbook 5.0: 100·Φ(g) − 50")

  /// Percentile points, −50…50, from a standardised mean difference.
  public static func points(_ effect: Double) -> Double { 50 * (Normal.cumulative(effect) - Normal.upper(effect)) }
}
