import Foundation
import Testing

@testable import Statistics

/// Attacks, ledger, coding, claims, evidence and rule sets through the door that `league statistics` uses.
struct OpenDoorTests {
  private static func answer(_ text: String) throws -> CaseValue {
    #expect(!(try StatisticsCase.explanation(Data(text.utf8))).isEmpty)
    return try CaseParser.parse(try StatisticsCase.answer(Data(text.utf8)))
  }

  private static func differences(_ text: String, _ expected: String) throws -> [String] {
    SharedCases.differences(try answer(text), try CaseParser.parse(Data(expected.utf8)), 1e-9, path: "")
  }

  /// By hand: A + B + C = 150 ± 0.15 (a mean to one decimal), B + C = 80, so A = 70 ± 0.15; who knows B = 30 knows C.
  @Test func releasesThatOverlapAreSolvedTogether() throws {
    let releases = #"[{"members":["A","B","C"],"mean":50,"decimals":1},{"members":["B","C"],"mean":40}]"#
    #expect(
      try Self.differences(
        #"{"kind":"attack","bounds":[0,100],"releases":\#(releases)}"#,
        #"{"attacker_intervals":{"A":[69.85,70.15],"B":[0,80],"C":[0,80]},"exact":[],"narrow":["A"],"safe":false}"#)
        == [])
    #expect(
      try Self.differences(
        #"{"kind":"attack","bounds":[0,100],"known":{"B":30},"releases":\#(releases)}"#,
        #"{"attacker_intervals":{"A":[69.85,70.15],"C":[50,50]},"exact":["C"],"recovered":{"C":50},"safe":false}"#)
        == [])
    #expect(
      try Self.differences(
        #"{"kind":"over_time","bounds":[0,100],"releases":\#(releases)}"#,
        #"{"attacker_intervals":{"A":[69.85,70.15]},"narrow":["A"],"safe":false}"#) == [])
  }

  /// A is 20 at most, so B + C are 30 at least, and D, the rest of 40, is 10 at most. Without bounds nothing follows.
  @Test func boundsCarryOverFromOneReleaseToTheNext() throws {
    let releases = #"[{"members":["A","B","C"],"count":50},{"members":["B","C","D"],"count":40}]"#
    let bounds = #"{"A":[0,20.5],"B":[0,null],"C":[0,null],"D":[0,null]}"#
    #expect(
      try Self.differences(
        #"{"kind":"attack","whole":true,"bounds":\#(bounds),"releases":\#(releases)}"#,
        #"{"attacker_intervals":{"A":[10,20],"B":[0,40],"D":[0,10]},"safe":true}"#) == [])
    #expect(
      try Self.differences(
        #"{"kind":"attack","releases":\#(releases)}"#, #"{"attacker_intervals":{"A":[null,null]}}"#) == [])
  }

  @Test func whatCannotAllBeTrueIsRefused() throws {
    let text = #"{"kind":"attack","bounds":[0,10],"releases":[{"members":["A","B"],"total":50}]}"#
    #expect(throws: StatisticsError.input(field: "releases", advice: "must not contradict each other or what is known"))
    {
      try StatisticsCase.answer(Data(text.utf8))
    }
  }

  /// A school joins between two releases: the second is refused, and the third, as the first, is not.
  @Test func theLedgerRefusesWhatGivesASchoolAway() throws {
    func release(_ id: String, _ schools: [String]) -> String {
      let units = schools.map { #"{"name":"\#($0)","people":40}"# }.joined(separator: ",")
      return #"{"id":"\#(id)","measure":"m","units":[\#(units)]}"#
    }
    let first = ["A", "B", "C", "D", "E"]
    let releases = [release("Mon", first), release("Tue", first + ["F"]), release("Wed", first)].joined(separator: ",")
    let answer = try Self.answer(#"{"kind":"ledger","policy":{"min_n":10},"releases":[\#(releases)]}"#)
    guard case .list(let decisions)? = answer["releases"] else { throw StatisticsError.noConvergence(what: "list") }
    #expect(decisions.map { $0["published"] } == [.flag(true), .flag(false), .flag(true)])
    #expect(throws: StatisticsError.input(field: "policy.min_schools", advice: "must be at least 3")) {
      try StatisticsCase.answer(
        Data(#"{"kind":"ledger","policy":{"min_schools":2},"releases":[\#(release("a", first))]}"#.utf8))
    }
  }

  /// The ladder of NCES 2011-603, and New Hampshire's eleven.
  @Test(arguments: [
    (#""n":25,"count":25"#, #"{"shown":"≥90%","code":"at_least","percent":90}"#),
    (#""n":300,"count":1"#, #"{"shown":"≤1%","code":"at_most","percent":1}"#),
    (#""n":40,"count":20"#, #"{"shown":"50%","code":"percent","percent":50}"#),
    (#""n":9,"count":3"#, #"{"shown":"hidden","code":"hidden","percent":null}"#),
    (#""n":10,"count":10,"state":"NH""#, #"{"code":"hidden"}"#),
    (#""n":12,"count":12,"min_n":20"#, #"{"code":"hidden"}"#),
  ])
  func percentagesAreCutOffBySize(group: String, expected: String) throws {
    #expect(try Self.differences(#"{"kind":"coding",\#(group)}"#, expected) == [])
  }

  /// 0.4 ± 1.96 · 0.1 lies above 0 and reaches 0.2; without a registration it is a story.
  @Test func aTrialClaimsWhatItMay() throws {
    let trial = #""kind":"claim","yi":0.4,"se":0.1,"worthwhile":0.2,"pupils":60"#
    #expect(
      try Self.differences(
        #"{\#(trial),"registered":true}"#,
        #"{"verdict":"worked","ci_lb":0.20400360154599462,"ci_ub":0.5959963984540055}"#) == [])
    #expect(try Self.differences(#"{\#(trial),"registered":false}"#, #"{"verdict":"experience"}"#) == [])
    #expect(
      try Self.differences(
        #"{\#(trial),"registered":true,"design":"before_after","baseline":{"points":2}}"#,
        #"{"verdict":"tooEarly"}"#) == [])
    #expect(
      try Self.differences(
        #"{\#(trial),"registered":true,"direction":"decrease"}"#, #"{"verdict":"didNotWork"}"#) == [])
  }

  @Test func anIdeasEvidenceRefusesWhatSoFewSchoolsCannotSay() throws {
    func trials(_ effects: [Double]) -> String {
      effects.enumerated().map { #"{"school":"S\#($0)","yi":\#($1),"vi":0.02}"# }.joined(separator: ",")
    }
    let two = try Self.answer(#"{"kind":"evidence","trials":[\#(trials([0.4, 0.1]))]}"#)
    #expect(two["verdict"] == .text("tooEarly") && two["pooled"] == .null && two["prediction"] == .null)
    let wall = try Self.answer(#"{"kind":"evidence","trials":[\#(trials([0.3, 0.32, 0.34, 0.36, 0.38, 0.4]))]}"#)
    guard case .list(let warnings)? = wall["warnings"] else { throw StatisticsError.noConvergence(what: "list") }
    let kinds = warnings.map { $0["kind"] }
    #expect(kinds.contains(.text("smallStudies")) && kinds.contains(.text("unreportedTrials")))
  }

  /// Eleven values in a row above the centre of the first ten, the tenth among them: every set names its own rule.
  @Test func everyRuleSetReadsAChart() throws {
    let answer = try Self.answer(
      #"{"chart":"i","options":{"rules":"all","freeze":10},"data":{"y":[5,7,5,7,5,7,5,7,5,7,8,9,8,9,8,9,8,9,8,9]}}"#)
    guard case .list(let sets)? = answer["rules"] else { throw StatisticsError.noConvergence(what: "list") }
    #expect(sets.compactMap { $0["set"] } == RuleSet.allCases.map { .text($0.rawValue) })
    for set in sets {
      guard case .list(let signals)? = set["signals"] else { throw StatisticsError.noConvergence(what: "list") }
      #expect(!signals.isEmpty && set["version"] == .text("1"), "\(set["set"] ?? .null)")
    }
    #expect(
      sets[0]["signals"] == [
        [
          "rule": .text("A-run"), "sees": .text(ChartRule.longRun.words), "part": .number(1),
          "points": .list((10...20).map { .number(Double($0)) }),
        ]
      ])
  }

  /// The largest half of the usual correlations decides nothing: r = 0 … .9, never .5.
  @Test func anUnknownCorrelationIsARangeAndNeverAHalf() throws {
    let numbers = #""m_post":26,"m_pre":22,"sd_post":5.47722557505166,"sd_pre":4.47213595499958,"n":60"#
    // statistics.md 3.2: SMCC .558 at r = 0 and 1.624 at r = .9.
    let open = try Self.answer(#"{"kind":"effect_size","measure":"SMCC","input":{\#(numbers)}}"#)
    guard case .list(let ends)? = open["yi_range"], case .number(let low) = ends[0], case .number(let high) = ends[1]
    else { throw StatisticsError.noConvergence(what: "list") }
    #expect(open["yi"] == .null && open["vi"] == .null && open["r_range"] == [.number(0), .number(0.9)])
    #expect(abs(low - 0.558) < 5e-4 && abs(high - 1.624) < 5e-4)
    // Two groups: one correlation known, the other not.
    let groups =
      #""treatment":{"m_pre":30,"m_post":38,"sd_pre":15,"n":20,"r":0.5},"control":{"m_pre":23,"m_post":26,"sd_pre":13,"n":20}"#
    let difference = try Self.answer(#"{"kind":"effect_size","measure":"DPPC1","input":{\#(groups)}}"#)
    guard case .number? = difference["yi"], case .list(let spread)? = difference["vi_range"] else {
      throw StatisticsError.noConvergence(what: "list")
    }
    #expect(difference["vi"] == .null && spread[0] != spread[1])
  }

  /// The variance of SMCRP has its least value between the ends: 2(1 − r)/n + g²(1 + r²)/4n.
  @Test func aRangeHoldsWhatLiesBetweenItsEnds() throws {
    let after = try GroupSummary(mean: 60, sd: 10, n: 40)
    let before = try GroupSummary(mean: 20, sd: 10, n: 40)
    let range = try CorrelationRange(after: after, before: before) { $0.byBothSDs(corrected: false) }
    for step in 0...90 {
      let change = try MeanChange(after: after, before: before, correlation: Double(step) / 100)
      #expect(range.variances.contains(change.byBothSDs(corrected: false).variance))
    }
    #expect(range.variances.lower < min(range.atLowest.variance, range.atHighest.variance) - 1e-4)
  }
}
