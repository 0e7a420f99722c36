import Statistics

/// Where everything in a run or control chart lies: a pure function of the chart and the drawing's width.
struct ChartGeometry: Sendable, Equatable {
  static let wideFrom = 600.0

  struct Spot: Sendable, Equatable {
    let position: Int
    let at: Point
    /// A rule names this point.
    let isMarked: Bool
    let isExcluded: Bool
  }

  /// Words beside the end of a line.
  struct EndLabel: Sendable, Equatable {
    enum Line: Sendable, Equatable { case centre, limit, target }
    let line: Line
    let words: String
    var y: Double
  }

  struct Letter: Sendable, Equatable {
    let words: String
    let at: Point
  }

  /// One line of the key beneath: the first of an entry bears its sign.
  struct KeyLine: Sendable, Equatable {
    /// A letter of a rule or a number of a note; nil on the lines that go on.
    let sign: String?
    let isNote: Bool
    let words: String
  }

  struct Tick: Sendable, Equatable {
    let at: Double
    let words: String
  }

  let width: Double
  let height: Double
  let isWide: Bool
  let fontSize: Double
  let plotTop: Double
  let plotBottom: Double
  let plotLeft: Double
  let plotRight: Double
  let scale: LinearScale
  let step: Double
  let spots: [Spot]
  /// The line through the points, broken at gaps and between phases.
  let lines: [[Point]]
  /// One for each phase: from, to, height.
  let centres: [(from: Point, to: Point)]
  /// Steps of a limit, broken where there is none; straight where it does not vary.
  let limits: [[Point]]
  let targetY: Double?
  let endLabels: [EndLabel]
  let letters: [Letter]
  let noteXs: [Double]
  /// The numbers of notes; those that would lie upon each other are one: "2, 3".
  let noteSigns: [Tick]
  /// Where values were withdrawn.
  let lostXs: [Double]
  let valueTicks: [Tick]
  let pointTicks: [Tick]
  let key: [KeyLine]
  let keyTop: Double
  let lineHeight: Double

  init(_ plot: ChartPlot, width: Double) {
    self.width = width
    isWide = width >= Self.wideFrom
    fontSize = isWide ? 13.5 : 15
    lineHeight = fontSize * 1.35
    let domain = Self.domain(plot)
    plotTop = fontSize * (plot.drawnNotes.isEmpty ? 1.4 : 2.6)
    plotBottom = plotTop + (isWide ? 240 : 220)
    scale = LinearScale(domain, from: plotBottom, to: plotTop)
    let (values, step) = scale.ticks(isWide ? 7 : 6)
    self.step = step
    valueTicks = values.map { [scale] in Tick(at: scale($0), words: plot.figureWords($0, step: step)) }
    plotLeft = (valueTicks.map { [fontSize] in textWidth($0.words, size: fontSize) }.max() ?? 0) + fontSize * 0.7
    let ends = Self.endLabels(plot, scale: scale, step: step, isWide: isWide)
    let room = ends.map { [fontSize] in textWidth($0.words, size: fontSize) }.max() ?? 0
    plotRight = width - room - fontSize * 0.6
    endLabels = Self.apart(ends, by: fontSize * 1.12, within: plotTop...plotBottom)

    // Half a period of room before the first point, for what began before it.
    let early = max(0, -(plot.drawnNotes.map(plot.place).min() ?? 0))
    let (left, pitch) = (
      plotLeft + fontSize * 0.5, (plotRight - plotLeft - fontSize) / max(plot.lastPlace + early, 1)
    )
    func x(at place: Double) -> Double { left + (place + early) * pitch }
    func x(_ position: Int) -> Double { x(at: plot.place(position)) }
    let marked = Set(plot.marks.flatMap(\.points))
    spots = plot.chart.phases.flatMap { [scale] phase in
      zip(phase.positions, zip(phase.values, phase.included)).compactMap { position, point in
        point.0.map {
          Spot(
            position: position, at: Point(x: x(position), y: scale($0)), isMarked: marked.contains(position),
            isExcluded: !point.1)
        }
      }
    }
    lines = plot.chart.phases.flatMap { [scale] phase in
      Self.unbroken(
        zip(phase.positions, phase.values).flatMap { position, value in
          // Where periods are missing, the line has a hole.
          (position > phase.positions.lowerBound && plot.place(position) - plot.place(position - 1) > 1 ? [nil] : [])
            + [value.map { Point(x: x(position), y: scale($0)) }]
        })
    }
    let half = min(pitch / 2, fontSize * 0.5)
    centres = plot.chart.phases.compactMap { [scale] phase in
      guard let centre = phase.centre else { return nil }
      let y = scale.clamped(centre)
      return (
        Point(x: x(phase.positions.lowerBound) - half, y: y), Point(x: x(phase.positions.upperBound - 1) + half, y: y)
      )
    }
    limits =
      !plot.showsLimits
      ? []
      : plot.chart.phases.flatMap { [scale] phase in
        [phase.lower, phase.upper].flatMap { limit in
          Self.steps(
            limit.map { $0.map { scale.clamped($0) } }, x: { x(phase.positions.lowerBound + $0) }, half: pitch / 2,
            end: half)
        }
      }
    targetY = plot.target.map { [scale] in scale.clamped($0) }
    noteXs = plot.drawnNotes.map { x(at: plot.place($0)) }
    noteSigns = noteXs.enumerated().reduce(into: [Tick]()) { [fontSize] signs, note in
      if let last = signs.last, note.element - last.at < fontSize {
        signs[signs.count - 1] = Tick(at: last.at, words: "\(last.words), \(note.offset + 1)")
      } else {
        signs.append(Tick(at: note.element, words: "\(note.offset + 1)"))
      }
    }
    lostXs = plot.time?.lost.map { x(at: $0.slot) } ?? []
    letters = Self.letters(plot, spots, size: fontSize, scale: scale, bottom: plotBottom)
    pointTicks = Self.pointTicks(plot, x: { x(at: $0) }, size: fontSize, within: plotLeft...plotRight)
    keyTop = plotBottom + fontSize * 3.4
    key = Self.key(plot, width: width - fontSize * 1.4, size: fontSize)
    height = (key.isEmpty ? plotBottom + fontSize * 1.9 : keyTop + Double(key.count) * lineHeight)
  }

