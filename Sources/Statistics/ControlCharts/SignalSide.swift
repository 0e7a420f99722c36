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

/// Points of a signal that follow each other on one side of the centre.
struct SignalStretch: Sendable, Equatable {
  let isAbove: Bool
  /// Positions in the chart, counted from 0, in order.
  var points: [Int]
}

extension ControlChart {
  /// The stretches of a signal, in order; a point on the centre belongs to the stretch that it stands in.
  func stretches(of signal: ChartSignal) -> [SignalStretch] {
    guard phases.indices.contains(signal.phase), let centre = phases[signal.phase].centre else { return [] }
    let phase = phases[signal.phase]
    func value(_ point: Int) -> Double? { phase.values[point - phase.positions.lowerBound] }
    func isOffCentre(_ point: Int) -> Bool { value(point).map { $0 != centre } ?? false }
    var found: [SignalStretch] = []
    for point in signal.points {
      guard let value = value(point) else { continue }
      let isJoined = found.last.flatMap(\.points.last).map { last in
        !(last + 1..<max(point, last + 1)).contains(where: isOffCentre)
      }
      if value == centre {
        if isJoined == true { found[found.count - 1].points.append(point) }
      } else if isJoined == true, found[found.count - 1].isAbove == (value > centre) {
        found[found.count - 1].points.append(point)
      } else {
        found.append(SignalStretch(isAbove: value > centre, points: [point]))
      }
    }
    return found
  }

  /// Where the last phase went by the latest of `signals` in it: above 0 higher, below 0 lower; nil where none tells.
  ///
  /// - Parameter recent: how many points back from the last one a signal may have ended.
  public func latestSide(of signals: [ChartSignal], recent: Int = .max) -> Double? {
    guard let last = phases.last else { return nil }
    let tellings = signals.filter { $0.phase == phases.count - 1 && !$0.rule.isOfMixture }.compactMap { signal in
      latest(of: signal).map { (end: signal.points.last ?? last.positions.upperBound - 1, side: $0) }
    }
    guard let latest = tellings.max(by: { $0.end < $1.end }), last.positions.upperBound - latest.end <= recent else {
      return nil
    }
    return latest.side
  }

  private func latest(of signal: ChartSignal) -> Double? {
    if signal.points.isEmpty || signal.rule.isTrend { return side(of: signal) }
    return stretches(of: signal).last.map { $0.isAbove ? 1 : -1 }
  }
}

extension ChartRule {
  /// Sees a direction, whatever the centre.
  var isTrend: Bool { [.trendOfFive, .n3, .nhsTrend].contains(self) }
}
