import Markup
import Statistics
import Testing

@testable import App

/// Places of run and control charts, funnel plots and small lines, as numbers.
struct ChartGeometryTests {
  private static let plots = [ChartSamples.weeks, ChartSamples.phases, ChartSamples.run].compactMap(\.self)

  @Test(arguments: [320.0, 360, 600, 760, 1100])
  func everyPointStaysWithinTheAxes(_ width: Double) {
    #expect(Self.plots.count == 3)
    for plot in Self.plots {
      let place = ChartGeometry(plot, width: width)
      for spot in place.spots {
        #expect(spot.at.x > place.plotLeft && spot.at.x < place.plotRight)
        #expect(spot.at.y >= place.plotTop && spot.at.y <= place.plotBottom)
      }
      for label in place.endLabels {
        #expect(place.plotRight + textWidth(label.words, size: place.fontSize) <= width)
      }
      #expect(place.height > place.plotBottom)
    }
  }

  @Test func pointsAreEvenlySpacedAndGapsBreakTheLine() throws {
    let plot = try #require(ChartSamples.phases)
    let place = ChartGeometry(plot, width: 760)
    let first = place.spots[1].at.x - place.spots[0].at.x
    #expect(abs(place.spots[27 - 1].at.x - place.spots[0].at.x - 27 * first) < 1e-9)
    // Phase one is broken by the missing week, phase two is whole.
    #expect(place.lines.map(\.count) == [8, 5, 14])
  }

  @Test func aConstantLimitIsOneStraightPiece() throws {
    let plot = try #require(ChartSamples.phases)
    #expect(ChartGeometry(plot, width: 760).limits.map(\.count) == [2, 2, 2, 2])
  }

  @Test func aVaryingLimitIsDrawnInSteps() throws {
    let plot = try #require(ChartSamples.weeks)
    let limits = ChartGeometry(plot, width: 760).limits
    #expect(limits.count == 2 && limits.allSatisfy { $0.count > 40 })
    for piece in limits {
      for (first, second) in zip(piece, piece.dropFirst()) {
        #expect(abs(first.x - second.x) < 1e-9 || first.y == second.y)
      }
    }
  }

  @Test func endLabelsDoNotOverlap() {
    for plot in Self.plots {
      let labels = ChartGeometry(plot, width: 360).endLabels
      for (upper, lower) in zip(labels, labels.dropFirst()) { #expect(lower.y - upper.y >= 15 * 1.12 - 1e-9) }
    }
  }

  @Test func hiddenLimitsAreNeitherDrawnNorListed() throws {
    let plot = try #require(ChartSamples.weeks)
    let bare = ChartPlot(name: plot.name, chart: plot.chart, unit: "week", showsLimits: false)
    #expect(ChartGeometry(bare, width: 760).limits.isEmpty)
    #expect(!bare.table.string.contains("limit") && !bare.drawing(width: 760, id: "a").string.contains("limit"))
    #expect(bare.marks.map(\.rule) == [.longRun])
  }

  @Test func oneNoteHasOneLineAndOneKeyEntry() throws {
    let plot = try #require(ChartSamples.weeks)
    let place = ChartGeometry(plot, width: 760)
    #expect(place.noteXs.count == 2)
    #expect(place.key.compactMap(\.sign) == ["A", "B", "1", "2"])
  }

  @Test func theFunnelHoldsItsDotsAndItsLimitsNarrow() throws {
    let plot = try #require(ChartSamples.funnel)
    for width in [360.0, 760] {
      let place = FunnelGeometry(plot, width: width)
      #expect(place.dots.allSatisfy { $0.x > 0 && $0.x < width && $0.y > 0 && $0.y < place.height })
      let gaps = zip(place.curves[0], place.curves[1]).map { $0.y - $1.y }
      #expect(zip(gaps, gaps.dropFirst()).allSatisfy { $0 >= $1 - 1e-9 })
    }
    #expect(plot.points.count(where: plot.isOutside) == 2)
  }

  @Test func aSmallLineOfNothingIsNothing() {
    #expect(SparkGeometry([nil, nil], width: 100, height: 20).lines.isEmpty)
    #expect(SparkGeometry([], width: 100, height: 20).last == nil)
    #expect(SparkGeometry([3], width: 100, height: 20).last != nil)
  }

  /// A file of its own must colour all that it draws.
  @Test func aDrawingOfItsOwnKnowsEveryClassItUses() throws {
    let drawings =
      Self.plots.map { $0.drawing(width: 760, id: "a") } + [
        ChartSamples.forest(ChartSamples.nine).drawing(width: 360, id: "b"),
        try #require(ChartSamples.funnel).drawing(width: 760, id: "c"),
      ]
    for drawing in drawings {
      for match in drawing.string.matches(of: /class="([^"]*)"/) {
        for name in match.output.1.split(separator: " ") {
          #expect(standaloneStyle.contains(".\(name){") || standaloneStyle.contains(".\(name),"), "\(name)")
        }
      }
    }
  }

  @Test func aFileCarriesItsStyle() throws {
    let file = try #require(ChartSamples.run).drawing(width: 760, id: "a", isFile: true).string
    #expect(
      file.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\"") && file.contains("<style>\(standaloneStyle)</style>"))
  }

  /// Words that people type never become markup.
  @Test func hostileNamesStayText() throws {
    let chart = try ControlChart(.run, ChartSeries(values: [1, 2, 3, 4]))
    let plot = ChartPlot(
      name: "<script>alert(1)</script>", chart: chart, labels: ["<b>", "\"", "&", "'"],
      notes: [ChartNote(1, "</svg><script>")])
    for text in [plot.html().string, plot.drawing(width: 360, id: "x", isFile: true).string] {
      #expect(!text.contains("<script") && !text.contains("<b>"))
    }
  }
}