  // MARK: parts

  /// Room for every value, centre, limit and target. Limits far beyond all values are shown all the same: they are the answer.
  static func domain(_ plot: ChartPlot) -> ClosedRange<Double> {
    var shown = plot.chart.values.compactMap(\.self) + plot.chart.phases.compactMap(\.centre)
    if plot.showsLimits { shown += plot.chart.phases.flatMap { ($0.lower + $0.upper).compactMap(\.self) } }
    if let target = plot.target { shown.append(target) }
    guard let least = shown.min(), let most = shown.max() else { return 0...1 }
    let room = most > least ? (most - least) * 0.08 : max(abs(most) * 0.1, 0.5)
    return least - room...most + room
  }

  /// Runs of points without a gap.
  static func unbroken(_ points: [Point?]) -> [[Point]] {
    var runs: [[Point]] = [[]]
    for point in points {
      if let point { runs[runs.count - 1].append(point) } else if !(runs.last ?? []).isEmpty { runs.append([]) }
    }
    return runs.filter { !$0.isEmpty }
  }

  /// A limit as steps half-way between points; equal neighbours make one straight piece.
  static func steps(_ heights: [Double?], x: (Int) -> Double, half: Double, end: Double) -> [[Point]] {
    var pieces: [[Point]] = []
    var piece: [Point] = []
    for (index, height) in heights.enumerated() {
      guard let height else {
        if !piece.isEmpty { pieces.append(piece) }
        piece = []
        continue
      }
      let (isFirst, isLast) = (piece.isEmpty, index == heights.count - 1 || heights[index + 1] == nil)
      let from = Point(x: x(index) - (isFirst && index == 0 ? end : half), y: height)
      let to = Point(x: x(index) + (isLast && index == heights.count - 1 ? end : half), y: height)
      // Over a hole only a limit that is the same on both sides goes on.
      if let before = piece.last, before.y != height, from.x - before.x > half {
        pieces.append(piece)
        piece = []
      }
      if let before = piece.last, before.y == height { piece[piece.count - 1] = to } else { piece += [from, to] }
    }
    return piece.isEmpty ? pieces : pieces + [piece]
  }

