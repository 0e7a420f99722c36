import Foundation
import Testing

@testable import Statistics

/// Answers that would look sound and are not: too narrow to be safe, not identified, not judged, misread, or on a line.
struct HonestCaseTests {
  private static func answer(_ text: String) throws -> CaseValue {
    _ = try StatisticsCase.explanation(Data(text.utf8))
    return try CaseParser.parse(try StatisticsCase.answer(Data(text.utf8)))
  }

  private static func differences(_ text: String, _ expected: String, _ tolerance: Double = 1e-9) throws -> [String] {
    SharedCases.differences(try answer(text), try CaseParser.parse(Data(expected.utf8)), tolerance, path: "")
  }

  /// The field that a case is refused for; nil where it is answered.
  private static func refusedField(_ text: String) throws -> String? {
    do {
      _ = try answer(text)
      return nil
    } catch StatisticsError.input(let field, _) { return field }
  }

  // MARK: disclosure

  /// By hand: A + B = 12 ± ½ with B from 7 to 9 leaves A 3 to 5. Below a minimum of 10 both stay within less than 5.
  @Test(arguments: [(10, #"["A","B"]"#, false), (4, "[]", true)])
  func aCountThatStaysBelowTheMinimumIsNarrow(minimum: Int, narrow: String, safe: Bool) throws {
    let text = #"""
      {"kind":"attack","min_n":\#(minimum),"bounds":{"A":[0,null],"B":[7,9]},
       "releases":[{"members":["A","B"],"total":12,"decimals":0}]}
      """#
    #expect(
      try Self.differences(
        text, #"{"attacker_intervals":{"A":[3,5],"B":[7,9]},"exact":[],"narrow":\#(narrow),"safe":\#(safe)}"#) == [])
  }

  /// By hand: five score 50 on average, to a whole number each time; one who left is 50 ± 4.5, of a scale of 100.
  @Test(arguments: [("10", false), ("8", true), ("0", true)]) func aValueIsNarrowWithinPercentOfItsScale(
    p: String, safe: Bool
  ) throws {
    let text = #"""
      {"kind":"attack","bounds":[0,100],"p":\#(p),"releases":[
       {"members":["A","B","C","D","E"],"mean":50,"decimals":0},{"members":["B","C","D","E"],"mean":50,"decimals":0}]}
      """#
    #expect(
      try Self.differences(text, #"{"attacker_intervals":{"A":[45.5,54.5]},"exact":[],"safe":\#(safe)}"#) == [])
  }

  // MARK: levels

  @Test func oneOuterUnitIsRefusedByItsName() throws {
    let one = #"[{"district":"d","school":"a","yi":0.1,"vi":0.02},{"district":"d","school":"b","yi":0.4,"vi":0.03}]"#
    #expect(try Self.refusedField(#"{"kind":"structured","studies":\#(one)}"#) == "studies")
  }

  /// The same studies, their fields in another order: schools 1 to 3 stand in each district, or carry names of their own.
  @Test(arguments: [("1", "2", "1", "2"), ("a", "b", "c", "d")])
  func levelsDoNotFollowFromTheOrderOfFields(one: String, two: String, three: String, four: String) throws {
    func row(_ outer: String, _ inner: String, _ yi: Double, swapped: Bool) -> String {
      let levels = [#""district":"\#(outer)""#, #""school":"\#(inner)""#]
      return "{\((swapped ? levels.reversed() : levels).joined(separator: ",")),\"yi\":\(yi),\"vi\":0.02}"
    }
    let answers = try [false, true].map { swapped in
      let rows = [
        row("x", one, 0.1, swapped: swapped), row("x", two, 0.3, swapped: swapped),
        row("y", three, 0.7, swapped: swapped),
        row("y", four, 0.8, swapped: swapped), row("y", four, 0.95, swapped: swapped),
      ]
      return try Self.answer(#"{"kind":"structured","studies":[\#(rows.joined(separator: ","))]}"#)
    }
    #expect(answers[0] == answers[1])
    #expect(answers[0]["three_level_REML"]?["sigma2_district"] != nil)
  }

  @Test func crossedLevelsOfUnknownNamesMustBeDeclared() throws {
    let rows = ["p", "q"].flatMap { a in
      ["1", "2"].map { #"{"wing":"\#(a)","floor":"\#($0)","yi":0.\#($0),"vi":0.02}"# }
    }.joined(separator: ",")
    #expect(try Self.refusedField(#"{"kind":"structured","studies":[\#(rows)]}"#) == "studies[1]")
    #expect(try Self.refusedField(#"{"kind":"structured","levels":["wing","floor"],"studies":[\#(rows)]}"#) == nil)
  }

  // MARK: not identified

  @Test func adoptionThatDoesNotSlowShowsNoMarket() throws {
    let growing = (1...12).map { String(log(Double($0) * 4)) }.joined(separator: ",")
    #expect(try Self.refusedField(#"{"kind":"diffusion","times":[\#(growing)]}"#) == "times")
    let curve = try BassCurve(innovation: 0.03, imitation: 0.4)
    // The k-th of 40 schools adopts where 40 F(t) = k − 1/2.
    let times = (1...38).map { rank -> Double in
      var (low, high) = (0.0, 60.0)
      for _ in 0..<100 {
        let middle = (low + high) / 2
        if 40 * curve.share(at: middle) < Double(rank) - 0.5 { low = middle } else { high = middle }
      }
      return low
    }
    let fit = try BassFit(times: times)
    #expect(agrees(fit.potential, 40, within: 1e-3) && agrees(fit.curve.imitation, 0.4, within: 1e-3))
  }

  @Test func aLineWithoutErrorHasNoTStatistic() throws {
    let text = #"{"kind":"before_after","data":{"y":[1,2,3,4,9,10,11,12],"before":4}}"#
    let level = try #require(try Self.answer(text)["level"])
    #expect(level["t"] == .null && level["p"] == .null)
    #expect(holds(level["estimate"], 4) && holds(level["se"], 0))
  }

  private func holds(_ value: CaseValue?, _ expected: Double) -> Bool {
    guard case .number(let number) = value else { return false }
    return abs(number - expected) < 1e-9
  }

  @Test func whatIsNotStatedIsNotCalledFair() throws {
    func fair(_ own: String, _ others: String) throws -> CaseValue? {
      let schools = (1...4).map { #"{"id":"s\#($0)","size":\#(400 + $0),"lunch":\#(others)}"# }.joined(separator: ",")
      let text =
        #"{"kind":"matching","k":3,"features":["size","lunch"],"schools":[{"id":"own","size":402,"lunch":\#(own)},\#(schools),{"id":"far","size":900,"lunch":0.9},{"id":"low","size":100,"lunch":0.05}]}"#
      return try Self.answer(text)["euclid"]?["own"]?["fair"]
    }
    #expect(try fair("0.3", "0.3") == .flag(true))
    #expect(try fair("null", "0.3") == .flag(false))
    #expect(try fair("0.3", "null") == .flag(false))
  }

  // MARK: misread

  @Test(arguments: [
    ("half-normal(0.5)", TauPrior.halfNormal(0.5)), ("Half-Normal( 0.5 ); mu prior N(0,0.5^2)", .halfNormal(0.5)),
    ("half normal(scale = .5)", .halfNormal(0.5)), ("halfnormal(0, 0.5)", .halfNormal(0.5)),
    ("half-Cauchy(25)", .halfCauchy(25)), ("uniform on tau (improper)", .uniform), ("uniform(0, 2)", .uniformTo(2)),
    ("uniform on tau from 0 to 2", .uniformTo(2)), ("half-normal(5e-1)", .halfNormal(0.5)),
  ]) func priorsOnTauAreReadWhole(text: String, prior: TauPrior) { #expect(PriorText.tau(text) == prior) }

  @Test(arguments: [
    "lognormal(0.5)", "normal(0.5)", "half-normal(0,5)", "half-normal(-0.5)", "half-normal", "half-normal(0.5 or so)",
    "uniform on tau^2", "uniform(1, 2)", "half-t(3, 0.5)", "inverse gamma(1, 1)", "half-Cauchy(0)", "",
  ]) func otherPriorsOnTauAreRefused(text: String) throws {
    #expect(PriorText.tau(text) == nil)
    let input =
      #"{"kind":"bayes","studies":[{"yi":0.4,"vi":0.04}],"model":{"mu_prior":"N(0,0.5^2)","tau_prior":"\#(text)"}}"#
    #expect(try Self.refusedField(input) == "model.tau_prior")
  }

  @Test(arguments: [
    ("N(0,0.5^2)", MeanPrior.normal(mean: 0, sd: 0.5)), ("N(0, 0.25)", .normal(mean: 0, sd: 0.5)),
    ("normal(0, 0.5)", .normal(mean: 0, sd: 0.5)), ("N(-0.1, sd=0.5)", .normal(mean: -0.1, sd: 0.5)),
    ("N(-1,2²)", .normal(mean: -1, sd: 2)), ("normal(0, var = 0.25)", .normal(mean: 0, sd: 0.5)),
    ("improper uniform", .flat), ("Flat", .flat),
  ]) func priorsOnTheMeanAreReadWhole(text: String, prior: MeanPrior) { #expect(PriorText.mean(text) == prior) }

  @Test(arguments: [
    "uniform(0,1)", "N(0)", "N(0,0.5,1)", "half-normal(0.5)", "N(0,-0.5)", "not normal(0, 1)", "Cauchy(0,1)",
  ])
  func otherPriorsOnTheMeanAreRefused(text: String) { #expect(PriorText.mean(text) == nil) }

  @Test(arguments: [
    (#"{"kind":"evidence","trials":[],"unreportd":3}"#, "unreportd"),
    (#"{"kind":"evidence","trials":[{"school":"a","yi":0.2,"vi":0.02,"registred":false}]}"#, "trials[1].registred"),
    (#"{"kind":"table","min_n":5,"protect_zeroes":true,"cells":{"a":3,"b":9},"margins":[]}"#, "protect_zeroes"),
    (#"{"kind":"attack","bound":[0,1],"releases":[{"members":["a","b"],"total":1}]}"#, "bound"),
  ]) func aFieldWrittenWronglyIsNotPassedOver(text: String, field: String) throws {
    #expect(try Self.refusedField(text) == field)
  }

  /// metafor 3.8-1: escalc(measure = "OR", drop00 = TRUE), rma(method = "DL"); k is 4 of 5.
  @Test func studiesWithoutAnyEventAreDropped() throws {
    let rows = [(4, 16, 2, 18), (0, 20, 0, 22), (6, 14, 3, 17), (2, 18, 5, 20), (9, 11, 4, 16)].map {
      #"{"a":\#($0.0),"b":\#($0.1),"c":\#($0.2),"d":\#($0.3)}"#
    }.joined(separator: ",")
    let answer = try Self.answer(#"{"kind":"pool","measure":"OR","options":{"drop00":true},"raw":[\#(rows)]}"#)
    #expect(answer["k"] == .number(4))
    #expect(
      try Self.differences(
        #"{"kind":"pool","measure":"OR","options":{"drop00":true},"raw":[\#(rows)]}"#,
        #"{"DL":{"estimate":0.6044302805401,"se":0.4333063778914,"tau2":0.0728361435988}}"#) == [])
    #expect(try Self.answer(#"{"kind":"pool","measure":"OR","raw":[\#(rows)]}"#)["k"] == .number(5))
  }

  @Test func fewStudiesCarryACaution() throws {
    func caution(_ count: Int) throws -> CaseValue? {
      let rows = (1...count).map { #"{"yi":0.\#($0),"vi":0.02,"size":\#($0 * $0)}"# }.joined(separator: ",")
      return try Self.answer(#"{"kind":"regression","moderators":["size"],"studies":[\#(rows)]}"#)["caution"]
    }
    #expect(try caution(10) == .null)
    guard case .text(let words) = try caution(9) else { return #expect(Bool(false), "no caution") }
    #expect(words.contains("9 studies are too few"))
  }

  // MARK: on a line

  /// Groups whose means are all 0.1 + 0.2 over 3, summed in other orders: none lies on a side, and there is no run.
  @Test func roundingPutsNoPointOnASide() throws {
    let sums = [[0.1, 0.2, 0.3], [0.3, 0.2, 0.1], [0.2, 0.3, 0.1], [0.3, 0.1, 0.2]]
    let chart = try ControlChart(.mean, ChartSeries(subgroups: (0..<16).map { sums[$0 % 4] }))
    #expect(chart.phases[0].runs.useful == 0)
  }
}
