/// Anhøj's two runs rules, and Shewhart's limits where the chart has any. The runs rules judge the phase as a whole.
enum AnhoejRules {
  static func found(in phase: ControlChart.Phase) -> [(rule: ChartRule, points: [Int])] {
    var found: [(rule: ChartRule, points: [Int])] = [(.beyond, phase.beyond.map { $0 - phase.positions.lowerBound })]
    let runs = phase.runs
    guard runs.isSignal, let longest = runs.longestRun, let longestMax = runs.longestRunMax else { return found }
    if longest > longestMax { found.append((.longRun, longRuns(phase, above: longestMax))) }
    if let crossings = runs.crossings, let least = runs.crossingsMin, crossings < least {
      found.append((.fewCrossings, []))
    }
    return found
  }

  /// Points of the runs that are longer than `length`, those on the centre line left out.
  private static func longRuns(_ phase: ControlChart.Phase, above length: Int) -> [Int] {
    guard let centre = phase.centre else { return [] }
    var runs: [[Int]] = []
    var last: Bool?
    for (index, value) in phase.values.enumerated() where phase.included[index] {
      guard let value, value != centre else { continue }
      if (value > centre) == last { runs[runs.count - 1].append(index) } else { runs.append([index]) }
      last = value > centre
    }
    return runs.filter { $0.count > length }.flatMap(\.self)
  }
}
