import Foundation

/// Centre and limits of one phase. Formulas: Montgomery, Introduction to Statistical Quality Control, chapters 6 and 7
/// (equations beside each); Laney 2002 for p′ and u′; Taylor 2018 for I′; Provost and Murray 2011 for g and t.
struct PhaseComputation {
  private let kind: ChartKind
  private let options: ChartOptions
  private let positions: Range<Int>
  private let entries: [ChartSeries.Entry]
  private let included: [Bool]
  /// Included and within the frozen start.
  private let isBase: [Bool]
  /// Lower limits below 0 are raised to it: nothing on the chart is below 0, and none was asked for.
  private let endsAtZero: Bool
  /// What is plotted, before `multiply`.
  private var values: [Double?] = []

  init(_ kind: ChartKind, _ series: ChartSeries, positions: Range<Int>, options: ChartOptions) {
    self.kind = kind
    self.options = options
    self.positions = positions
    let entries = Array(series.entries[positions])
    self.entries = entries
    let included = positions.map { !options.exclude.contains($0 + 1) }
    self.included = included
    isBase = included.indices.map { included[$0] && $0 < options.freeze ?? .max }
    endsAtZero =
      !options.allowsNegative && Self.plotted(kind, series.entries).allSatisfy { $0 ?? 0 >= 0 }
      && options.centre ?? 0 >= 0
    values = Self.plotted(kind, entries)
  }

  var phase: ControlChart.Phase {
    guard let (centre, spread) = centreAndSpread() else {
      return finished(centre: nil, limits: entries.map { _ in nil })
    }
    return finished(
      centre: centre.shown,
      limits: zip(entries, spread).map { entry, spread in
        guard let spread, entry.count > 0 || !needsMeasuredEntry else { return nil }
        return spread
      })
  }

  /// Charts whose limits are the same for all points draw them across gaps.
  private var needsMeasuredEntry: Bool {
    switch kind {
    case .run, .individuals, .movingRange, .count, .gap, .time: false
    default: true
    }
  }

  private static func plotted(_ kind: ChartKind, _ entries: [ChartSeries.Entry]) -> [Double?] {
    switch kind {
    case .movingRange:
      [nil]
        + zip(entries, entries.dropFirst()).map { first, second in
          guard let first = first.value, let second = second.value else { return nil }
          return abs(second - first)
        }
    case .spread: entries.map(\.deviation)
    case .range: entries.map(\.range)
    case .count: entries.map(\.sum)
    default: entries.map(\.value)
    }
  }

  // MARK: centre and limits

  /// Limits at three, two and one standard error.
  private struct Limits {
    var lower: Double
    var upper: Double
    var lower95: Double
    var upper95: Double
    var lower68: Double
    var upper68: Double

    /// Each limit of `centre` ± k `error`, changed by `change`.
    init(_ centre: Double, _ error: Double, change: (Double) -> Double) {
      (lower, upper) = (change(centre - 3 * error), change(centre + 3 * error))
      (lower95, upper95) = (change(centre - 2 * error), change(centre + 2 * error))
      (lower68, upper68) = (change(centre - error), change(centre + error))
    }
  }

  /// The line drawn, and the limits of each point.
  private typealias Found = (centre: (shown: Double, used: Double), limits: [Limits?])

  private func centreAndSpread() -> Found? {
    switch kind {
    case .run: median(base).map { found(options.centre ?? $0, entries.map { _ in nil }) }
    case .individuals: individuals(values, isTime: false)
    case .time: individuals(values.map { $0.map { pow($0, 1 / 3.6) } }, isTime: true)
    case .movingRange: movingRange()
    case .prime: prime()
    case .mean: mean()
    case .spread: spread()
    case .range: range()
    case .proportion, .rate: attribute(laney: false)
    case .proportionPrime, .ratePrime: attribute(laney: true)
    case .count: count()
    case .gap: gap()
    }
  }

  private func found(_ centre: Double, _ limits: [Limits?]) -> Found { ((centre, centre), limits) }

  private func around(_ centre: Double, _ error: Double?, floor: Double? = nil, ceiling: Double? = nil) -> Limits? {
    guard let error, error.isFinite else { return nil }
    func held(_ value: Double) -> Double { min(max(value, floor ?? value), ceiling ?? max(value, floor ?? value)) }
    return Limits(centre, error, change: held)
  }

