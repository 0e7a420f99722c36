import Foundation
import Testing

@testable import Statistics

struct EvidenceTests {
  @Test func withoutDataThereIsOnlyTheRationale() throws {
    let summary = try Evidence.summary(of: [], unreported: 1, experiences: 3)
    #expect(summary.verdict == .rationaleOnly)
    #expect(summary.pooled == nil && summary.bayes == nil && summary.shareImproved == nil)
    #expect(summary.headline == "No school has reported data yet. 1 trial is unreported.")
  }

  /// bayesmeta 3.4, case k1_halfnormal05: effect .40, se .20 gives mu .2471 (sd .3201) and P(new > 0) .7502.
  @Test func oneSchoolIsItsOwnResultAndAWidePrediction() throws {
    let summary = try Evidence.summary(of: [trial("A", 0.4, 0.04)])
    #expect(summary.verdict == .oneSchool)
    #expect(summary.pooled == nil && summary.prediction == nil)
    let bayes = try #require(summary.bayes)
    #expect(agrees(bayes.mean.mean, 0.247082, within: 1e-3))
    #expect(agrees(bayes.mean.standardDeviation, 0.320146, within: 1e-3))
    #expect(agrees(bayes.nextSchool.probabilityAboveZero, 0.750163, within: 1e-3))
    #expect(summary.headline.contains("75 %"))
  }

  @Test func twoSchoolsAreNotPooled() throws {
    let summary = try Evidence.summary(of: [trial("A", 0.4, 0.04), trial("B", 0.1, 0.05)])
    #expect(summary.verdict == .tooEarly)
    #expect(summary.pooled == nil && summary.prediction == nil && summary.leaveOneOut == nil)
    #expect(summary.refused.count == 2 && summary.refused[0].contains("12.7"))
    #expect(summary.bayes != nil)
  }

  @Test func threeSchoolsArePromisingAtMost() throws {
    let trials = ["A", "B", "C"].map { trial($0, 0.6, 0.005) }
    let summary = try Evidence.summary(of: trials)
    #expect(summary.stage == .fewSchools && summary.verdict == .promising)
    #expect(summary.prediction == nil)
    #expect(kinds(summary).contains(.spreadNotSeen))
  }

  @Test func aWallOfPositiveTrialsWarnsOfSmallStudiesAndTheUnreported() throws {
    let trials = (1...6).map { trial("S\($0)", 0.3 + 0.02 * Double($0), 0.02) }
    let summary = try Evidence.summary(of: trials)
    #expect(summary.shareImproved == 1)
    #expect(kinds(summary).isSuperset(of: [.everySchoolImproved, .smallStudies, .unreportedTrials]))
  }

  /// One precise school among six carries 80 % of the weight (by hand: 1000 of 1250, tau² = 0): no more than promising.
  @Test func besideAHeavyWarningNothingIsSaidToWork() throws {
    let trials = [trial("S0", 0.4, 0.001)] + (1...5).map { trial("S\($0)", 0.4, 0.02) }
    let summary = try Evidence.summary(of: trials)
    #expect(summary.prediction.map { $0.lower > 0 } == true && summary.verdict == .promising)
    #expect(summary.warnings.filter(\.isHeavy).map(\.kind) == [.oneSchoolDominates])
    let even = try Evidence.summary(of: (0...5).map { trial("S\($0)", 0.4, 0.02) })
    #expect(even.verdict == .works && !even.warnings.contains(where: \.isHeavy))
  }

  @Test func manyLikeSchoolsWorkUnlessTheUnreportedCouldUndoIt() throws {
    let trials = [0.31, 0.22, 0.4, 0.28, -0.02, 0.35, 0.3].enumerated().map { trial("S\($0)", $1, 0.01) }
    let open = try Evidence.summary(of: trials)
    #expect([EvidenceVerdict.works, .worksOnAverage].contains(open.verdict))
    #expect(open.worstCase == nil)
    let hidden = try Evidence.summary(of: trials, unreported: 25)
    #expect(hidden.verdict == .promising)
    let worst = try #require(hidden.worstCase)
    #expect(worst.assumedEffect == -0.02 && worst.estimate < (open.pooled?.estimate ?? 0))
    #expect((open.nullSchoolsToOverturn ?? 0) > 0)
  }

