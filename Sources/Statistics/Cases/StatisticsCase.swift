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
      "attack": AttackCase.self,
      "bayes": BayesCase.self,
      "before_after": BeforeAfterCase.self,
      "chart": ChartCase.self,
      "claim": ClaimCase.self,
      "coding": CodingCase.self,
      "diffusion": DiffusionCase.self,
      "dominance": ReleasesCase.self,
      "effect_size": EffectSizeCase.self,
      "evidence": EvidenceCase.self,
      "funnel": FunnelCase.self,
      "ledger": LedgerCase.self,
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

  /// The kinds that are answered, in alphabetical order.
  public static var kinds: [String] { handlers.keys.sorted() }

  /// Chart cases have no `kind`: their `chart` says which chart it is.
  static var chartHandler: any CaseHandler.Type { ChartCase.self }

  /// The answer to one case, as JSON. It holds neither NaN nor infinity: what is undefined is null.
  /// - Throws: `StatisticsError.input`, naming the field that is wrong.
  public static func answer(_ input: Data) throws -> Data {
    let asked = AskedFields()
    let input = CaseInput(try CaseParser.parse(input), asked: asked)
    let answer = try mended { try handler(of: input).answer(input) }
    try asked.check(input)
    return answer.json()
  }

  /// Each formula behind the answer with its numbers filled in, one a line: what `--explain` prints.
  /// - Throws: `StatisticsError.input`, naming the field that is wrong.
  public static func explanation(_ input: Data) throws -> [String] {
    let input = CaseInput(try CaseParser.parse(input))
    let lines = try mended { try handler(of: input).explanation(input) }
    return lines.map { $0.replacing(/(^|[^\w])-?(nan|inf)(?=$|[^\w])/) { "\($0.output.1)undefined" } }
  }

  /// What the attacker's solver says, as something that the asker can mend.
  private static func mended<Value>(_ work: () throws -> Value) throws -> Value {
    do { return try work() } catch is Contradiction {
      throw StatisticsError.input(field: "releases", advice: "must not contradict each other")
    } catch is LinearProgramFailure {
      throw StatisticsError.noConvergence(what: "the linear program for the attacker's bounds")
    }
  }

  private static func handler(of input: CaseInput) throws -> any CaseHandler.Type {
    guard case .object = input.value else { throw input.refusal("must be one JSON object") }
    try input.checkSizes()
    if let options = input.optional("options"), options.value != .list([]) {
      for option in try options.fields() { try CaseOptions.check(option.name, option.input) }
    }
    if let kind = input.optional("kind") {
      guard let handler = handlers[try kind.text()] else {
        throw kind.refusal(Nearest.unknown(try kind.text(), handlers.keys.sorted()))
      }
      return handler
    }
    guard input.optional("chart") != nil else {
      throw StatisticsError.input(field: "kind", advice: "is missing (or chart, for a chart)")
    }
    return chartHandler
  }
}

/// Options of every family. One that nobody knows is passed over, unless it looks like a known one written wrongly: then
/// an answer without it would not be what was asked for.
enum CaseOptions {
  private static let known = [
    "D_const", "add", "agg", "agg_fun", "base", "center", "centre", "cl", "cluster", "correct", "direction", "drop00",
    "exclude", "excluded", "fix_after_n_points", "freeze", "freeze_after", "freeze_at", "frozen", "improvement",
    "improvement_direction", "intervals", "lag", "length", "level", "levels", "median", "method", "multiply",
    "newey_west_lag", "observation_length", "part", "part_after", "parts", "random", "rebase", "rebase_at_point",
    "rebase_at_points", "rules", "scale", "screen", "screen_outliers", "screened", "screened_mr", "sd", "sd_method",
    "sigma", "split", "std.dev", "std_dev", "target", "test", "to", "trigger", "vtype", "y_neg",
  ]

  static func check(_ name: String, _ input: CaseInput) throws {
    guard name.count > 3, !known.contains(name), let near = Nearest.name(to: name, among: known) else { return }
    throw input.refusal("is unknown; did you mean \"\(near)\"?")
  }
}
