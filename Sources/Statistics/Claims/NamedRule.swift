/// A rule that judges, named and versioned so that a verdict can say by what it was compiled. A released version is
/// never changed: a better rule is a new version.
public struct NamedRule: Equatable, Sendable {
  public let name: String
  public let version: Int
  /// Calendar date 'YYYY-MM-DD': of the published text, or from which League uses it where the text bears none.
  public let since: String
  public let source: String

  public init(name: String, version: Int, since: String, source: String) {
    self.name = name
    self.version = version
    self.since = since
    self.source = source
  }

  /// As printed beside a verdict: "League trial claim, version 1".
  public var title: String { "\(name), version \(version)" }
}

/// How a figure came about: its formula with the numbers filled in, the rule it follows, and where that comes from.
public struct Explanation: Equatable, Sendable {
  public let formula: String
  /// Name and version of the rule.
  public let rule: String
  public let source: String

  public init(formula: String, rule: String, source: String) {
    self.formula = formula
    self.rule = rule
    self.source = source
  }
}
