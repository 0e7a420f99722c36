/// What one school registered and then measured again and again, before and after a change: all that the verdict on its
/// series may rest on.
public struct SeriesRecord: Equatable, Sendable {
  /// What the values are, which decides whether they say anything of students.
  public enum Scale: Equatable, Sendable {
    /// Of `students`, counted each time, so many in 100. Nil where nobody said how many were counted.
    case percentage(students: Int?)
    /// So many times in a period. `students`: how many could be counted, each at most once; nil where that is not so.
    case count(students: Int?)
    /// Anything measured: minutes, points, a mean.
    case number
  }

  /// In units of the measure, each phase in its order at even times.
  public let series: BeforeAfterSeries
  public let scale: Scale
  /// The smallest difference that makes it worth doing, registered before the data: above 0, units of the measure.
  public let worthwhile: Double
  public let registeredBeforeData: Bool
  /// Who, what and how was the same over all values.
  public let isCountedAlike: Bool
  /// The school began because this measure was at its worst.
  public let chosenAtWorst: Bool
  /// Something that should not suffer did.
  public let balancingMeasureWorsened: Bool

  public init(
    series: BeforeAfterSeries, scale: Scale, worthwhile: Double, registeredBeforeData: Bool,
    isCountedAlike: Bool = true, chosenAtWorst: Bool = false, balancingMeasureWorsened: Bool = false
  ) {
    self.series = series
    self.scale = scale
    self.worthwhile = worthwhile
    self.registeredBeforeData = registeredBeforeData
    self.isCountedAlike = isCountedAlike
    self.chosenAtWorst = chosenAtWorst
    self.balancingMeasureWorsened = balancingMeasureWorsened
  }

  /// Students who could be counted each time; nil where that is not known.
  public var students: Int? {
    switch scale {
    case .percentage(let students), .count(let students): students
    case .number: nil
    }
  }

  /// - Throws: `StatisticsError.input` naming the number that is impossible.
  func check() throws {
    guard worthwhile > 0, worthwhile.isFinite else {
      throw StatisticsError.input(field: "worthwhile", advice: "must be above 0, in the wanted direction")
    }
    if let students, students < 1 { throw StatisticsError.input(field: "students", advice: "must be 1 or more") }
    let values = series.before + series.after
    switch scale {
    case .percentage:
      guard values.allSatisfy((0...100).contains) else {
        throw StatisticsError.input(field: "values", advice: "must lie between 0 and 100")
      }
    case .count(let students):
      if let students, let most = values.max(), most > Double(students) {
        throw StatisticsError.input(
          field: "students", advice: "must be \(figure(most)) or more: so many were counted in one period")
      }
    case .number: break
    }
  }
}

/// What a series shows, in numbers: a description, whatever the verdict.
public struct SeriesFigures: Equatable, Sendable {
  /// Mean after less mean before, units of the measure, above 0 is better, with the 95 % interval.
  public let difference: Estimate
  /// Degrees of freedom of its t, which autocorrelation lessens.
  public let degreesOfFreedom: Double
  /// First-order autocorrelation within the phases with its small-sample bias taken out, 0…0.8. Source: Huitema and
  /// McKean 1991, r₁⁺.
  public let autocorrelation: Double
  /// Share of pairs in which the later value is better, 0…1.
  public let nonoverlap: Estimate
  /// The same as −1…1 after the baseline's own trend is taken out. Source: Tarlow 2017.
  public let tau: Estimate
  /// Kendall's rank correlation of the values before with time, −1…1, above 0 is better.
  public let baselineTrend: Double
  /// Mean of the second half of the time after less that of the first, above 0 is better.
  public let lateness: Double

  init(_ series: BeforeAfterSeries, level: Double) {
    let (before, after) = series.oriented
    let residuals = [before, after].map { values in values.map { $0 - (average(values) ?? 0) } }
    let (m, n) = (Double(before.count), Double(after.count))
    let squares = exactSum(residuals.flatMap { $0.map { $0 * $0 } })
    let products = exactSum(residuals.flatMap { zip($0, $0.dropFirst()).map { $0 * $1 } })
    autocorrelation = squares > 0 ? min(0.8, max(0, products / squares + 1 / (m + n))) : 0
    let inflation = (1 + autocorrelation) / (1 - autocorrelation)
    degreesOfFreedom = max(2, (m + n) / inflation - 2)
    let error = (squares / max(1, m + n - 2) * (1 / m + 1 / n) * inflation).squareRoot()
    let change = (average(after) ?? 0) - (average(before) ?? 0)
    let reach = StudentT.quantile((1 + level) / 2, df: degreesOfFreedom) * error
    difference = Estimate(change, error: error, lower: change - reach, upper: change + reach)
    nonoverlap = series.nap()
    tau = series.tauBaselineCorrected()
    baselineTrend = Self.kendall(before)
    let half = after.count / 2
    lateness = (average(Array(after.suffix(after.count - half))) ?? 0) - (average(Array(after.prefix(half))) ?? change)
  }

  /// The interval at another coverage.
  func interval(_ level: Double) -> Interval {
    let reach = StudentT.quantile((1 + level) / 2, df: degreesOfFreedom) * (difference.standardError ?? 0)
    return Interval(centre: difference.value ?? 0, halfWidth: reach)
  }

  /// Pairs in order less pairs out of order, over all pairs; 0 for fewer than two values.
  static func kendall(_ values: [Double]) -> Double {
    var sum = 0.0
    for first in values.indices {
      for second in values.indices where second > first {
        sum += values[second] > values[first] ? 1 : values[second] < values[first] ? -1 : 0
      }
    }
    let pairs = Double(values.count * (values.count - 1) / 2)
    return pairs > 0 ? sum / pairs : 0
  }
}
