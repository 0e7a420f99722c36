import Foundation

/// One family of cases that `league statistics` answers.
///
/// A family reads the whole case (without `expected`) and gives the object that stands under `expected`.
public protocol CaseHandler {
  /// - Throws: `StatisticsError.input`, naming the field.
  static func answer(_ input: CaseInput) throws -> CaseValue
  /// Each formula behind the answer with its numbers filled in, one a line, in the order of computing.
  static func explanation(_ input: CaseInput) throws -> [String]
}

/// What `league statistics` reads from standard input and prints: one case as JSON, answered as JSON.
public enum StatisticsCase {
  /// Which family answers which `kind`. A new family adds its line here and its own file beside this one.
  static var handlers: [String: any CaseHandler.Type] {
    [
      "bayes": BayesCase.self,
      "before_after": BeforeAfterCase.self,
      "diffusion": DiffusionCase.self,
      "dominance": ReleasesCase.self,
      "effect_size": EffectSizeCase.self,
      "funnel": FunnelCase.self,
      "matching": MatchingCase.self,
      "network": NetworkCase.self,
      "over_time": ReleasesCase.self,
      "pattern_check": PatternCheckCase.self,
      "pool": PoolCase.self,
      "regression": RegressionCase.self,
      "ranking": RankingCase.self,
      "scale": ScaleCase.self,
      "side_channel": ReleasesCase.self,
      "structured": StructuredCase.self,
      "table": TableCase.self,
    ]
  }

  /// Chart cases have no `kind`: their `chart` says which chart it is.
  static var chartHandler: any CaseHandler.Type { ChartCase.self }

  /// The answer to one case, as JSON. It holds neither NaN nor infinity: what is undefined is null.
  /// - Throws: `StatisticsError.input`, naming the field that is wrong.
  public static func answer(_ input: Data) throws -> Data {
    let input = CaseInput(try CaseParser.parse(input))
    return try handler(of: input).answer(input).json()
  }

  /// Each formula behind the answer with its numbers filled in, one a line: what `--explain` prints.
  /// - Throws: `StatisticsError.input`, naming the field that is wrong.
  public static func explanation(_ input: Data) throws -> [String] {
    let input = CaseInput(try CaseParser.parse(input))
    return try handler(of: input).explanation(input)
  }

  private static func handler(of input: CaseInput) throws -> any CaseHandler.Type {
    guard case .object = input.value else { throw input.refusal("must be one JSON object") }
    if let options = input.optional("options"), options.value != .list([]) { _ = try options.fields() }
    if let kind = input.optional("kind") {
      guard let handler = handlers[try kind.text()] else {
        throw kind.refusal("must be one of \(handlers.keys.sorted().joined(separator: ", "))")
      }
      return handler
    }
    guard input.optional("chart") != nil else {
      throw StatisticsError.input(field: "kind", advice: "is missing (or chart, for a chart)")
    }
    return chartHandler
  }
}
