/// Where everything in a forest plot lies: a pure function of the plot and the drawing's width.
///
/// From `wideFrom` on, names stand left, intervals in the middle, figures right, one row each. Below, name and figures stand
/// above their interval, which has the whole width.
struct ForestGeometry: Sendable, Equatable {
  static let wideFrom = 600.0

  struct Row: Sendable, Equatable {
    /// Lines of the name; `detail` follows the last one.
    let lines: [String]
    /// Baseline of the first line of text.
    let textY: Double
    /// The interval's height.
    let y: Double
    let x: Double
    let low: Double
    let high: Double
    /// The interval goes on beyond the drawing.
    let isCutLow: Bool
    let isCutHigh: Bool
    /// Side of the square, its area in proportion to the weight.
    let side: Double
  }

  struct Pooled: Sendable, Equatable {
    let textY: Double
    let y: Double
    let diamond: [Point]
    let prediction: ClosedRange<Double>?
  }

  let width: Double
  let height: Double
  let isWide: Bool
  let fontSize: Double
  let lineHeight: Double
  let scale: LinearScale
  let ticks: [(x: Double, words: String)]
  let zero: Double
  /// Where names begin, right of the verdict's shape.
  let nameX: Double
  /// Right edge of the figures; weights, when shown, stand at `weightX`.
  let figureX: Double
  let weightX: Double?
  let headY: Double
  /// From where to where the vertical lines run.
  let plotTop: Double
  let plotBottom: Double
  /// The pieces of the vertical lines: whole where names stand beside them, around each interval where they would run
  /// through names.
  var spans: [ClosedRange<Double>] {
    guard !isWide, let last = pooled?.y ?? rows.last?.y else { return [plotTop...plotBottom] }
    let half = fontSize * 0.6
    return (rows.map(\.y) + (pooled.map { [$0.y] } ?? [])).map { y in y - half...(y == last ? plotBottom : y + half) }
  }

  let rows: [Row]
  let divider: Double?
  let pooled: Pooled?
  /// Baseline of the line that counts what was never reported.
  let unreportedY: Double?

  init(_ plot: ForestPlot, width: Double) {
    self.width = width
    isWide = width >= Self.wideFrom
    fontSize = isWide ? 13.5 : 15
    lineHeight = fontSize * 1.3
    nameX = fontSize * 1.75
    let hasWeights = isWide && plot.rows.contains { $0.weight != nil }
    weightX = hasWeights ? width : nil
    figureX = hasWeights ? width - fontSize * 3.6 : width
    let figuresWide = Self.widestFigures(plot, size: fontSize)
    let left = isWide ? width * 0.33 : fontSize * 0.6
    let right = isWide ? figureX - figuresWide - fontSize * 1.2 : width - fontSize * 0.6
    scale = LinearScale(Self.domain(plot), from: left, to: right)
    zero = scale(0)
    ticks = Self.ticks(scale, isWide: isWide, size: fontSize)

    headY = fontSize * 1.1
    plotTop = headY + fontSize * 0.6
    var y = plotTop + fontSize * 0.35
    let heaviest = Self.relativeWeights(plot.rows).max() ?? 1
    var placed: [Row] = []
    for (row, weight) in zip(plot.rows, Self.relativeWeights(plot.rows)) {
      let space = isWide ? left - nameX - fontSize : width - nameX - figuresWide - fontSize * 0.8
      let spot = Self.row(
        row, at: y, lines: wrapped(row.label, width: space, size: fontSize, most: isWide ? 2 : 3), scale: scale,
        side: fontSize * (0.34 + 0.62 * (weight / heaviest).squareRoot()), isWide: isWide, size: fontSize,
        lineHeight: lineHeight)
      placed.append(spot.row)
      y = spot.bottom
    }
    rows = placed

    divider = plot.pooled == nil ? nil : y + fontSize * 0.2
    if let all = plot.pooled {
      y += fontSize * 0.55
      let (textY, middle) = (y + fontSize, isWide ? y + fontSize * 0.65 : y + lineHeight + fontSize * 0.75)
      let half = fontSize * 0.5
      pooled = Pooled(
        textY: textY, y: middle,
        diamond: [
          Point(x: scale.clamped(all.low), y: middle), Point(x: scale.clamped(all.effect), y: middle - half),
          Point(x: scale.clamped(all.high), y: middle), Point(x: scale.clamped(all.effect), y: middle + half),
        ],
        prediction: Self.placed(all.prediction, on: scale))
      y = middle + fontSize * 1.05
    } else {
      pooled = nil
    }
    plotBottom = y
    y += fontSize * 1.25
    unreportedY = plot.unreported > 0 ? y + fontSize * 1.7 : nil
    height = (unreportedY ?? y) + fontSize * 0.6
  }