  @Test func severalTrialsOfOneSchoolCountAsOneSchool() throws {
    let trials = [trial("A", 0.4, 0.04), trial("A", 0.2, 0.04), trial("A", 0.3, 0.04)]
    let summary = try Evidence.summary(of: trials)
    #expect(summary.k == 1 && summary.trials == 3 && summary.verdict == .oneSchool)
    #expect(agrees(summary.schools[0].effect.estimate, 0.3, within: 1e-14))
    // (3·0.04 + 0.8·(9·0.04 − 3·0.04))/9, Borenstein et al. 2009, eq. 24.2 with ρ = 0.8.
    #expect(agrees(summary.schools[0].effect.variance, 0.312 / 9, within: 1e-12))
    #expect(kinds(summary).contains(.repeatedSchool))
  }

  @Test func whatWasNotRegisteredIsCountedAndNeverPooled() throws {
    let late = TrialEffect(
      school: "B", effect: EffectSize(estimate: 3, variance: 0.01), registered: false,
      design: .comparison(randomised: false))
    let summary = try Evidence.summary(of: [trial("A", 0.1, 0.04), late])
    #expect(summary.k == 1 && summary.unregistered == 1)
    #expect(kinds(summary).contains(.unregisteredTrials))
  }

  @Test func oneGroupTrialsStepAsideForComparisonsAndAloneArePromisingAtMost() throws {
    let alone = (1...8).map { oneGroup("S\($0)", 0.5) }
    let summary = try Evidence.summary(of: alone)
    #expect(summary.k == 8 && summary.verdict == .promising && kinds(summary).contains(.noComparison))
    let mixed = try Evidence.summary(of: alone + [trial("T", 0, 0.01)])
    #expect(mixed.k == 1 && mixed.withoutComparisonSetAside == 8)
  }

  @Test func oneHugeSchoolIsNamed() throws {
    let trials = [trial("A", 0.03, 0.0001), trial("B", 0.5, 0.1), trial("C", 0.4, 0.1), trial("D", 0.1, 0.1)]
    let summary = try Evidence.summary(of: trials)
    #expect(summary.largest?.school == "A" && (summary.largest?.weight ?? 0) > 0.5)
    #expect(kinds(summary).contains(.oneSchoolDominates))
  }

  @Test(arguments: 1...60)
  func everyFigureIsFiniteAndEverySentenceIsWhole(seed: Int) throws {
    var random = SeededNumbers(seed: UInt64(seed))
    let trials = (0..<(seed % 15)).map { index in
      trial(
        "S\(index % 11)", random.normal() * 0.4, exp(random.normal() - 3),
        seed % 3 == 0 ? .beforeAfter(Baseline(points: 4)) : .comparison(randomised: true))
    }
    let summary = try Evidence.summary(of: trials, unreported: seed % 4)
    for figure in summary.figures {
      #expect(figure.value?.isFinite ?? true)
      #expect((figure.interval.map { $0.lower.isFinite && $0.upper.isFinite && $0.lower <= $0.upper }) ?? true)
      #expect(figure.sentence.hasSuffix(".") && !figure.sentence.contains("nan"))
      #expect(figure.explanation.rule == "League evidence by number of schools, version 2")
      #expect(!figure.explanation.formula.isEmpty && !figure.explanation.source.isEmpty)
    }
    #expect(summary.schools.isEmpty || abs(summary.schools.reduce(0) { $0 + $1.weight } - 1) < 1e-12)
    if let pooled = summary.pooled {
      let estimates = summary.schools.map(\.effect.estimate)
      #expect(pooled.estimate >= (estimates.min() ?? 0) && pooled.estimate <= (estimates.max() ?? 0))
    }
  }

  @Test func aWrongTrialIsNamed() {
    #expect(throws: StatisticsError.input(field: "trials[2].variance", advice: "must be a finite number above 0")) {
      try Evidence.summary(of: [trial("A", 0.1, 0.1), trial("B", 0.1, 0)])
    }
    #expect(
      throws: StatisticsError.input(
        field: "trials[1].effect", advice: "must be a standardised difference; 12 is in other units")
    ) { try Evidence.summary(of: [trial("A", 12, 4)]) }
    #expect(throws: StatisticsError.input(field: "unreported", advice: "must not be below 0")) {
      try Evidence.summary(of: [], unreported: -1)
    }
  }

  private func trial(
    _ school: String, _ estimate: Double, _ variance: Double,
    _ design: TrialDesign = .comparison(randomised: false)
  ) -> TrialEffect {
    TrialEffect(
      school: school, effect: EffectSize(estimate: estimate, variance: variance), pupils: 40, design: design)
  }

  private func oneGroup(_ school: String, _ estimate: Double) -> TrialEffect {
    trial(school, estimate, 0.01, .beforeAfter(Baseline(points: 8)))
  }

  private func kinds(_ summary: EvidenceSummary) -> Set<EvidenceWarning.Kind> { Set(summary.warnings.map(\.kind)) }
}