  private static func endLabels(_ plot: ChartPlot, scale: LinearScale, step: Double, isWide: Bool) -> [EndLabel] {
    guard let phase = plot.chart.phases.last else { return [] }
    func words(_ name: String, _ value: Double) -> String {
      let number = plot.figureWords(value, step: step, isExact: true)
      return isWide ? "\(name) \(number)" : number
    }
    var labels: [EndLabel] = []
    if let centre = phase.centre {
      labels.append(EndLabel(line: .centre, words: words(plot.centreName, centre), y: scale.clamped(centre)))
    }
    if plot.showsLimits {
      for limit in [phase.upper.last ?? nil, phase.lower.last ?? nil].compactMap(\.self) {
        labels.append(EndLabel(line: .limit, words: words("limit", limit), y: scale.clamped(limit)))
      }
    }
    if let target = plot.target {
      labels.append(EndLabel(line: .target, words: words("target", target), y: scale.clamped(target)))
    }
    return labels
  }

  /// The labels moved no further than needed, so that neighbours are `gap` apart and all stay within.
  static func apart(_ labels: [EndLabel], by gap: Double, within range: ClosedRange<Double>) -> [EndLabel] {
    var sorted = labels.sorted { $0.y < $1.y }
    for index in sorted.indices.dropFirst() { sorted[index].y = max(sorted[index].y, sorted[index - 1].y + gap) }
    let overflow = (sorted.last?.y ?? 0) - range.upperBound
    if overflow > 0, !sorted.isEmpty {
      sorted[sorted.count - 1].y -= overflow
      for index in sorted.indices.dropLast().reversed() {
        sorted[index].y = min(sorted[index].y, sorted[index + 1].y - gap)
      }
    }
    return sorted
  }

  /// A letter above the first point of each unbroken stretch of a mark; letters of one point stand side by side.
  private static func letters(
    _ plot: ChartPlot, _ spots: [Spot], size: Double, scale: LinearScale, bottom: Double
  ) -> [Letter] {
    var words: [Int: String] = [:]
    for mark in plot.marks {
      for (index, position) in mark.points.enumerated() where index == 0 || mark.points[index - 1] != position - 1 {
        words[position, default: ""] += mark.letter
      }
    }
    // Above a high point and beneath a low one, away from the line; where there is no room beneath, above.
    return spots.compactMap { spot in
      let centre = plot.chart.phases.first { $0.positions.contains(spot.position) }?.centre.map { scale.clamped($0) }
      let isLow = spot.at.y > centre ?? spot.at.y && spot.at.y + size * 1.7 < bottom
      return words[spot.position].map {
        Letter(words: $0, at: Point(x: spot.at.x, y: spot.at.y + (isLow ? size * 1.5 : -size * 0.75)))
      }
    }
  }

  /// As many names of points, or of periods with and without one, as have room, evenly spaced, the first among them.
  private static func pointTicks(
    _ plot: ChartPlot, x: (Double) -> Double, size: Double, within range: ClosedRange<Double>
  ) -> [Tick] {
    let names = plot.time?.names ?? plot.labels
    let count = names.count
    let widest = names.map { textWidth($0, size: size) }.max() ?? 0
    let most = max(1, Int((range.upperBound - range.lowerBound) / (widest + size * 1.2)))
    let stride = max(1, (count + most - 1) / most)
    return Swift.stride(from: 0, to: count, by: stride).map { Tick(at: x(Double($0)), words: names[$0]) }
  }

  private static func key(_ plot: ChartPlot, width: Double, size: Double) -> [KeyLine] {
    func lines(_ sign: String, isNote: Bool, _ words: String) -> [KeyLine] {
      wrapped(words, width: width, size: size, most: 3).enumerated().map {
        KeyLine(sign: $0 == 0 ? sign : nil, isNote: isNote, words: $1)
      }
    }
    return plot.marks.flatMap { mark in
      let phases = mark.phases.map { plot.chart.phases.count > 1 ? " in phase \($0 + 1)" : "" }.joined(
        separator: " and")
      return lines(mark.letter, isNote: false, mark.rule.words + phases)
    }
      + plot.drawnNotes.enumerated().flatMap { index, note in
        lines("\(index + 1)", isNote: true, "\(note.words), \(plot.label(note))")
      } + (plot.time?.lost ?? []).flatMap { lines("×", isNote: false, $0.words) }
  }

  static func == (left: Self, right: Self) -> Bool {
    left.spots == right.spots && left.lines == right.lines && left.limits == right.limits
      && left.endLabels == right.endLabels && left.height == right.height && left.key == right.key
  }
}
