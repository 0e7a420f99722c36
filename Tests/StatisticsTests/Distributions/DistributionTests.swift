import Foundation
import Testing

@testable import Statistics

/// Expected numbers: mpmath at 60 digits, written by script/compare-statistics/distributions.py.
struct DistributionTests {
  @Test func everyTailAgreesWithMpmathToTwelveDigits() throws {
    var tested = 0
    for row in try rows() where row.value["lower"] != nil {
      let tails = try tails(row)
      let (lower, upper) = (try row.number("lower"), try row.number("upper"))
      let name = try label(row)
      #expect(agrees(tails.lower, lower, within: 1e-12), "\(name)")
      #expect(agrees(tails.upper, upper, within: 1e-12), "\(name)")
      tested += 1
    }
    #expect(tested > 300)
  }

  @Test func everyQuantileLeadsBackToItsPoint() throws {
    for row in try rows() where row.value["lower"] != nil {
      let (lower, upper) = (try row.number("lower"), try row.number("upper"))
      let name = try label(row)
      guard lower > 1e-200, upper > 1e-4 else { continue }
      let arguments = try row.numbers("arguments")
      guard let back = quantile(try row.text("what"), lower, arguments) else { continue }
      #expect(
        abs(back - arguments[0]) <= 1e-9 * max(abs(arguments[0]), 1e-3),
        "\(name) \(back)")
    }
  }

  @Test func gammaAndBetaAgreeWithMpmath() throws {
    for row in try rows() where row.value["value"] != nil {
      let arguments = try row.numbers("arguments")
      let expected = try row.number("value")
      let value =
        switch try row.text("what") {
        case "half-step": Gamma.halfStepRatio(arguments[0])
        case "log-gamma": Gamma.logGamma(arguments[0])
        default: Gamma.logBeta(arguments[0], arguments[1])
        }
      #expect(agrees(value, expected, within: 1e-12), "\(arguments)")
    }
  }

  @Test func quantilesOfDiscreteDistributionsAreTheSmallestThatReach() {
    // Anhøj's least number of crossings, statistics.md 2.1: qbinom(.05, n − 1, .5).
    for (n, crossings) in [(10, 2), (12, 3), (20, 6), (24, 8), (36, 13), (50, 19), (100, 41)] {
      #expect(Binomial.quantile(0.05, n: n - 1, p: 0.5) == crossings)
    }
    #expect(Binomial.quantile(0, n: 5, p: 0.5) == 0)
    #expect(Binomial.quantile(1, n: 5, p: 0.5) == 5)
  }

  @Test func impossibleParametersGiveNoNumber() {
    #expect(Normal.quantile(1.5).isNaN)
    #expect(StudentT.tails(1, df: 0).lower.isNaN)
    #expect(Binomial.tails(1, n: 3, p: 1.2).lower.isNaN)
    #expect(Binomial.quantile(0.5, n: -1, p: 0.5) == nil)
  }

  @Test func degreesOfFreedomWithoutEndGiveTheNormal() {
    #expect(agrees(StudentT.quantile(0.975, df: .infinity), 1.959963984540054, within: 1e-15))
    #expect(agrees(StudentT.quantile(0.975, df: 1e9), 1.959963984540054, within: 1e-8))
    #expect(agrees(StudentT.quantile(0.975, df: 1), 12.706204736174698, within: 1e-12))
  }

  private func rows() throws -> [CaseInput] {
    try CaseInput(try Vectors.read("distributions.json")).list("rows")
  }

  private func label(_ row: CaseInput) throws -> String {
    "\(try row.text("what")) \(try row.numbers("arguments"))"
  }

  private func tails(_ row: CaseInput) throws -> Tails {
    let a = try row.numbers("arguments")
    switch try row.text("what") {
    case "normal": return Tails(lower: Normal.cumulative(a[0]), upper: Normal.upper(a[0]))
    case "t": return StudentT.tails(a[0], df: a[1])
    case "chi-square": return ChiSquare.tails(a[0], df: a[1])
    case "F": return FisherF.tails(a[0], df1: a[1], df2: a[2])
    case "beta": return Beta.tails(a[0], a[1], a[2])
    case "binomial": return Binomial.tails(Int(a[0]), n: Int(a[1]), p: a[2])
    default: return Hypergeometric.tails(Int(a[0]), marked: Int(a[1]), plain: Int(a[2]), draws: Int(a[3]))
    }
  }

  private func quantile(_ what: String, _ p: Double, _ a: [Double]) -> Double? {
    switch what {
    case "normal": Normal.quantile(p)
    case "t": StudentT.quantile(p, df: a[1])
    case "chi-square": ChiSquare.quantile(p, df: a[1])
    case "F": FisherF.quantile(p, df1: a[1], df2: a[2])
    case "beta": Beta.quantile(p, a[1], a[2])
    default: nil
    }
  }
}
