import Foundation
import Testing

@testable import Statistics

struct PoolingTests {
  // MARK: Laws, over seeded sets

  private func studies(_ seed: Int, count: Int? = nil) -> [EffectSize] {
    var random = SeededNumbers(seed: UInt64(seed))
    let k = count ?? 2 + seed % 17
    let spread = [0, 0.1, 0.5, 2][seed % 4]
    return (0..<k).map { _ in
      let variance = exp(random.normal() * 1.5 - 3)
      return EffectSize(
        estimate: 0.2 + spread * random.normal() + variance.squareRoot() * random.normal(), variance: variance)
    }
  }

  @Test(arguments: 1...80)
  func everyMethodPoolsBetweenTheExtremesAndIsFinite(seed: Int) throws {
    let studies = studies(seed)
    let estimates = studies.map(\.estimate)
    for method in HeterogeneityMethod.allCases {
      for interval in IntervalMethod.allCases {
        let pooled = try Pooling.pool(studies, method, interval: interval)
        #expect(pooled.estimate >= (estimates.min() ?? 0) && pooled.estimate <= (estimates.max() ?? 0))
        #expect(pooled.interval.contains(pooled.estimate))
        #expect(pooled.tauSquared >= 0 && (0...100).contains(pooled.iSquared) && (0...1).contains(pooled.pValue))
        for figure in [pooled.standardError, pooled.statistic, pooled.interval.lower, pooled.hSquared] {
          #expect(figure.isFinite)
        }
        if let prediction = pooled.predictionInterval(.riley), method != .equalEffects, interval != .wald {
          #expect(prediction.width >= pooled.interval.width)
        }
      }
    }
  }

  @Test(arguments: 1...40)
  func orderSignAndUnitChangeNothingElse(seed: Int) throws {
    let studies = studies(seed)
    let turned = studies.map { EffectSize(estimate: -$0.estimate, variance: $0.variance) }
    let scaled = studies.map { EffectSize(estimate: 1000 * $0.estimate, variance: 1e6 * $0.variance) }
    for method in HeterogeneityMethod.allCases {
      let plain = try Pooling.pool(studies, method)
      let reversed = try Pooling.pool(studies.reversed(), method)
      #expect(agrees(plain.estimate, reversed.estimate, within: 1e-9))
      #expect(agrees(plain.interval.upper, -(try Pooling.pool(turned, method)).interval.lower, within: 1e-9))
      let large = try Pooling.pool(scaled, method)
      #expect(agrees(1000 * plain.standardError, large.standardError, within: 1e-7))
      #expect(abs(1e6 * plain.tauSquared - large.tauSquared) <= 1e-6 * large.tauSquared + 1e-9)
    }
  }

  @Test func manySchoolsLeadToTheTruth() throws {
    let pooled = try Pooling.pool(studies(3, count: 20_000))
    #expect(abs(pooled.estimate - 0.2) < 5 * pooled.standardError && pooled.standardError < 0.02)
    #expect(abs(pooled.tauSquared - 4) < 0.2)
    #expect(agrees(pooled.interval.width, 2 * 1.959964 * pooled.standardError, within: 1e-3))
  }

  // MARK: The traps of statistics.md, section 8 and 0

  /// metafor's default root search gives .001524; the exact Paule-Mandel tau² of bcg_RD is .001494.
  @Test func pauleMandelIsSolvedExactly() throws {
    guard case .list(let cases)? = try Vectors.read("pooling.json")["cases"] else { return }
    let bcg = try #require(cases.first { $0["name"] == .text("bcg_RD") })
    let studies = try StudyRows.effects(CaseInput(bcg), atLeast: 2)
    let tauSquared = try Pooling.pool(studies, .pauleMandel).tauSquared
    #expect(abs(tauSquared - 0.001494) < 5e-7)
    let q = studies.map { 1 / ($0.variance + tauSquared) }
    let mean = zip(q, studies).reduce(0) { $0 + $1.0 * $1.1.estimate } / q.reduce(0, +)
    let generalisedQ = zip(q, studies).reduce(0) { $0 + $1.0 * pow($1.1.estimate - mean, 2) }
    #expect(agrees(generalisedQ, 12, within: 1e-12))
  }

