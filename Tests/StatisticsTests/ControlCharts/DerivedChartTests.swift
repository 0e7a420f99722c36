import Testing

@testable import Statistics

/// Charts beside the figures of `script/compare-statistics/charts.py`, which derives limits and rules anew in pure Python.
struct DerivedChartTests {
  private struct Vector: Decodable {
    struct Expected: Decodable {
      let parts: [Part]
      let signals: [String: [Signal]]
    }
    struct Part: Decodable {
      let values: [Double?]
      let center: Double?
      let lcl: [Double?]
      let ucl: [Double?]
      let lcl95: [Double?]
      let ucl95: [Double?]
      let n_useful: Int
      let longest_run: Int?
      let longest_run_max: Int?
      let n_crossings: Int?
      let n_crossings_min: Int?
    }
    /// A rule, its phase from 1, and its points from 1.
    struct Signal: Decodable, Comparable, CustomStringConvertible {
      let rule: String
      let phase: Int
      let points: [Int]

      init(_ signal: ChartSignal) {
        (rule, phase, points) = (signal.rule.rawValue, signal.phase + 1, signal.points.map { $0 + 1 })
      }

      init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        rule = try list.decode(String.self)
        phase = try list.decode(Int.self)
        points = try list.decode([Int].self)
      }

      var description: String { "\(rule) in phase \(phase): \(points)" }

      static func < (left: Self, right: Self) -> Bool { (left.phase, left.rule) < (right.phase, right.rule) }
    }
    let seed: Int
    let kind: ChartKind
    let y: [Double?]?
    let n: [Double?]?
    let subgroups: [[Double]]?
    let freeze: Int?
    let exclude: Set<Int>?
    let part_after: [Int]?
    let screened: Bool?
    let expected: Expected

    func chart() throws -> ControlChart {
      var options = ChartOptions()
      options.freeze = freeze
      options.exclude = exclude ?? []
      options.parts = part_after ?? []
      options.screensMovingRanges = screened ?? true
      let series =
        subgroups.map { ChartSeries(subgroups: $0) } ?? n.map { ChartSeries(counts: y ?? [], sizes: $0) }
        ?? ChartSeries(values: y ?? [])
      return try ControlChart(kind, series, options: options)
    }
  }

  private static func vectors() throws -> [Vector] { try ReferenceVectors.read("derived-charts.json") }

  @Test func limitsAreThoseOfTheFormulas() throws {
    let vectors = try Self.vectors()
    #expect(vectors.count >= 300 && Set(vectors.map(\.kind)) == Set(ChartKind.allCases))
    for vector in vectors {
      let phases = try vector.chart().phases
      #expect(phases.count == vector.expected.parts.count, "seed \(vector.seed)")
      for (phase, part) in zip(phases, vector.expected.parts) {
        let lists = [
          (phase.values, part.values), ([phase.centre], [part.center]), (phase.lower, part.lcl),
          (phase.upper, part.ucl), (phase.lower95, part.lcl95), (phase.upper95, part.ucl95),
        ]
        for (index, lists) in lists.enumerated() {
          let agree = lists.0.count == lists.1.count && zip(lists.0, lists.1).allSatisfy(Self.close)
          #expect(agree, "seed \(vector.seed), \(vector.kind), list \(index)")
        }
        let runs = phase.runs
        #expect(
          [runs.useful, runs.longestRun, runs.longestRunMax, runs.crossings, runs.crossingsMin]
            == [part.n_useful, part.longest_run, part.longest_run_max, part.n_crossings, part.n_crossings_min],
          "seed \(vector.seed), \(vector.kind)")
      }
    }
  }

  @Test(arguments: RuleSet.allCases) func signalsAreThoseOfTheRules(_ rules: RuleSet) throws {
    var seen: Set<String> = []
    for vector in try Self.vectors() {
      let found = rules.signals(in: try vector.chart()).map(Vector.Signal.init).sorted()
      let expected = (vector.expected.signals[rules.rawValue] ?? []).sorted()
      #expect(found.map(\.description) == expected.map(\.description), "seed \(vector.seed), \(vector.kind)")
      seen.formUnion(found.map(\.rule))
    }
    // Each rule has a case that it sees.
    #expect(seen == Set(rules.rules.map(\.rawValue)))
  }

  private static func close(_ one: Double?, _ other: Double?) -> Bool {
    guard let one, let other else { return one == nil && other == nil }
    return agrees(one, other, within: 1e-9) || abs(one - other) < 1e-12
  }
}
