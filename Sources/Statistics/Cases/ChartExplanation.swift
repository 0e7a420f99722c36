/// A phase's formulas with its numbers filled in.
struct ChartExplanation {
  private let chart: ControlChart
  private let phase: ControlChart.Phase
  private let number: Int

  init(_ chart: ControlChart, _ phase: ControlChart.Phase, number: Int) {
    self.chart = chart
    self.phase = phase
    self.number = number
  }

  var lines: [String] {
    [
      "part \(number): points \(phase.positions.lowerBound + 1) to \(phase.positions.upperBound) of a \(chart.kind.title)"
    ]
      + [centre, limits, screening, runs].compactMap(\.self)
  }

  private var centre: String? {
    phase.centre.map { centre in "centre: \(formula.centre) = \(centre)" }
  }

  private var formula: (centre: String, limits: String) {
    switch chart.kind {
    case .run: ("median of the included points", "")
    case .individuals: ("mean", "centre ± 3 · MR̄ / 1.128")
    case .movingRange: ("MR̄", "0 and 3.267 · MR̄")
    case .prime: ("Σ y n / Σ n", "centre ± 3 · s̄ / √n with s = √(π/2) |Δy| / √(1/n + 1/n′)")
    case .mean: ("Σ n ȳ / Σ n", "centre ± A3 · S̄, A3 = 3 / (c4 √n)")
    case .range: ("mean range", "centre ± 3 · d3 · σ̂, never below 0")
    case .spread: ("S̄", "(1 ± 3 · √(1 − c4²) / c4) · S̄, never below 0")
    case .proportion: ("Σ x / Σ n", "centre ± 3 · √(p̄ (1 − p̄) / n), within 0 and 1")
    case .proportionPrime: ("Σ x / Σ n", "centre ± 3 · σz · √(p̄ (1 − p̄) / n), within 0 and 1")
    case .count: ("mean count", "centre ± 3 · √c̄, never below 0")
    case .rate: ("Σ x / Σ n", "centre ± 3 · √(ū / n), never below 0")
    case .ratePrime: ("Σ x / Σ n", "centre ± 3 · σz · √(ū / n), never below 0")
    case .gap: ("median (limits from the mean m)", "m ± 3 · √(m (m + 1)), never below 0")
    case .time:
      ("mean of y^(1/3.6), back to the power 3.6", "centre ± 3 · MR̄ / 1.128 on that scale, back to the power 3.6")
    }
  }

  private var limits: String? {
    guard let low = phase.lower.compactMap(\.self).last, let high = phase.upper.compactMap(\.self).last else {
      return nil
    }
    let varies = Set(phase.upper).count > 1 ? " for the last point" : ""
    return "limits: \(formula.limits) = \(numbers(low, high))\(low) … \(high)\(varies)"
  }

  /// "3.2 ± 3 · 0.75 = ", where the limits lie evenly around the centre; the mean of a g chart; nothing otherwise.
  private func numbers(_ low: Double, _ high: Double) -> String {
    guard let centre = phase.centre else { return "" }
    switch chart.kind {
    case .movingRange: return "0 and 3.267 · \(figure(centre, 6)) = "
    case .gap:
      let base = zip(phase.values, phase.included).enumerated().filter {
        $0.element.1 && $0.offset < chart.options.freeze ?? .max
      }
      guard chart.options.centre == nil, let mean = average(base.compactMap(\.element.0)) else { return "" }
      let m = figure(mean / chart.options.multiply, 6)
      return "\(m) ± 3 · √(\(m) · (\(m) + 1)) = "
    case .time: return ""
    default:
      let error = max(high - centre, centre - low) / 3
      return "\(figure(centre, 6)) ± 3 · \(figure(error, 6)) = "
    }
  }

  private var screening: String? {
    guard chart.kind.usesMovingRanges else { return nil }
    return chart.options.screensMovingRanges
      ? "moving ranges at or above 3.267 · MR̄ were screened once" : "moving ranges were not screened"
  }

  private var runs: String? {
    let runs = phase.runs
    guard let longest = runs.longestRun, let most = runs.longestRunMax, let crossings = runs.crossings,
      let least = runs.crossingsMin
    else { return "runs: no point lies off the centre line: no verdict" }
    return "runs: \(runs.useful) useful points; longest run \(longest), allowed round(log2 n) + 3 = \(most); "
      + "crossings \(crossings), at least qbinom(0.05, n − 1, 0.5) = \(least)"
  }
}
