import Testing

@testable import Statistics

/// Laws that hold for every kind of chart, whatever the numbers and options; a failure names the seed that broke it.
struct ChartLawTests {
  private struct Case {
    let kind: ChartKind
    let series: ChartSeries
    let options: ChartOptions
  }

  /// One of each kind, with gaps, phases, frozen starts and excluded points.
  private static func cases(_ seed: Int) -> [Case] {
    var numbers = SeededNumbers(seed: UInt64(seed))
    return ChartKind.allCases.map { kind in
      let count = 14 + Int(numbers.uniform() * 30)
      var options = ChartOptions()
      if seed % 3 == 0 { options.parts = [count / 2] }
      if seed % 4 == 0 { options.freeze = 6 }
      if seed % 5 == 0 { options.exclude = [3, count - 1] }
      if seed % 7 == 0 { options.allowsNegative = false }
      return Case(kind: kind, series: series(kind, count, &numbers), options: options)
    }
  }

  private static func series(_ kind: ChartKind, _ count: Int, _ numbers: inout SeededNumbers) -> ChartSeries {
    if kind.needsSubgroups {
      return ChartSeries(
        subgroups: (0..<count).map { _ in (0..<(2 + Int(numbers.uniform() * 6))).map { _ in numbers.normal() * 8 } })
    }
    func some(_ value: Double) -> Double? { numbers.uniform() < 0.06 ? nil : value }
    if kind.needsSizes || kind == .prime {
      let sizes = (0..<count).map { _ in 20 + (numbers.uniform() * 200).rounded() }
      return ChartSeries(counts: sizes.map { some((numbers.uniform() * 0.4 * $0).rounded()) }, sizes: sizes)
    }
    if [.individuals, .run, .movingRange].contains(kind) {
      return ChartSeries(values: (0..<count).map { _ in some((numbers.normal() * 6).rounded()) })
    }
    return ChartSeries(values: (0..<count).map { _ in some((numbers.uniform() * 40).rounded() + 1) })
  }

  @Test(arguments: 0..<60) func noLimitCrossesTheCentreAndTheyLieInTheirOrder(seed: Int) throws {
    for item in Self.cases(seed) {
      let chart = try ControlChart(item.kind, item.series, options: item.options)
      for phase in chart.phases {
        guard let centre = phase.centre else { continue }
        for place in phase.values.indices {
          let low = [phase.lower, phase.lower95, phase.lower68].compactMap { $0[place] }
          let high = [phase.upper68, phase.upper95, phase.upper].compactMap { $0[place] }
          guard !low.isEmpty || !high.isEmpty else { continue }
          let all = low + high
          #expect(zip(all, all.dropFirst()).allSatisfy { $0 <= $1 }, "seed \(seed), \(item.kind)")
          #expect(all.allSatisfy { $0.isFinite }, "seed \(seed), \(item.kind)")
          guard let lower = phase.lower[place], let upper = phase.upper[place] else { continue }
          #expect(lower <= centre && centre <= upper, "seed \(seed), \(item.kind)")
        }
      }
    }
  }

  /// Shown times a number, everything is that many times as large, and the same points signal.
  @Test(arguments: 0..<30) func multiplyingChangesTheScaleAlone(seed: Int) throws {
    for item in Self.cases(seed) {
      var options = item.options
      options.multiply = 1024
      let (plain, scaled) = (
        try ControlChart(item.kind, item.series, options: item.options),
        try ControlChart(item.kind, item.series, options: options)
      )
      for (one, other) in zip(plain.phases, scaled.phases) {
        #expect(one.centre.map { $0 * 1024 } == other.centre, "seed \(seed), \(item.kind)")
        #expect(one.upper.map { $0.map { $0 * 1024 } } == other.upper, "seed \(seed), \(item.kind)")
        #expect(one.lower.map { $0.map { $0 * 1024 } } == other.lower, "seed \(seed), \(item.kind)")
        #expect(one.runs == other.runs, "seed \(seed), \(item.kind)")
      }
      for rules in RuleSet.allCases {
        #expect(rules.signals(in: plain) == rules.signals(in: scaled), "seed \(seed), \(item.kind), \(rules.name)")
      }
    }
  }

  /// Read backwards, a chart has the same centre, the same limits and the same runs.
  @Test(arguments: 0..<30) func backwardsTheLimitsAndRunsAreTheSame(seed: Int) throws {
    for item in Self.cases(seed) {
      let back = item.series.backwards
      guard item.kind != .movingRange else { continue }
      let (forth, turned) = (
        try ControlChart(item.kind, item.series).phases[0], try ControlChart(item.kind, back).phases[0]
      )
      #expect(close(forth.centre, turned.centre), "seed \(seed), \(item.kind)")
      for (one, other) in zip(forth.upper, turned.upper.reversed()) {
        #expect(close(one, other), "seed \(seed), \(item.kind)")
      }
      for (one, other) in zip(forth.lower, turned.lower.reversed()) {
        #expect(close(one, other), "seed \(seed), \(item.kind)")
      }
      #expect(forth.runs == turned.runs, "seed \(seed), \(item.kind)")
    }
  }

  /// Charts of counts and shares know no order but in their runs.
  @Test(arguments: 0..<20) func countsAndSharesTakeTheirLimitsFromNoOrder(seed: Int) throws {
    var numbers = SeededNumbers(seed: UInt64(seed))
    for item in Self.cases(seed) where [.proportion, .rate, .count, .gap, .run, .mean, .spread].contains(item.kind) {
      let order = item.series.entries.indices.shuffled(using: &numbers)
      let (straight, mixed) = (
        try ControlChart(item.kind, item.series).phases[0],
        try ControlChart(item.kind, item.series.ordered(order)).phases[0]
      )
      #expect(close(straight.centre, mixed.centre), "seed \(seed), \(item.kind)")
      for (place, from) in order.enumerated() {
        #expect(close(straight.upper[from], mixed.upper[place]), "seed \(seed), \(item.kind)")
      }
    }
  }

  private func close(_ one: Double?, _ other: Double?) -> Bool {
    guard let one, let other else { return one == nil && other == nil }
    return agrees(one, other, within: 1e-12) || abs(one - other) < 1e-12
  }
}

extension ChartSeries {
  fileprivate var backwards: ChartSeries { ordered(Array(entries.indices.reversed())) }

  fileprivate func ordered(_ order: [Int]) -> ChartSeries {
    ChartSeries(entries: order.map { entries[$0] }, hasSizes: hasSizes)
  }
}
