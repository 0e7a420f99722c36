import Statistics
import Testing

@testable import App

/// Places of the forest plot, as numbers.
struct ForestGeometryTests {
  private static let plot = ChartSamples.forest(ChartSamples.nine)
  private static let widths = [320.0, 360, 599, 600, 760, 1200]

  @Test(arguments: widths)
  func everyMarkStaysWithinTheDrawing(_ width: Double) {
    for plot in [Self.plot, ChartSamples.forest(ChartSamples.long)] {
      let place = ForestGeometry(plot, width: width)
      for row in place.rows {
        #expect(row.low >= 0 && row.high <= width && row.low <= row.x && row.x <= row.high)
        #expect(row.y > place.plotTop && row.y < place.plotBottom)
      }
      #expect(place.plotBottom < place.height)
    }
  }

  @Test(arguments: widths)
  func equalEffectsStandOneBelowTheOther(_ width: Double) {
    let row = ForestRow(label: "A", effect: 0.2, low: 0, high: 0.4, verdict: .mixed)
    let place = ForestGeometry(ForestPlot(rows: [row, row, row]), width: width)
    #expect(Set(place.rows.map(\.x)).count == 1)
    #expect(place.rows[1].y - place.rows[0].y == place.rows[2].y - place.rows[1].y)
  }

  @Test func belowSixHundredTheNameStandsAboveItsInterval() {
    for row in ForestGeometry(Self.plot, width: 360).rows { #expect(row.textY < row.y - row.side / 2) }
    for row in ForestGeometry(Self.plot, width: 760).rows { #expect(abs(row.textY - row.y) < 8) }
  }

  /// Area in proportion to the weight: four times the weight, twice the side beyond the least size.
  @Test func theSquareGrowsWithTheWeight() {
    let rows = [0.1, 0.4].map {
      ForestRow(label: "A", effect: 0, low: -1, high: 1, weight: $0, verdict: .mixed)
    }
    let sides = ForestGeometry(ForestPlot(rows: rows), width: 760).rows.map(\.side)
    #expect(abs((sides[0] - 13.5 * 0.34) * 2 - (sides[1] - 13.5 * 0.34)) < 1e-9)
  }

  @Test func anIntervalManyTimesWiderThanTheOthersIsCut() {
    let place = ForestGeometry(ChartSamples.forest(ChartSamples.long), width: 760)
    #expect(place.rows.map(\.isCutHigh) == [false, false, true])
    #expect(place.rows[2].x < place.rows[2].high)
  }

  @Test func theDiamondSpansTheInterval() throws {
    let place = ForestGeometry(Self.plot, width: 760)
    let pooled = try #require(place.pooled)
    #expect(pooled.diamond.map(\.x) == [0.05, 0.17, 0.29, 0.17].map { place.scale($0) })
  }

  @Test func noTrialLeavesAnEmptyPlotAndTheUnreported() {
    let place = ForestGeometry(ForestPlot(rows: [], unreported: 2), width: 360)
    #expect(place.rows.isEmpty && place.pooled == nil && place.unreportedY != nil)
    #expect(place.scale.domain.contains(0))
  }

  /// 500 trials in five verdicts share 72 marks.
  @Test func manyTrialsShareMarks() {
    #expect(trialsPerMark([1, 2, 3]) == 1)
    #expect(trialsPerMark([100, 100, 100, 100, 100]) == 7)
    #expect(trialsPerMark([1, 700]) == 10)
  }
}

/// Small arithmetic of drawing.
struct DrawingTests {
  @Test func lengthsAreWrittenToATenth() {
    #expect([1.0, 1.04, 1.06, -0.04, -2.5, .nan].map(tenths) == ["1", "1", "1.1", "0", "-2.5", "0"])
  }

  @Test func figuresHaveATrueMinusAndNoNegativeZero() {
    #expect([0.414, -0.141, -0.001, 0].map { signedFigure($0, places: 2) } == ["+0.41", "−0.14", "0.00", "0.00"])
    #expect(figure(12345.678, places: 1) == "12,345.7")
    #expect(figure(7, places: 0) == "7")
  }

  @Test func ticksAreRound() {
    let scale = LinearScale(0...0.97, from: 0, to: 100)
    #expect(scale.ticks(5).values.map { figure($0, places: 1) } == ["0.0", "0.2", "0.4", "0.6", "0.8"])
    #expect(places(forStep: 0.2) == 1 && places(forStep: 25) == 0 && places(forStep: 0.025) == 3)
    #expect(LinearScale.roundStep(0.03) == 0.05)
  }

  @Test func aDomainOfOnePointIsWidened() {
    let scale = LinearScale(5...5, from: 0, to: 10)
    #expect(scale(5) == 5)
  }

  @Test func longNamesWrapAndEndInAnEllipsis() {
    let lines = wrapped("Mount Mansfield Supervisory Union Career and Technical Center", width: 150, size: 13)
    #expect(lines.count == 2 && lines[1].hasSuffix("…"))
    #expect(lines.allSatisfy { textWidth($0, size: 13) <= 150 })
    #expect(wrapped("", width: 100, size: 13) == [""])
  }
}
