import Foundation
import Testing

@testable import Statistics

struct DiffusionTests {
  @Test func bassCurveOfTheAverageNoveltyPeaksAfterSixYears() throws {
    // Sultan, Farley & Lehmann 1990: p .03, q .38; statistics.md 6: peak 6.19, F .46.
    let curve = try BassCurve(innovation: 0.03, imitation: 0.38)
    #expect(abs(curve.peakTime - 6.192619) < 1e-6)
    #expect(abs(curve.shareAtPeak - 0.460526) < 1e-6)
    #expect(abs(curve.share(at: curve.peakTime) - curve.shareAtPeak) < 1e-12)
    #expect(abs(curve.share(at: 1) - 0.035758) < 1e-6)
  }

  @Test(arguments: 1...10) func bassCurveRisesFromNothingToAll(seed: Int) throws {
    var random = Seeded(seed)
    let curve = try BassCurve(
      innovation: .random(in: 0.001...0.2, using: &random), imitation: .random(in: 0...0.9, using: &random))
    let shares = stride(from: 0.0, through: 5000, by: 50).map(curve.share)
    #expect(shares.first == 0 && zip(shares, shares.dropFirst()).allSatisfy { $0 <= $1 }, "seed \(seed)")
    #expect(abs((shares.last ?? 0) - 1) < 1e-2, "seed \(seed)")
  }

  @Test func withoutImitationItIsExponential() throws {
    let curve = try BassCurve(innovation: 0.1, imitation: 0)
    #expect(abs(curve.share(at: 3) - (1 - exp(-0.3))) < 1e-12)
    #expect(curve.peakTime == 0)
  }

  @Test func aFitFindsTheCurveThatMadeTheTimes() throws {
    // Times at which m F(t) passes k − 1/2 for m = 30, so the best fit is the curve itself.
    let truth = try BassCurve(innovation: 0.03, imitation: 0.38)
    let times = (1...25).map { rank in
      let share = (Double(rank) - 0.5) / 30
      return log((1 + share * 0.38 / 0.03) / (1 - share)) / 0.41
    }
    let fit = try BassFit(times: times)
    #expect(abs(fit.curve.innovation - truth.innovation) < 1e-4)
    #expect(abs(fit.curve.imitation - truth.imitation) < 1e-3)
    #expect(abs(fit.potential - 30) < 0.05)
  }

  @Test func fiveAdoptionsMakeNoCurve() {
    #expect(throws: StatisticsError.self) { try BassFit(times: [1, 2, 3, 4, 5]) }
  }

  @Test func theNaiveRateIsCensoredByTheYoung() throws {
    // statistics.md 6: naive .714 = 5/7, mature 1.25 = 5/4. Three of seven adopted too lately to have passed it on.
    let adoptions: [(String, String?, Double)] = [
      ("A", nil, 0), ("B", nil, 1), ("C", "A", 4), ("D", "A", 5), ("E", "C", 11), ("F", "C", 11), ("G", "D", 12),
    ]
    let lineage = try Lineage(adoptions.map { Lineage.Adoption(school: $0.0, parent: $0.1, time: $0.2) })
    #expect(abs(lineage.naiveReproduction - 5.0 / 7) < 1e-12)
    #expect(lineage.matureReproduction(after: 6, now: 12) == 1.25)
    #expect(lineage.matureReproduction(after: 20, now: 12) == nil)
    #expect(lineage.sizeByGeneration == [2, 2, 3])
    #expect(lineage.depth == 2)
  }

  @Test func impossibleLineagesAreRefused() {
    #expect(throws: StatisticsError.input(field: "adoptions[1].parent", advice: "must have adopted itself; X has not"))
    {
      try Lineage([.init(school: "A", parent: "X")])
    }
    #expect(throws: StatisticsError.input(field: "adoptions[1].parent", advice: "must not descend from its own child"))
    {
      try Lineage([.init(school: "A", parent: "B"), .init(school: "B", parent: "A")])
    }
    #expect(throws: StatisticsError.input(field: "p", advice: "must be above 0")) {
      try BassCurve(innovation: 0, imitation: 0.4)
    }
  }
}
