/// One page of the schools that share a measure of one name, in the order of their names.
struct MeasureNetwork: Sendable {
  let measures: [Measure]
  let hasMore: Bool
  /// Whether schools come before those of this page.
  let isLater: Bool
  /// How many schools share it, on all pages together.
  let schools: Int

  /// Forty charts of 26 points each stay well within a page's weight.
  static let pageLength = 40
}
