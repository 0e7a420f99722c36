import Foundation
import Testing

@testable import Statistics

struct EffectSizeTests {
  /// statistics.md 3.2: before 22 (4.47), after 26 (5.48), 60 pairs.
  private func change(_ r: Double) throws -> MeanChange {
    try MeanChange(
      after: GroupSummary(mean: 26, sd: 20.0.squareRoot(), n: 60),
      before: GroupSummary(mean: 22, sd: 30.0.squareRoot(), n: 60), correlation: r)
  }

  /// Same place: SMCC is .558, .665, .782, .996, 1.624 at r = 0, .3, .5, .7, .9 while SMCR stays .7210 and its variance
  /// falls from .0377.
  @Test func theChangeByItsOwnSpreadMovesWithTheCorrelationAndByOneSpreadDoesNot() throws {
    for (r, expected) in [(0.0, 0.558), (0.3, 0.665), (0.5, 0.782), (0.7, 0.996), (0.9, 1.624)] {
      #expect(abs(try change(r).byChangeSD().estimate - expected) < 6e-4)
      #expect(abs(try change(r).byBeforeSD().estimate - 0.7210) < 1e-4)
    }
    #expect(abs(try change(0).byBeforeSD().variance - 0.0377) < 1e-4)
    #expect(abs(try change(0.9).byBeforeSD().variance - 0.0077) < 1e-4)
  }

  @Test func anUnknownCorrelationGivesARangeAndNoGuess() throws {
    let after = try GroupSummary(mean: 26, sd: 5.48, n: 60)
    let before = try GroupSummary(mean: 22, sd: 4.47, n: 60)
    let range = try CorrelationRange(after: after, before: before) { $0.byBeforeSD() }
    #expect(range.estimates.width == 0 && range.variances.width > 0.02)
    #expect(range.cautious.variance == range.variances.upper)
    let question = CaseInput([
      "kind": .text("effect_size"), "measure": .text("SMCC"),
      "input": [
        "m_post": .number(26), "m_pre": .number(22), "sd_post": .number(5.48), "sd_pre": .number(4.47),
        "n": .number(60),
      ],
    ])
    let answer = try EffectSizeCase.answer(question)
    #expect(answer["yi"] == .null && answer["vi"] == .null)
    #expect(answer["r_range"] == [.number(0), .number(0.9)])
  }

  @Test(arguments: 1...40)
  func swappingTheGroupsTurnsTheSign(seed: Int) throws {
    var random = SeededNumbers(seed: UInt64(seed))
    let one = try GroupSummary(mean: 10 + random.normal(), sd: 1 + random.uniform(), n: Double(3 + seed))
    let two = try GroupSummary(mean: 10 + random.normal(), sd: 1 + random.uniform(), n: Double(5 + 2 * seed))
    let (there, back) = (TwoGroups(treated: one, comparison: two), TwoGroups(treated: two, comparison: one))
    for (a, b) in [
      (there.meanDifference(), back.meanDifference()),
      (there.standardisedDifference(), back.standardisedDifference()),
      (try there.logRatioOfMeans(), try back.logRatioOfMeans()),
    ] {
      #expect(abs(a.estimate + b.estimate) < 1e-14 && agrees(a.variance, b.variance, within: 1e-13))
    }
    let cells = (0..<4).map { _ in Double(Int(random.uniform() * 20)) + 1 }
    let table = try FourfoldTable(a: cells[0], b: cells[1], c: cells[2], d: cells[3])
    let turned = try FourfoldTable(a: cells[2], b: cells[3], c: cells[0], d: cells[1])
    #expect(abs(table.logOddsRatio().estimate + turned.logOddsRatio().estimate) < 1e-14)
    #expect(abs(table.riskDifference().estimate + turned.riskDifference().estimate) < 1e-15)
  }

  @Test(arguments: [0.001, 1000.0])
  func theUnitOfTheMeasureDoesNotMatter(factor: Double) throws {
    func groups(_ scale: Double) throws -> TwoGroups {
      TwoGroups(
        treated: try GroupSummary(mean: 103 * scale, sd: 5.5 * scale, n: 50),
        comparison: try GroupSummary(mean: 100 * scale, sd: 4.5 * scale, n: 50))
    }
    let (plain, scaled) = (try groups(1).standardisedDifference(), try groups(factor).standardisedDifference())
    #expect(agrees(plain.estimate, scaled.estimate, within: 1e-12))
    #expect(agrees(plain.variance, scaled.variance, within: 1e-12))
  }

  /// Hedges 1981: J(m) is near 1 − 3/(4m − 1), and 1 for large m.
  @Test func theSmallSampleCorrectionFadesWithSize() {
    #expect(abs(smallSampleCorrection(10) - (1 - 3.0 / 39)) < 1e-3)
    #expect(agrees(smallSampleCorrection(1e9), 1, within: 1e-8))
    #expect(smallSampleCorrection(1).isNaN)
  }

