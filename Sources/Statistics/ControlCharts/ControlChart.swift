/// How a chart is to be computed.
public struct ChartOptions: Sendable, Equatable {
  /// Drop moving ranges far above their average, once (Nelson 1982). It decides signals, so it is printed on the chart.
  public var screensMovingRanges = true
  /// Limits rest on this many first points of each phase, and are drawn over all of it; nil for all points.
  public var freeze: Int?
  /// The last point of each phase but the last, counted from 1.
  public var parts: [Int] = []
  /// Points, counted from 1, left out of centre, limits and runs; still held against the limits.
  public var exclude: Set<Int> = []
  /// A centre line given from outside, in the unit before `multiply`.
  public var centre: Double?
  /// Everything is shown times this: per 10,000.
  public var multiply = 1.0
  /// The points are no sequence in time (schools side by side): Laney's spread is then a standard deviation, and there are
  /// no runs.
  public var isUnordered = false
  /// Lower limits below 0 are shown even when no value is below 0.
  public var allowsNegative = true
  /// I′ takes its spread from every point of the phase, frozen and excluded ones too, as qicharts2 0.8 does.
  public var primeSpreadFromAll = false

  public init() {}
}

/// A computed chart: the points and, for each phase, its centre and limits. It never starts a new phase by itself.
public struct ControlChart: Sendable, Equatable {
  /// Points that belong together, analysed alone.
  public struct Phase: Sendable, Equatable {
    /// Positions in the chart, counted from 0.
    public let positions: Range<Int>
    /// Nil when nothing was measured.
    public let centre: Double?
    /// Plotted values; nil where missing.
    public let values: [Double?]
    /// Three standard errors around the centre, one for each point; nil where there is none.
    public let lower: [Double?]
    public let upper: [Double?]
    /// Two standard errors.
    public let lower95: [Double?]
    public let upper95: [Double?]
    /// One standard error.
    public let lower68: [Double?]
    public let upper68: [Double?]
    /// Whether each point counts for centre, limits and runs.
    public let included: [Bool]
    public let runs: RunsAnalysis

    /// Positions of points strictly beyond a limit.
    public var beyond: [Int] {
      positions.indices.compactMap { index in
        let place = index - positions.lowerBound
        guard let value = values[place] else { return nil }
        if let high = upper[place], value > high { return index }
        if let low = lower[place], value < low { return index }
        return nil
      }
    }
  }

  public let kind: ChartKind
  public let options: ChartOptions
  public let phases: [Phase]

  /// Whether runs and trends mean anything: not among schools side by side, nor among moving ranges, which share values.
  var isOrdered: Bool { Self.isOrdered(kind, options) }

  static func isOrdered(_ kind: ChartKind, _ options: ChartOptions) -> Bool {
    !options.isUnordered && kind != .movingRange
  }

  public var values: [Double?] { phases.flatMap(\.values) }
  /// Positions of points beyond their limits, in order.
  public var beyond: [Int] { phases.flatMap(\.beyond) }

  /// - Throws: `StatisticsError.input`; the field is `values`, `sizes`, `centre`, `multiply`, `freeze` or `exclude`, with its position from 1.
  public init(_ kind: ChartKind, _ series: ChartSeries, options: ChartOptions = .init()) throws {
    try Self.check(kind, series, options)
    self.kind = kind
    self.options = options
    let ends = Set(options.parts.filter { $0 > 0 && $0 < series.count }).sorted() + [series.count]
    phases = zip([0] + ends, ends).map { start, end in
      PhaseComputation(kind, series, positions: start..<end, options: options).phase
    }
  }
}

extension ControlChart {
  private static func check(_ kind: ChartKind, _ series: ChartSeries, _ options: ChartOptions) throws {
    guard series.measured >= 2 else {
      throw StatisticsError.input(field: "values", advice: "must hold at least two measured points")
    }
    if kind.needsSizes, !series.hasSizes { throw StatisticsError.input(field: "sizes", advice: "is missing") }
    for (index, entry) in series.entries.enumerated() { try check(kind, entry, at: index + 1) }
    try check(kind, options, count: series.count)
  }

  private static func check(_ kind: ChartKind, _ options: ChartOptions, count: Int) throws {
    if let centre = options.centre, !centre.isFinite || !kind.centres.contains(centre) {
      throw StatisticsError.input(field: "centre", advice: "must be a value that a \(kind.title) can have")
    }
    guard options.multiply.isFinite, options.multiply > 0 else {
      throw StatisticsError.input(field: "multiply", advice: "must be above 0")
    }
    if let freeze = options.freeze, freeze < 2 {
      throw StatisticsError.input(field: "freeze", advice: "must be 2 or more")
    }
    if options.exclude.count >= count {
      throw StatisticsError.input(field: "exclude", advice: "must leave at least one point")
    }
  }

  private static func check(_ kind: ChartKind, _ entry: ChartSeries.Entry, at position: Int) throws {
    guard let sum = entry.sum else { return }
    if let size = entry.size {
      guard size > 0, size.isFinite else {
        throw StatisticsError.input(field: "sizes[\(position)]", advice: "must be above 0")
      }
      if kind == .proportion || kind == .proportionPrime, sum > size {
        throw StatisticsError.input(field: "values[\(position)]", advice: "must not be above its n")
      }
    }
    guard sum.isFinite, entry.value?.isFinite ?? true else {
      throw StatisticsError.input(field: "values[\(position)]", advice: "must be a finite number")
    }
    switch kind {
    case .proportion, .proportionPrime, .count, .rate, .ratePrime, .gap:
      guard sum >= 0 else { throw StatisticsError.input(field: "values[\(position)]", advice: "must not be below 0") }
    case .time:
      guard let value = entry.value, value > 0 else {
        throw StatisticsError.input(field: "values[\(position)]", advice: "must be above 0: no time lies between")
      }
    default: break
    }
  }
}
