import Markup
import Statistics
import Testing

@testable import App

/// Periods without a value keep their place; what happened on a day stands on that day. Dates are counted by hand.
struct TimeAxisTests {
  private static func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

  @Test func aMissingWeekKeepsItsPlace() throws {
    let weeks = try ["2026-10-05", "2026-10-12", "2026-11-02", "2026-11-16"].map(Self.day)
    let time = try #require(TimeAxis(weeks, .week))
    #expect(time.slots == [0, 1, 4, 6])
    #expect(time.names.count == 7 && time.names[2] == "19 Oct 2026")
    #expect(time.gaps.map(\.count) == [2, 1] && time.gaps.map(\.after) == [1, 2])
    #expect(time.gaps.map(\.label) == ["19 Oct 2026 to 26 Oct 2026", "9 Nov 2026"])
    // The Wednesday of the second empty week; the day before the first point; two weeks after the last one.
    #expect(abs(time.place(of: try Self.day("2026-10-28")) - (3 + 2.0 / 7)) < 1e-9)
    #expect(time.place(of: try Self.day("2026-10-04")) == -0.5)
    #expect(abs(time.place(of: try Self.day("2026-11-30")) - 8) < 1e-9)
  }

  @Test func weekendsAreNoHolesInASchoolWeek() throws {
    let days = try ["2026-11-19", "2026-11-20", "2026-11-23", "2026-11-25"].map(Self.day)
    #expect(try #require(TimeAxis(days, .day)).slots == [0, 1, 2, 4])
    // Who counts on a Saturday, too, has seven days a week.
    let all = try ["2026-11-20", "2026-11-21", "2026-11-23"].map(Self.day)
    #expect(try #require(TimeAxis(all, .day)).slots == [0, 1, 3])
  }

  @Test func monthsAreCountedByTheCalendar() throws {
    let months = try ["2025-12-01", "2026-02-01", "2026-03-01"].map(Self.day)
    let time = try #require(TimeAxis(months, .month))
    #expect(time.slots == [0, 2, 3] && time.gaps.map(\.label) == ["Jan 2026"])
    #expect(abs(time.place(of: try Self.day("2026-02-15")) - 2.5) < 1e-9)
  }

  @Test func thePictureLeavesTheHoleAndTheTableNamesIt() throws {
    let weeks = try ["2026-10-05", "2026-10-12", "2026-11-02", "2026-11-09"].map(Self.day)
    var time = try #require(TimeAxis(weeks, .week))
    time.lose(at: try Self.day("2026-10-19"), "Withdrawn by Ms Roy, 19 Oct 2026: a fire drill")
    let chart = try ControlChart(.individuals, ChartSeries(values: [7, 9, 8, 6]))
    let wednesday = try Self.day("2026-10-28")
    let note = ChartNote(2, "Cycle 1: A call home", at: .init(place: time.place(of: wednesday), label: wednesday.short))
    let plot = ChartPlot(
      name: "Late", chart: chart, labels: weeks.map(Schedule.week.label), unit: "week", notes: [note], time: time)
    let place = ChartGeometry(plot, width: 760)
    let xs = place.spots.map(\.at.x)
    let week = xs[1] - xs[0]
    #expect(abs(xs[2] - xs[1] - 3 * week) < 1e-9 && abs(xs[3] - xs[2] - week) < 1e-9)
    #expect(place.lines.map(\.count) == [2, 2])
    #expect(abs(place.noteXs[0] - (xs[1] + week * (2 + 2.0 / 7))) < 1e-9)
    #expect(place.noteSigns.map(\.words) == ["1"])
    let close = ChartNote(2, "A phase", at: note.moment)
    let both = ChartPlot(name: "Late", chart: chart, labels: plot.labels, notes: [note, close], time: time)
    #expect(ChartGeometry(both, width: 360).noteSigns.map(\.words) == ["1, 2"])
    #expect(abs(place.lostXs[0] - (xs[1] + week)) < 1e-9)
    // A limit that is the same on both sides goes on over the hole.
    #expect(place.limits.allSatisfy { $0.count == 2 } && place.limits.count == 2)
    let table = String(decoding: plot.table.bytes, as: UTF8.self)
    #expect(table.contains("no value for 2 weeks; Withdrawn by Ms Roy, 19 Oct 2026: a fire drill"))
    #expect(table.contains("19 Oct 2026 to 26 Oct 2026") && table.contains("Cycle 1: A call home, 28 Oct 2026"))
    // What is computed does not know of the hole.
    #expect(plot.chart == chart)
    let bare = ChartPlot(name: "Late", chart: chart, labels: plot.labels, unit: "week")
    #expect(bare.sentence() == plot.sentence())
  }

  @Test func stepsOfASmallChartAreWholeAndRelative() {
    #expect(
      SmallChart.steps([[Point(x: 1, y: 2), Point(x: 4.2, y: 2), Point(x: 4.2, y: 0), Point(x: 6, y: 3)]])
        == "M1 2h3v-2l2 3")
    #expect(SmallChart.steps([[Point(x: 1, y: 2), Point(x: 3, y: 1), Point(x: 5, y: 2)]]) == "M1 2l2-1 2 1")
    #expect(SmallChart.steps([[Point(x: 5, y: 5), Point(x: 5, y: 5)]]) == "M5 5h0")
  }
}