  /// Morris 2008, table 2, study of Taylor et al.: 30.6 → 38.5 (sd 15.0) of 20 and 23.1 → 19.7 (sd 13.8) of 20 gives
  /// (7.9 + 3.4)/14.41 · (1 − 3/(4·38 − 1)).
  @Test func prePostControlIsTheChangeBeyondTheOthers() throws {
    func summary(_ mean: Double, _ sd: Double) throws -> GroupSummary { try GroupSummary(mean: mean, sd: sd, n: 20) }
    let trial = PrePostControl(
      treatedBefore: try summary(30.6, 15), treatedAfter: try summary(38.5, 11.6),
      comparisonBefore: try summary(23.1, 13.8), comparisonAfter: try summary(19.7, 14.8))
    let effect = try trial.morris(correlation: 0.47)
    #expect(abs(effect.estimate - 11.3 / 14.4125 * (1 - 3.0 / 151)) < 1e-4)
    let own = 2 * (1 - 0.47) * 0.1
    #expect(agrees(effect.variance, own + effect.estimate * effect.estimate / 80, within: 1e-12))
    #expect(try trial.morris(correlation: 0.47, exactVariance: true).variance > 0)
    let apart = try trial.differenceOfChanges(treatedCorrelation: 0.47, comparisonCorrelation: 0.47)
    #expect(abs(apart.estimate - effect.estimate) < 0.05)
  }

  @Test func countsGoToTheScaleOfDifferencesByTheLogisticConversion() throws {
    let table = try FourfoldTable(a: 30, b: 10, c: 20, d: 20)
    #expect(agrees(table.logisticDifference().estimate, 3.0.squareRoot() / .pi * log(3), within: 1e-14))
  }

  @Test(arguments: [
    (#"{"kind":"effect_size","measure":"SMD","input":{"m1":1,"sd1":-2,"n1":9,"m2":1,"sd2":2,"n2":9}}"#, "input.sd1"),
    (#"{"kind":"effect_size","measure":"SMD","input":{"m1":"1","sd1":2,"n1":9,"m2":1,"sd2":2,"n2":9}}"#, "input.m1"),
    (#"{"kind":"effect_size","measure":"SMD","input":{"m1":NaN,"sd1":2,"n1":9,"m2":1,"sd2":2,"n2":9}}"#, "input.m1"),
    (#"{"kind":"effect_size","measure":"SMD","input":{"m1":1,"sd1":2,"n1":1,"m2":1,"sd2":2,"n2":9}}"#, "input.n1"),
    (#"{"kind":"effect_size","measure":"SMD","input":{"m1":1,"sd1":2,"n1":9,"m2":1,"sd2":2}}"#, "input.n2"),
    (#"{"kind":"effect_size","measure":"PR","input":{"x":21,"n":20}}"#, "input.x"),
    (#"{"kind":"effect_size","measure":"OR","input":{"a":21,"n1":20,"c":3,"n2":10}}"#, "input.a"),
    (#"{"kind":"effect_size","measure":"OR","input":{"a":-1,"b":20,"c":3,"d":10}}"#, "input.a"),
    (#"{"kind":"effect_size","measure":"OR","input":{"a":0,"b":0,"c":3,"d":10}}"#, "input.a"),
    (#"{"kind":"effect_size","measure":"IRR","input":{"x1":3,"t1":0,"x2":3,"t2":10}}"#, "input.t1"),
    (#"{"kind":"effect_size","measure":"SMCR","input":{"m1":1,"m2":2,"sd1":1,"sd2":1,"n":9,"r":1.5}}"#, "input.r"),
    (#"{"kind":"effect_size","measure":"ROM","input":{"m1":-1,"sd1":2,"n1":9,"m2":1,"sd2":2,"n2":9}}"#, "input.m1"),
    (#"{"kind":"effect_size","measure":"XX","input":{}}"#, "measure"),
    (
      #"{"kind":"effect_size","measure":"SMD","options":{"vtype":"Q"},"input":{"m1":1,"sd1":2,"n1":9,"m2":1,"sd2":2,"n2":9}}"#,
      "options.vtype"
    ),
    (#"{"kind":"pool","studies":[]}"#, "studies"), (#"{"kind":"pool","studies":[{"yi":1,"vi":1}]}"#, "studies"),
    (#"{"kind":"pool","studies":[{"yi":1,"vi":1},{"yi":1,"vi":-1}]}"#, "studies[2].vi"),
    (#"{"kind":"pool","studies":[{"yi":1,"vi":0},{"yi":1,"vi":1}]}"#, "studies[1].vi"),
    (#"{"kind":"bayes","studies":[{"y":1,"se":0}],"model":{"tau_prior":"half-normal(1)"}}"#, "studies[1].se"),
    (#"{"kind":"bayes","studies":[{"y":1,"se":1}],"model":{"tau_prior":"half-normal"}}"#, "model.tau_prior"),
    (#"{"kind":"bayes","studies":[{"y":1,"se":1}],"model":{"tau_prior":"uniform"}}"#, "studies"),
    (#"{"kind":"structured","studies":[{"yi":1,"vi":1},{"yi":1,"vi":1}]}"#, "studies[1]"),
    (#"{"kind":"regression","studies":[{"yi":1,"vi":1,"x":1},{"yi":1,"vi":1,"x":2}],"moderators":["x"]}"#, "studies"),
  ])
  func badInputIsAnErrorThatNamesItsField(text: String, field: String) {
    do {
      _ = try StatisticsCase.answer(Data(text.utf8))
      Issue.record("answered")
    } catch StatisticsError.input(let named, _) {
      #expect(named == field)
    } catch { Issue.record("\(error)") }
  }
}
