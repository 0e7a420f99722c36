extension ControlChart {
  /// Which way a signal points, in units of the chart: above 0 the values it names lie higher than their centre (or rise,
  /// for a trend), below 0 lower. Of a signal that names no point, the second half of its phase less the first. Nil where
  /// nothing was measured.
  public func side(of signal: ChartSignal) -> Double? {
    guard phases.indices.contains(signal.phase) else { return nil }
    let phase = phases[signal.phase]
    let found = signal.points.compactMap { point in
      phase.positions.contains(point) ? phase.values[point - phase.positions.lowerBound] : nil
    }
    if signal.points.isEmpty {
      let values = phase.values.compactMap(\.self)
      let half = values.count / 2
      guard half > 0, let late = average(Array(values.suffix(half))), let early = average(Array(values.prefix(half)))
      else { return nil }
      return late - early
    }
    guard let first = found.first, let last = found.last, let mean = average(found) else { return nil }
    if signal.rule.isTrend { return last - first }
    return phase.centre.map { mean - $0 }
  }
}

extension ChartRule {
  /// Sees a direction, whatever the centre.
  var isTrend: Bool { [.trendOfFive, .n3, .nhsTrend].contains(self) }
}
