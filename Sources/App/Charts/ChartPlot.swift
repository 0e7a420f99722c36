import Statistics

/// Something that happened at a point: a cycle began, an adviser left.
package struct ChartNote: Sendable, Equatable {
  /// Position of the point, counted from 0.
  package let position: Int
  package let words: String
  /// Whether the picture shows it; the table does always.
  package let isDrawn: Bool
  /// Where it happened in time, beside its point; nil at the point itself.
  let moment: Moment?

  /// A day on the axis of time.
  struct Moment: Sendable, Equatable {
    let place: Double
    /// "Wed 25 Nov 2026", shortened.
    let label: String
  }

  package init(_ position: Int, _ words: String, isDrawn: Bool = true) {
    self.init(position, words, at: nil, isDrawn: isDrawn)
  }

  init(_ position: Int, _ words: String, at moment: Moment?, isDrawn: Bool = true) {
    self.position = position
    self.words = words
    self.isDrawn = isDrawn
    self.moment = moment
  }
}

/// A run or control chart ready to be drawn: the analysis, what the points are called, and whose rules are used.
package struct ChartPlot: Sendable, Equatable {
  /// Unique on the page.
  package let id: String
  /// What is measured: "On time to first class".
  package let name: String
  package let chart: ControlChart
  package let rules: RuleSet
  /// What each point is called: "12 Oct"; as many as there are points.
  package let labels: [String]
  /// What a point is, in the singular: "week".
  package let unit: String
  package let notes: [ChartNote]
  package let target: Double?
  /// Values are shares, shown times 100 with a percent sign.
  package let isPercent: Bool
  /// Limits that differ from point to point publish each point's n: left out where n must stay hidden.
  package let showsLimits: Bool
  /// When the points were; nil where they simply follow one another.
  let time: TimeAxis?

  package init(
    id: String = "chart", name: String, chart: ControlChart, rules: RuleSet = .anhoej, labels: [String] = [],
    unit: String = "point", notes: [ChartNote] = [], target: Double? = nil, isPercent: Bool? = nil,
    showsLimits: Bool = true, time: TimeAxis? = nil
  ) {
    self.id = id
    self.name = name
    self.chart = chart
    self.rules = rules
    self.labels = labels.count == chart.values.count ? labels : chart.values.indices.map { "\($0 + 1)" }
    self.unit = unit
    self.notes = notes.filter { chart.values.indices.contains($0.position) }.enumerated()
      .sorted {
        ($0.element.position, $0.element.moment?.place ?? 0, $0.offset) < (
          $1.element.position, $1.element.moment?.place ?? 0, $1.offset
        )
      }
      .map(\.element)
    self.target = target
    self.isPercent = isPercent ?? ([.proportion, .proportionPrime].contains(chart.kind) && chart.options.multiply == 1)
    self.showsLimits = showsLimits
    self.time = time?.slots.count == chart.values.count ? time : nil
  }

  var drawnNotes: [ChartNote] { notes.filter(\.isDrawn) }

  /// Where a point lies on the axis, counted in periods from the first one.
  func place(_ position: Int) -> Double { time.map { Double($0.slots[position]) } ?? Double(position) }

  func place(_ note: ChartNote) -> Double {
    time == nil ? place(note.position) : note.moment?.place ?? place(note.position)
  }

  func label(_ note: ChartNote) -> String { note.moment?.label ?? labels[note.position] }

  /// The last place of the axis.
  var lastPlace: Double { time?.end ?? Double(chart.values.count - 1) }

  /// What the chart says, computed.
  package func sentence(changeAfter: Int? = nil) -> String {
    ChartSentence(
      chart, rules: rules, unit: unit, labels: labels.map { Int($0) == nil ? $0 : "\(unit) \($0)" },
      changeAfter: changeAfter, showsLimits: showsLimits
    ).text
  }

  /// "Read by the Anhøj rules, version 1, on a p chart".
  package var ruleLine: String {
    "Read by the \(rules.name) rules, version \(rules.version), on \(chart.kind.withArticle)" + screening
  }

  private var screening: String {
    guard chart.kind.usesMovingRanges, showsLimits else { return "" }
    return chart.options.screensMovingRanges ? ", moving ranges screened" : ", moving ranges not screened"
  }

  /// What the centre line is.
  var centreName: String { [.run, .gap].contains(chart.kind) ? "median" : "mean" }

  /// The rules that signalled, in the set's order, each with its points; a letter names it on the chart.
  var marks: [ChartMark] {
    let signals = rules.signals(in: chart).filter { showsLimits || !$0.rule.needsLimits }
    let seen = rules.rules.filter { rule in signals.contains { $0.rule == rule } }
    return zip(seen, "ABCDEFGH").map { rule, letter in
      let own = signals.filter { $0.rule == rule }
      return ChartMark(
        letter: String(letter), rule: rule, points: Set(own.flatMap(\.points)).sorted(),
        phases: Set(own.filter(\.points.isEmpty).map(\.phase)).sorted())
    }
  }
}

extension ChartKind {
  /// "a p chart", "an I chart": as it is spoken.
  var withArticle: String {
    let isVowel = [.individuals, .movingRange, .prime, .spread, .range, .mean].contains(self)
    return "\(isVowel ? "an" : "a") \(title)"
  }
}

/// A rule that signalled on a chart.
struct ChartMark: Sendable, Equatable {
  let letter: String
  let rule: ChartRule
  /// Positions, counted from 0.
  let points: [Int]
  /// Phases, counted from 0, that signal as a whole.
  let phases: [Int]
}

extension ChartPlot {
  /// Decimals that tell the values apart: enough for a step of the axis, one more for centre and limits.
  func figureWords(_ value: Double, step: Double, isExact: Bool = false) -> String {
    let shown = isPercent ? value * 100 : value
    let number = figure(shown, places: min(places(forStep: isPercent ? step * 100 : step) + (isExact ? 1 : 0), 6))
    return isPercent ? "\(number) %" : number
  }
}
