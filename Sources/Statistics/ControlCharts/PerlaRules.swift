/// The run chart rules of Perla, Provost and Murray: shift, trend, and too few or too many runs. Points on the median neither
/// count nor break. "Astronomical points" are left to judgement, as the authors do.
public enum PerlaRules {
  /// One tail's probability below which the number of runs is a signal.
  public static let tail = 0.025

  static func found(in phase: ControlChart.Phase) -> [(rule: ChartRule, points: [Int])] {
    let values = zip(phase.values, phase.included).map { $1 ? $0 : nil }
    guard let centre = phase.centre else { return [] }
    let runs = RunsTest(values, centre: centre)
    return [
      (.shiftOfSix, shift(values, base: centre)), (.trendOfFive, trends(values).flatMap(\.self)),
    ] + (runs.isTooFew ? [(.tooFewRuns, [])] : []) + (runs.isTooMany ? [(.tooManyRuns, [])] : [])
  }

  /// Places, from 0, of `length` or more useful points on one side of `base`; points on it between them, and after them
  /// until the other side is reached, are shown with the shift though they do not count.
  public static func shift(_ values: [Double?], base: Double, length: Int = 6) -> [Int] {
    var shifts: Set<Int> = []
    var run: [Int] = []
    var onBase: [Int] = []
    var isAbove: Bool?
    func close() {
      guard run.count >= length, let first = run.first else { return }
      shifts.formUnion(run + onBase.filter { $0 > first })
    }
    for (index, value) in values.enumerated() {
      guard let value else { continue }
      if value == base {
        onBase.append(index)
      } else if (value > base) == isAbove {
        run.append(index)
      } else {
        close()
        run = [index]
        isAbove = value > base
      }
    }
    close()
    return shifts.sorted()
  }

  /// Each trend of `length` or more points that all go up or all go down, as places from 0. Points equal to the one before
  /// are shown with the trend and do not count; a turning point belongs to both trends.
  public static func trends(_ values: [Double?], length: Int = 5) -> [[Int]] {
    var trends: [[Int]] = []
    var trend: [Int] = []
    var equal: [Int] = []
    var isRising: Bool?
    func close() {
      if trend.count >= length, let first = trend.first {
        trends.append((trend + equal.filter { $0 > first }).sorted())
      }
    }
    for (index, value) in values.enumerated() {
      guard let value else { continue }
      guard let last = trend.last, let before = values[last] else {
        trend = [index]
        continue
      }
      if value == before {
        if isRising == nil { trend = [index] } else { equal.append(index) }
      } else if isRising == nil || (value > before) == isRising {
        isRising = value > before
        trend.append(index)
      } else {
        close()
        trend = [last, index]
        equal.removeAll { $0 <= last }
        isRising = value > before
      }
    }
    close()
    return trends
  }
}