  @Test func hartungKnappAloneMayBeNarrowerThanWaldAndAdHocMayNot() throws {
    let alike = (1...6).map { EffectSize(estimate: 0.3 + 0.001 * Double($0), variance: 0.04) }
    let wald = try Pooling.pool(alike, .reml, interval: .wald).interval
    #expect(try Pooling.pool(alike, .reml, interval: .hartungKnapp).interval.width < wald.width)
    #expect(try Pooling.pool(alike, .reml, interval: .hartungKnappAdHoc).interval.width > wald.width)
  }

  @Test func predictionByTheNormalIsNarrowerThanRileysAndTwoSchoolsHaveNone() throws {
    let pooled = try Pooling.pool(studies(7), .reml, interval: .wald)
    let (z, riley) = (pooled.predictionInterval(.sameAsInterval), pooled.predictionInterval(.riley))
    #expect((z?.width ?? 0) < (riley?.width ?? 0))
    let two = try Pooling.pool([EffectSize(estimate: 0.4, variance: 0.04), EffectSize(estimate: 0.1, variance: 0.05)])
    #expect(two.predictionInterval(.riley) == nil)
    #expect(agrees(two.interval.width / two.standardError / 2, 12.706204736174698, within: 1e-12))
    #expect(try Pooling.pool(studies(7), .equalEffects).predictionInterval(.riley) == nil)
  }

  @Test func derSimonianLairdIsTruncatedAtZero() throws {
    let alike = [EffectSize(estimate: 0.3, variance: 0.04), EffectSize(estimate: 0.31, variance: 0.04)]
    #expect(try Pooling.pool(alike, .derSimonianLaird).tauSquared == 0)
  }

  @Test func theSmallStudyTestIsRefusedBelowTenSchools() throws {
    #expect(try EggerTest(studies(4, count: 9)) == nil)
    #expect(try EggerTest(studies(4, count: 10)) != nil)
    #expect(try EggerTest(Array(repeating: EffectSize(estimate: 1, variance: 1), count: 12)) == nil)
  }

  // MARK: Several trials of one school

  @Test func oneTrialPerSchoolMakesThreeLevelsTwo() throws {
    let studies = studies(11, count: 14)
    let names = studies.indices.map { "S\($0)" }
    let nested = try ThreeLevel(studies, outer: names, inner: names)
    let plain = try Pooling.pool(studies, .reml, interval: .wald)
    #expect(agrees(nested.outerVariance + nested.innerVariance, plain.tauSquared, within: 1e-6))
    #expect(agrees(nested.estimate, plain.estimate, within: 1e-7))
  }

  @Test func repeatingOneSchoolsTrialsDoesNotMakeItSurer() throws {
    let once = studies(13, count: 6)
    let often = once + Array(repeating: once[0], count: 10)
    let schools = (0..<6).map { "S\($0)" } + Array(repeating: "S0", count: 10)
    let nested = try ThreeLevel(often, outer: schools, inner: often.indices.map { String($0) })
    let naive = try Pooling.pool(often, .reml, interval: .wald)
    #expect(nested.standardError > naive.standardError)
    let robust = try #require(ClusterRobust(often, clusters: schools, pooled: naive))
    #expect(robust.degreesOfFreedom == 5)
    #expect(ClusterRobust(once, clusters: Array(repeating: "S", count: 6), pooled: naive) == nil)
  }

