import Foundation
import Testing

@testable import Statistics

/// Options that a case may carry beside its numbers: each is honoured or refused by name, none is passed over.
struct CaseOptionTests {
  private static let pooledAt90: [(String, String, Double)] = [
    ("REML", "ci_lb", -1.63335224), ("REML", "se", 0.1284660858), ("REML", "pi_ub", -1.210736426),
    ("REML_HK", "ci_lb", -1.600134388), ("REML_HK", "se", 0.07567469272), ("REML_HK", "pi_ub", -1.243954278),
    ("SJ", "ci_lb", -1.684185616), ("SJ", "se", 0.1669119657), ("SJ", "pi_ub", -1.055604636),
    ("SJ_HK", "ci_lb", -1.632663974), ("SJ_HK", "se", 0.09476823977), ("SJ_HK", "pi_ub", -1.019741659),
    ("EB", "ci_lb", -1.63335224), ("EB", "se", 0.1284660858), ("EB", "pi_ub", -1.210736426),
    ("EB_HK", "ci_lb", -1.600134388), ("EB_HK", "se", 0.07567469272), ("EB_HK", "pi_ub", -1.243954278),
  ]

  private static let regressions: [(String, [String: Double])] = [
    (
      #""#,
      [
        "QM": 4.639718725, "QM_p": 0.0312401223, "R2": 63.75590508, "QE": 6.797535211,
        "stat": 2.154000633, "pval": 0.0312401223,
      ]
    ),
    (
      #", "options": {"method": "REML", "test": "knha"}"#,
      [
        "QM": 4.361160986, "QM_p": 0.127979547, "R2": 63.75590508, "QE": 6.797535211,
        "stat": 2.088339289, "pval": 0.127979547,
      ]
    ),
    (
      #", "options": {"method": "EE", "test": "z"}"#,
      [
        "QM": 9.315368015, "QM_p": 0.002272397324, "R2": 43.75079305, "QE": 6.797535211,
        "stat": 3.052108782, "pval": 0.002272397324,
      ]
    ),
    (
      #", "options": {"method": "EE", "test": "knha"}"#,
      [
        "QM": 4.111211369, "QM_p": 0.135655956, "R2": 43.75079305, "QE": 6.797535211,
        "stat": 2.027612233, "pval": 0.135655956,
      ]
    ),
  ]

  private static func answer(_ text: String) throws -> CaseValue {
    try CaseParser.parse(try StatisticsCase.answer(Data(text.utf8)))
  }

  private static func number(_ value: CaseValue?) throws -> Double {
    guard case .number(let number)? = value else { throw StatisticsError.input(field: "test", advice: "no number") }
    return number
  }

  private static func refusal(_ text: String) -> String {
    do { return "answered: \(try answer(text))" } catch { return "\(error)" }
  }