  private static func placed(_ interval: ClosedRange<Double>?, on scale: LinearScale) -> ClosedRange<Double>? {
    interval.map { scale.clamped($0.lowerBound)...scale.clamped($0.upperBound) }
  }

  private static func row(
    _ row: ForestRow, at top: Double, lines: [String], scale: LinearScale, side: Double, isWide: Bool, size: Double,
    lineHeight: Double
  ) -> (row: Row, bottom: Double) {
    let textHeight = lineHeight * Double(lines.count)
    let y = isWide ? top + textHeight / 2 + size * 0.3 : top + textHeight + size * 0.75
    let placed = Row(
      lines: lines, textY: isWide ? y - textHeight / 2 + size * 0.98 : top + size, y: y,
      x: scale.clamped(row.effect), low: scale.clamped(row.low), high: scale.clamped(row.high),
      isCutLow: row.low < scale.domain.lowerBound, isCutHigh: row.high > scale.domain.upperBound, side: side)
    return (placed, isWide ? top + textHeight + size * 0.6 : y + size * 1.3)
  }

  /// Room for every effect, for the pooled figures and for no change; an interval many times wider than the others is cut
  /// with an arrow, so that one small trial does not squeeze the rest.
  static func domain(_ plot: ForestPlot) -> ClosedRange<Double> {
    var must = [0.0] + plot.rows.map(\.effect)
    if let pooled = plot.pooled { must += [pooled.low, pooled.high] }
    let halves = plot.rows.map { max($0.high - $0.effect, $0.effect - $0.low) }.sorted()
    let reach = halves.isEmpty ? 0.5 : 3 * halves[halves.count / 2]
    let (least, most) = (must.min() ?? 0, must.max() ?? 0)
    let ends =
      plot.rows.flatMap { [$0.low, $0.high] } + (plot.pooled?.prediction.map { [$0.lowerBound, $0.upperBound] } ?? [])
    let low = max(min(least, ends.min() ?? 0), least - reach)
    let high = min(max(most, ends.max() ?? 0), most + reach)
    let room = max((high - low) * 0.03, 1e-9)
    return low - room...high + room
  }

  /// Given weights, or where none is given the precision that the interval's width shows. A row without a weight among
  /// others that have one weighs nothing.
  private static func relativeWeights(_ rows: [ForestRow]) -> [Double] {
    if rows.contains(where: { $0.weight != nil }) { return rows.map { max($0.weight ?? 0, 1e-9) } }
    return rows.map { 1 / max(($0.high - $0.low) * ($0.high - $0.low), 1e-9) }
  }

  private static func ticks(_ scale: LinearScale, isWide: Bool, size: Double) -> [(x: Double, words: String)] {
    let (values, step) = scale.ticks(isWide ? 5 : 4)
    return values.map {
      (scale($0), abs($0) < step / 2 ? "no change" : signedFigure($0, places: places(forStep: step)))
    }
  }

  private static func widestFigures(_ plot: ForestPlot, size: Double) -> Double {
    let texts =
      plot.rows.map { effectWords($0.effect, $0.low, $0.high) }
      + (plot.pooled.map { [effectWords($0.effect, $0.low, $0.high)] } ?? [])
    return texts.map { textWidth($0, size: size) }.max() ?? 0
  }

  static func == (left: Self, right: Self) -> Bool {
    left.rows == right.rows && left.pooled == right.pooled && left.scale == right.scale && left.height == right.height
  }
}