  /// Of single trials with equal variances: the variance of a mean, Σe²/(k(k − 1)), and k − 1 degrees of freedom.
  @Test func clustersOfOneAreAnOrdinaryMean() throws {
    let effects = [0.1, 0.5, -0.2, 0.4, 0.9].map { EffectSize(estimate: $0, variance: 0.04) }
    let pooled = try Pooling.pool(effects, .equalEffects, interval: .wald)
    let squares = effects.reduce(0) { $0 + ($1.estimate - 0.34) * ($1.estimate - 0.34) }
    for form in ClusterRobust.Form.allCases {
      let robust = try #require(
        ClusterRobust(effects, clusters: ["a", "b", "c", "d", "e"], pooled: pooled, form: form))
      #expect(agrees(robust.standardError, (squares / 20).squareRoot(), within: 1e-12), "\(form)")
      #expect(agrees(robust.degreesOfFreedom, 4, within: 1e-10), "\(form)")
    }
  }

  /// One cluster with most of the weight leaves few degrees of freedom.
  @Test func unequalClustersHaveFewerDegreesOfFreedom() throws {
    let effects = studies(21, count: 20)
    let clusters = (0..<20).map { $0 < 12 ? "large" : "s\($0 / 2)" }
    let pooled = try Pooling.pool(effects, .reml, interval: .wald)
    let plain = try #require(ClusterRobust(effects, clusters: clusters, pooled: pooled))
    let adjusted = try #require(ClusterRobust(effects, clusters: clusters, pooled: pooled, form: .cr2))
    #expect(adjusted.degreesOfFreedom < plain.degreesOfFreedom)
    #expect(ClusterRobust(effects, clusters: effects.map { _ in "one" }, pooled: pooled, form: .cr2) == nil)
  }

  @Test func theRootOfAnInverseMultipliesToTheInverse() throws {
    var matrix = SquareMatrix(size: 6)
    for row in 0..<6 { for column in 0..<6 { matrix[row, column] = 1 / Double(row + column + 1) } }
    for place in 0..<6 { matrix[place, place] += 0.5 }
    let root = matrix.inverseRoot()
    let identity = root * root * matrix
    for row in 0..<6 {
      for column in 0..<6 { #expect(abs(identity[row, column] - (row == column ? 1 : 0)) < 1e-12) }
    }
    #expect(SquareMatrix(size: 2).inverseRoot() == SquareMatrix(size: 2))
  }

  @Test func moderatorsThatSayTheSameTwiceAreRefused() throws {
    let studies = studies(5, count: 8)
    let x = studies.indices.map { Double($0) }
    #expect(throws: StatisticsError.self) { try MetaRegression(studies, on: [("x", x), ("2x", x.map { 2 * $0 })]) }
    #expect(throws: StatisticsError.self) { try MetaRegression(studies, on: [("x", [1])]) }
  }

  // MARK: Bayes

  @Test func moreSpreadInThePriorMakesTheNextSchoolLessSure() throws {
    let one = [EffectSize(estimate: 0.4, variance: 0.04)]
    let widths = try [0.1, 0.5, 1.0].map { scale in
      try NormalNormal(one, mean: .normal(mean: 0, sd: 0.5), tau: .halfNormal(scale)).thetaNew.centralInterval().width
    }
    #expect(widths[0] < widths[1] && widths[1] < widths[2])
  }

  @Test func aPriorOfNoSpreadGivesTheEqualEffectsAnswer() throws {
    let studies = studies(9, count: 6)
    let model = try NormalNormal(studies, mean: .flat, tau: .uniformTo(1e-6))
    let equal = try Pooling.pool(studies, .equalEffects, interval: .wald)
    #expect(agrees(model.mu.mean ?? 0, equal.estimate, within: 1e-8))
    #expect(agrees(model.mu.standardDeviation ?? 0, equal.standardError, within: 1e-8))
  }

  @Test func figuresThatDoNotExistAreNil() throws {
    let three = studies(6, count: 3)
    let model = try NormalNormal(three, mean: .flat, tau: .uniform)
    #expect(model.tau.mean == nil && model.mu.mean == nil && model.mu.standardDeviation == nil)
    #expect(model.mu.median.isFinite && model.tau.median > 0)
    #expect(throws: StatisticsError.self) { try NormalNormal(Array(three.prefix(2)), mean: .flat, tau: .uniform) }
  }
}