  /// By hand: mean 3, 3 ± 3 √(3 · 4).
  @Test func aShewhartChartOfGapsIsGeometric() throws {
    let answer = try Self.answer(
      #"{"chart": "g", "reference_run": "qcc 3.0", "data": {"y": [1, 2, 3, 6, 3, 14]}, "options": {"center": 3}}"#)
    #expect(abs(try Self.number(answer["ucl"]) - (3 + 3 * 12.0.squareRoot())) < 1e-12)
    #expect(try Self.number(answer["lcl"]) == 0)
    #expect(try Self.number(answer["std_dev"]) == 12.0.squareRoot())
    #expect(answer["western_electric"]?["WE1"] == [.number(6)])
  }

  @Test(arguments: [
    ("PETO", #"{"a": 3, "b": 7, "c": 5, "d": 9}"#), ("AS", #"{"a": 3, "b": 7, "c": 5, "d": 9}"#),
    ("OR", #"{"a": 3, "b": 7, "c": 5, "d": 9}"#), ("MPRD", #"{"a": 3, "b": 7, "c": 5, "d": 9}"#),
    ("IRR", #"{"x1": 3, "t1": 7, "x2": 5, "t2": 9}"#), ("PLO", #"{"x": 3, "n": 7}"#),
    ("SMDH", #"{"m1": 5, "sd1": 2, "n1": 20, "m2": 4, "sd2": 2, "n2": 20}"#),
    ("SMCRP", #"{"m_post": 5, "sd_post": 2, "m_pre": 4, "sd_pre": 2, "n": 20, "r": 0.5}"#),
  ])
  func aVarianceFormThatAMeasureLacksIsRefused(measure: String, numbers: String) {
    let text =
      #"{"kind": "effect_size", "measure": "\#(measure)", "input": \#(numbers), "options": {"vtype": "UB"}}"#
    #expect(Self.refusal(text).hasPrefix("options.vtype must be one of LS"))
  }

  /// Source: gsl's hyperg_2F1 as metafor 5.1.12 uses it, and the closed end r → 0 for few pairs.
  @Test func theUnbiasedCorrelationIsThatOfOlkinAndPratt() {
    // ₂F₁(1/2, 1/2; 3/2; x) = asin(√x)/√x, for 5 pairs.
    for r in [0.9, 0.5, 0.1, -0.3, 0.001] {
      let root = (1 - r * r).squareRoot()
      #expect(abs(unbiasedCorrelation(r, n: 5) - r * asin(root) / root) < 1e-10)
    }
    #expect(unbiasedCorrelation(0, n: 10) == 0 && unbiasedCorrelation(0.5, n: 4).isNaN)
  }

  /// metafor 5.1.12: rma(measure = "RR", …, data = dat.bcg[1:4, ], level = 90).
  @Test func rawStudiesArePooledAtTheLevelAsked() throws {
    let raw =
      #"[{"tpos":4,"tneg":119,"cpos":11,"cneg":128},{"tpos":6,"tneg":300,"cpos":29,"cneg":274},{"tpos":3,"tneg":228,"cpos":11,"cneg":209},{"tpos":62,"tneg":13536,"cpos":248,"cneg":12619}]"#
    for level in ["0.9", "90"] {
      let answer = try Self.answer(#"{"kind": "pool", "measure": "RR (log)", "raw": \#(raw), "level": \#(level)}"#)
      for (name, key, value) in Self.pooledAt90 {
        #expect(abs(try Self.number(answer[name]?[key]) - value) < 1e-6, "\(name) \(key)")
      }
    }
    #expect(
      Self.refusal(
        #"{"kind": "pool", "measure": "RR", "studies": [{"ai": 1, "n1i": 9, "ci": 2, "n2i": 8}, {"ai": -1, "bi": 2, "ci": 3, "di": 4}]}"#
      )
        == "studies[2].ai must not be below 0")
    #expect(Self.refusal(#"{"kind": "pool", "measure": "RR", "raw": \#(raw), "level": 0}"#).hasPrefix("level must"))
  }

  /// rma without `test` judges by the normal distribution; its intercept is called intrcpt.
  @Test func aRegressionIsTheReferenceProgramsByDefault() throws {
    let studies =
      #"[{"yi":0.1,"vi":0.02,"x":1},{"yi":0.3,"vi":0.03,"x":2},{"yi":0.2,"vi":0.01,"x":3},{"yi":0.9,"vi":0.04,"x":4},{"yi":0.6,"vi":0.02,"x":5}]"#
    for (options, expected) in Self.regressions {
      let answer = try Self.answer(
        #"{"kind": "regression", "studies": \#(studies), "mods": ["x"]\#(options)}"#)
      #expect(answer["terms"] == [.text("intrcpt"), .text("x")])
      for (key, value) in expected {
        let found = answer["coefficients"]?["x"]?[key] ?? answer[key]
        #expect(abs(try Self.number(found) - value) < 1e-6 * max(1, abs(value)), "\(options) \(key)")
      }
    }
  }

  /// Levels may be named, in any order of the fields.
  @Test func levelsAreThoseThatAreNamed() throws {
    let studies =
      #"[{"year":1,"s":"a","d":"A","yi":0.1,"vi":0.02},{"year":2,"s":"b","d":"A","yi":0.4,"vi":0.03},{"year":3,"s":"a","d":"B","yi":0.2,"vi":0.01},{"year":4,"s":"b","d":"B","yi":0.9,"vi":0.04},{"year":5,"s":"a","d":"C","yi":0.3,"vi":0.02}]"#
    let one = try Self.answer(#"{"kind": "structured", "levels": ["d", "s"], "studies": \#(studies)}"#)
    let two = try Self.answer(#"{"kind": "structured", "random": "~ 1 | d/s", "studies": \#(studies)}"#)
    #expect(one == two)
    #expect(one["three_level_REML"]?["sigma2_d"] != nil && one["three_level_REML"]?["sigma2_s"] != nil)
    #expect(
      Self.refusal(#"{"kind": "structured", "levels": ["q"], "studies": \#(studies)}"#) == "studies[1].q is missing")
  }

  @Test func optionsThatAreNoObjectAreRefused() {
    #expect(Self.refusal(#"{"chart": "i", "data": {"y": [1, 2, 3]}, "options": "x"}"#) == "options must be an object")
  }
}

/// `league statistics` itself, as a process.
struct StatisticsCommandTests {
  private static let command: URL? = {
    let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    let found = folder.appendingPathComponent("league")
    return FileManager.default.isExecutableFile(atPath: found.path) ? found : nil
  }()

  private static func run(_ command: URL, _ input: Data) throws -> (status: Int32, output: Data, fault: String) {
    let process = Process()
    process.executableURL = command
    process.arguments = ["statistics"]
    let (input_, output, fault) = (Pipe(), Pipe(), Pipe())
    process.standardInput = input_
    process.standardOutput = output
    process.standardError = fault
    try process.run()
    try input_.fileHandleForWriting.write(contentsOf: input)
    try input_.fileHandleForWriting.close()
    let answer = output.fileHandleForReading.readDataToEndOfFile()
    let words = String(decoding: fault.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, answer, words)
  }

  @Test(
    .enabled(if: SharedCases.folder != nil && command != nil, "needs ../shared/cases and the built program"),
    arguments: ["charts.json", "pooling.json", "disclosure.json", "evidence.json"])
  func theBuiltProgramAnswersEverySharedCase(file: String) throws {
    let command = try #require(Self.command)
    for (input, _, _) in try SharedCases.read(file) {
      let (status, output, fault) = try Self.run(command, input.json())
      #expect(status == 0 && fault.isEmpty, "\(input["name"] ?? .null): \(fault)")
      #expect(try CaseParser.parse(output) == CaseParser.parse(try StatisticsCase.answer(input.json())))
    }
  }

  @Test(
    .enabled(if: command != nil, "needs the built program"),
    arguments: [
      (#"{"kind":"pool","studies":[{"yi":1,"vi":-1},{"yi":1,"vi":1}]}"#, "studies[1].vi"),
      (#"{"kind":"pool","studies":[{"yi":"1","vi":1},{"yi":1,"vi":1}]}"#, "studies[1].yi"),
      (#"{"kind":"pool","studies":[{"yi":NaN,"vi":1},{"yi":1,"vi":1}]}"#, "studies[1].yi"),
      (#"{"kind":"pool","studies":[{"yi":1,"vi":1}]}"#, "studies"), (#"{"kind":"pool","studies":[]}"#, "studies"),
      (#"{"chart":"p","call":"","data":{"count":[1,9],"n":[5,5]}}"#, "data.count[2]"),
      (#"{"chart":"t","call":"","data":{"y":[1,0,3]}}"#, "data.y[2]"), ("", "input"),
      (#"{"kind":"funnel","measure":"proportion","counts":[1,9],"n":[5,5]}"#, "counts[2]"),
    ])
  func badInputEndsWith65AndTheField(text: String, field: String) throws {
    let command = try #require(Self.command)
    let (status, output, fault) = try Self.run(command, Data(text.utf8))
    #expect(status == 65 && output.isEmpty && fault.contains(field), "\(status) \(fault)")
  }

  /// Scales: EEF's table, 100·Φ(0.25) − 50, and the tier of a large randomised study; funnel: 0.5 ± 1.96 √(0.25/n).
  @Test func scalesAndFunnelsAreAnswered() throws {
    func answer(_ text: String) throws -> CaseValue {
      try CaseParser.parse(try StatisticsCase.answer(Data(text.utf8)))
    }
    let scale = try answer(
      #"{"kind":"scale","effect":0.25,"pounds_per_pupil":100,"study":{"design":"randomised","significant_gain":true,"pupils":400,"districts":2}}"#
    )
    #expect(scale["months"] == .number(3) && scale["cost_band"] == .number(2) && scale["tier"] == .number(1))
    guard case .number(let points)? = scale["improvement_index"] else { throw StatisticsError.noConvergence(what: "") }
    #expect(abs(points - 9.870632568292371) < 1e-12)
    let funnel = try answer(#"{"kind":"funnel","measure":"proportion","counts":[5,50,95],"n":[20,100,180]}"#)
    guard case .list(let upper)? = funnel["ucl95"], case .number(let second) = upper[1] else {
      throw StatisticsError.noConvergence(what: "")
    }
    #expect(abs(second - (0.5 + 1.959963984540054 * 0.05)) < 1e-12)
    #expect(funnel["beyond95"] == [.number(1)] && funnel["beyond998"] == [])
  }
}
