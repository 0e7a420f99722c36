import Foundation
import Testing

@testable import Statistics

/// Inputs at the edge of what anyone may send: an answer or an error that says why, and never NaN or infinity.
struct ExtremeTests {
  @Test(arguments: [
    [(0.3, 0.04), (0.3, 0.04), (0.3, 0.04)], [(0, 1e-10), (1, 1e-10)], [(1e6, 1), (-1e6, 1e-8), (0, 1e8)],
    [(1e-9, 1e-20), (2e-9, 1e-20), (5e-9, 1e-22)], [(0.1, 1e-12), (0.9, 1e6), (0.4, 1e6), (-3, 1e6)],
    [(5, 1), (5, 2), (5, 3), (5, 4), (5, 5)],
  ])
  func everyMethodAnswersOrRefuses(pairs: [(Double, Double)]) throws {
    let studies = pairs.map { EffectSize(estimate: $0.0, variance: $0.1) }
    let estimates = studies.map(\.estimate)
    for method in HeterogeneityMethod.allCases {
      let pooled = try Pooling.pool(studies, method)
      #expect(pooled.estimate.isFinite && pooled.tauSquared.isFinite && pooled.standardError.isFinite)
      #expect(pooled.tauSquared >= 0)
      let slack = 1e-9 * max(abs(estimates.min() ?? 0), abs(estimates.max() ?? 0))
      #expect(pooled.estimate >= (estimates.min() ?? 0) - slack && pooled.estimate <= (estimates.max() ?? 0) + slack)
    }
    let text = String(decoding: try StatisticsCase.answer(poolCase(pairs).json()), as: UTF8.self).lowercased()
    #expect(!text.contains("nan") && !text.contains("inf"))
    do {
      let model = try NormalNormal(studies, mean: .normal(mean: 0, sd: 0.5), tau: .halfNormal(0.5))
      #expect(model.mu.median.isFinite && model.tau.median.isFinite && model.schools.allSatisfy { $0.median.isFinite })
    } catch StatisticsError.noConvergence(let what) {
      // Only where the data lie a million prior deviations away.
      #expect(what == "the integral over tau" && (estimates.max() ?? 0) > 1e5)
    }
    let outer = studies.indices.map { $0 == 0 ? "a" : "b" }
    let nested = try ThreeLevel(studies, outer: outer, inner: studies.indices.map { String($0) })
    #expect(nested.estimate.isFinite && nested.outerVariance.isFinite)
  }

  @Test func aThousandSchoolsArePooledAndBelieved() throws {
    var random = SeededNumbers(seed: 8)
    let studies = (0..<1000).map { _ in
      EffectSize(estimate: 0.2 + 0.3 * random.normal(), variance: exp(random.normal() - 4))
    }
    let pooled = try Pooling.pool(studies)
    let model = try NormalNormal(studies, mean: .flat, tau: .halfNormal(0.5))
    #expect(agrees(model.mu.mean ?? 0, pooled.estimate, within: 1e-3))
    #expect(agrees(model.tau.median, pooled.tauSquared.squareRoot(), within: 0.01))
  }

  private func poolCase(_ pairs: [(Double, Double)]) -> CaseValue {
    ["kind": .text("pool"), "studies": .list(pairs.map { ["yi": .number($0.0), "vi": .number($0.1)] })]
  }
}