  /// Equation 6.33: centre ± 3 MR̄ / d2. A time is raised to 1/3.6 first and back afterwards.
  private func individuals(_ values: [Double?], isTime: Bool) -> Found? {
    let base = baseValues(values)
    guard let mean = average(base.compactMap(\.self)) else { return nil }
    let centre = options.centre.map { isTime ? pow($0, 1 / 3.6) : $0 } ?? mean
    let error = MovingRanges.average(MovingRanges.steps(base), screening: screening).map { $0 / ChartConstants.d2 }
    let shown = isTime ? shownTime(values, centre) : centre
    let limits = error.map { Limits(centre, $0) { isTime ? $0 == centre ? shown : Self.time($0) : $0 } }
    return found(shown, entries.map { _ in limits })
  }

  /// The centre back from its root, exactly that of a time that lies on it: rounding must not put it on a side.
  private func shownTime(_ roots: [Double?], _ centre: Double) -> Double {
    options.centre ?? roots.firstIndex(of: centre).flatMap { values[$0] } ?? Self.time(centre)
  }

  private static func time(_ root: Double) -> Double { root < 0 ? 0 : pow(root, 3.6) }

  private var screening: Double? { options.screensMovingRanges ? ChartConstants.screening : nil }

  private func movingRange() -> Found? {
    guard let centre = options.centre ?? average(base) else { return nil }
    let limits = Limits(0, ChartConstants.screening / 3 * centre) { max($0, 0) }
    return found(centre, entries.map { _ in limits })
  }

  /// s = √(π/2) |step| / √(1/n + 1/n′), averaged, over √n.
  private func prime() -> Found? {
    let sizes = entries.map { $0.size ?? ($0.count > 0 ? Double($0.count) : nil) }
    let weighed = zip(zip(values, sizes), isBase).compactMap { pair, isBase -> (value: Double, size: Double)? in
      guard isBase, let value = pair.0, let size = pair.1 else { return nil }
      return (value, size)
    }
    guard !weighed.isEmpty else { return nil }
    let all = exactSum(weighed.map(\.size))
    let centre = options.centre ?? exactSum(weighed.map { $0.value * $0.size }) / all
    let used = entries.indices.filter { options.primeSpreadFromAll || isBase[$0] }
    let steps = zip(used, used.dropFirst()).compactMap { first, second -> Double? in
      guard let a = values[first], let b = values[second], let n = sizes[first], let m = sizes[second] else {
        return nil
      }
      return (Double.pi / 2).squareRoot() * abs(b - a) / (1 / n + 1 / m).squareRoot()
    }
    let spread = MovingRanges.average(
      steps, screening: options.screensMovingRanges ? ChartConstants.primeScreening : nil)
    return found(
      centre, sizes.map { size in size.flatMap { size in around(centre, spread.map { $0 / size.squareRoot() }) } })
  }

  /// Equations 6.29 to 6.31: A3 = 3 / (c4 √n), S̄ pooled where n varies.
  private func mean() -> Found? {
    let groups = zip(entries, isBase).filter { $0.1 && $0.0.count > 0 }.map(\.0)
    let size = exactSum(groups.map { Double($0.count) })
    guard size > 0 else { return nil }
    let centre = options.centre ?? exactSum(groups.compactMap(\.sum)) / size
    let deviation = averageDeviation(groups)
    return found(
      centre,
      entries.map { entry in
        guard entry.count > 1, let deviation else { return nil }
        return around(
          centre, deviation / (ChartConstants.c4(entry.count) * Double(entry.count).squareRoot()))
      })
  }

  private func averageDeviation(_ groups: [ChartSeries.Entry]) -> Double? {
    let measured = groups.filter { $0.deviation != nil }
    guard Set(entries.map(\.count)).count > 1 else { return average(measured.compactMap(\.deviation)) }
    let freedom = exactSum(groups.map { Double($0.count - 1) })
    guard freedom > 0 else { return nil }
    let squares = measured.map { Double($0.count - 1) * ($0.deviation ?? 0) * ($0.deviation ?? 0) }
    return (exactSum(squares) / freedom).squareRoot()
  }

  /// B3 and B4: 1 ∓ 3 c5/c4, never below 0.
  private func spread() -> Found? {
    let groups = zip(entries, isBase).filter { $0.1 && $0.0.count > 0 }.map(\.0)
    guard let centre = options.centre ?? averageDeviation(groups) else { return nil }
    return found(
      centre,
      entries.map { entry in
        guard entry.count > 1 else { return nil }
        return around(centre, centre * ChartConstants.c5(entry.count) / ChartConstants.c4(entry.count), floor: 0)
      })
  }

  /// D3 and D4: 1 ∓ 3 d3/d2; groups of 2 to 25.
  private func range() -> Found? {
    let ranges = zip(entries, isBase).compactMap { entry, isBase -> (range: Double, d2: Double)? in
      guard isBase, let range = entry.range, let d2 = ChartConstants.d2(entry.count) else { return nil }
      return (range, d2)
    }
    guard let sigma = average(ranges.map { $0.range / $0.d2 }), let mean = average(ranges.map(\.range)) else {
      return nil
    }
    let centre = options.centre ?? mean
    return found(
      centre,
      entries.map { entry in around(centre, ChartConstants.d3(entry.count).map { $0 * sigma }, floor: 0) })
  }

  /// Equations 7.8 and 7.19; with Laney's factor σz the limits follow the real spread.
  private func attribute(laney: Bool) -> Found? {
    let base = zip(entries, isBase).filter { $0.1 && $0.0.size != nil }.map(\.0)
    let all = exactSum(base.compactMap(\.size))
    guard all > 0 else { return nil }
    let centre = options.centre ?? exactSum(base.compactMap(\.sum)) / all
    let isProportion = kind == .proportion || kind == .proportionPrime
    let variance = isProportion ? centre * (1 - centre) : centre
    let errors = entries.map { entry in entry.size.map { (max(variance, 0) / $0).squareRoot() } }
    var factor: Double? = 1
    if laney { factor = laneyFactor(errors, centre: centre) }
    return found(
      centre,
      errors.map { error in
        guard let error, let factor else { return nil }
        return around(centre, error * factor, floor: 0, ceiling: isProportion ? 1 : nil)
      })
  }

  private func laneyFactor(_ errors: [Double?], centre: Double) -> Double? {
    let scores = zip(zip(values, errors), isBase).filter(\.1).map { pair, _ -> Double? in
      guard let value = pair.0, let error = pair.1, error > 0 else { return nil }
      return (value - centre) / error
    }
    if options.isUnordered {
      let known = scores.compactMap(\.self)
      return known.count < 2 ? nil : standardDeviation(known)
    }
    return MovingRanges.average(MovingRanges.steps(scores), screening: screening).map { $0 / ChartConstants.d2 }
  }

  /// Equation 7.17.
  private func count() -> Found? {
    guard let centre = options.centre ?? average(base) else { return nil }
    let limits = around(centre, max(centre, 0).squareRoot(), floor: 0)
    return found(centre, entries.map { _ in limits })
  }

  /// m ± 3 √(m(m + 1)) around the mean m; the line drawn is the median, so that half lies above.
  private func gap() -> Found? {
    guard let mean = options.centre ?? average(base) else { return nil }
    let limits = around(mean, (mean * (mean + 1)).squareRoot(), floor: 0)
    let shown = options.centre == nil ? median(base) ?? mean : 0.693 * mean
    return ((shown, mean), entries.map { _ in limits })
  }

  // MARK: parts

  private var base: [Double] { baseValues(values).compactMap(\.self) }

  /// The base in its order, gaps kept, excluded points taken out.
  private func baseValues(_ values: [Double?]) -> [Double?] { zip(values, isBase).filter(\.1).map(\.0) }

  /// Means that differ from a line by less than this share are on it: that much rounding of two divisions makes. Other
  /// charts compare as the reference programs do, to the last bit.
  private static let rounding = 1e-12

  private static func settled(_ value: Double, on line: Double?) -> Double {
    guard let line, abs(value - line) <= rounding * max(abs(value), abs(line)) else { return value }
    return line
  }

  private func finished(centre: Double?, limits: [Limits?]) -> ControlChart.Phase {
    let factor = options.multiply
    let values = zip(values, limits).map { value, limits in
      kind != .mean
        ? value
        : value.map {
          Self.settled(Self.settled(Self.settled($0, on: limits?.lower), on: limits?.upper), on: centre)
        }
    }
    let shown = values.map { $0.map { $0 * factor } }
    let runs = RunsAnalysis(
      zip(values, included).filter(\.1).map(\.0), centre: centre,
      isOrdered: ControlChart.isOrdered(kind, options))
    func scaled(_ limit: KeyPath<Limits, Double>, floored: Bool) -> [Double?] {
      limits.map { limits in
        guard let value = limits?[keyPath: limit], value.isFinite else { return nil }
        return floored && endsAtZero ? max(0, value * factor) : value * factor
      }
    }
    return ControlChart.Phase(
      positions: positions, centre: centre.map { $0 * factor }, values: shown, lower: scaled(\.lower, floored: true),
      upper: scaled(\.upper, floored: false), lower95: scaled(\.lower95, floored: true),
      upper95: scaled(\.upper95, floored: false), lower68: scaled(\.lower68, floored: true),
      upper68: scaled(\.upper68, floored: false), included: included, runs: runs)
  }
}
