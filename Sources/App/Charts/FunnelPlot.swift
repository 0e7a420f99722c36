import Markup
import Statistics

/// One school in a funnel plot.
package struct FunnelPoint: Sendable, Equatable {
  /// Nil where the viewer may not know which school it is.
  package let name: String?
  /// Pupils, or 1/se² of an effect.
  package let size: Double
  package let value: Double
  /// The viewer's own school, which is named and filled.
  package let isOwn: Bool

  package init(name: String? = nil, size: Double, value: Double, isOwn: Bool = false) {
    self.name = name
    self.size = size
    self.value = value
    self.isOwn = isOwn
  }
}

/// Schools by size, with the limits within which chance alone would keep them: no ranks.
package struct FunnelPlot: Sendable, Equatable {
  package let id: String
  package let name: String
  package let points: [FunnelPoint]
  package let limits: FunnelLimits
  /// What `size` counts: "students".
  package let sizeWords: String
  package let isPercent: Bool

  package init(
    id: String = "funnel", name: String, points: [FunnelPoint], limits: FunnelLimits, sizeWords: String = "students",
    isPercent: Bool? = nil
  ) {
    self.id = id
    self.name = name
    self.points = points
    self.limits = limits
    self.sizeWords = sizeWords
    self.isPercent = isPercent ?? (limits.measure == .proportion)
  }

  /// 95 % and 99.8 % of schools lie within, if chance is all.
  static let near = 1.959964
  static let far = 3.090232

  package func isOutside(_ point: FunnelPoint) -> Bool {
    !limits.limits(size: point.size, z: Self.far).contains(point.value)
  }

  /// "2 of 40 schools lie where chance alone would put about 1 in 500."
  package var sentence: String {
    let outside = points.count(where: isOutside)
    let all = counted(points.count, "school")
    if outside == 0 { return "All \(all) lie within what chance alone would give for their size." }
    return "\(outside) of \(all) \(outside == 1 ? "lies" : "lie") where chance alone would put 1 in 500."
  }

  func words(_ value: Double) -> String {
    isPercent ? "\(figure(value * 100, places: 1)) %" : figure(value, places: 2)
  }
}

/// Where everything in a funnel plot lies.
struct FunnelGeometry: Sendable, Equatable {
  let width: Double
  let height: Double
  let fontSize: Double
  let x: LinearScale
  let y: LinearScale
  let dots: [Point]
  /// Lower and upper limit at 95 % and at 99.8 %.
  let curves: [[Point]]
  let farCurves: [[Point]]
  let centreY: Double
  let xTicks: [Double]
  let yTicks: (values: [Double], step: Double)

  init(_ plot: FunnelPlot, width: Double) {
    self.width = width
    let isWide = width >= ChartGeometry.wideFrom
    fontSize = isWide ? 13.5 : 15
    height = isWide ? 340 : 320
    let sizes = plot.points.map(\.size)
    let (least, most) = (sizes.min() ?? 1, sizes.max() ?? 1)
    let start = max(least * 0.8, 1e-9)
    let samples = (0...60).map { start + (most * 1.03 - start) * Double($0) / 60 }
    let bounds = samples.map { plot.limits.limits(size: $0, z: FunnelPlot.far) }
    let shown = plot.points.map(\.value) + bounds.flatMap { [$0.lowerBound, $0.upperBound] }
    let (low, high) = (shown.min() ?? 0, shown.max() ?? 1)
    let room = max((high - low) * 0.04, 1e-9)
    x = LinearScale(start...most * 1.03, from: fontSize * 4.2, to: width - fontSize * 0.6)
    y = LinearScale(low - room...high + room, from: height - fontSize * 3.4, to: fontSize * 0.8)
    dots = plot.points.map { [x, y] in Point(x: x($0.size), y: y($0.value)) }
    func curves(_ z: Double, _ x: LinearScale, _ y: LinearScale) -> [[Point]] {
      let ranges = samples.map { plot.limits.limits(size: $0, z: z) }
      return [ranges.map(\.lowerBound), ranges.map(\.upperBound)].map { side in
        zip(samples, side).map { Point(x: x($0), y: y($1)) }
      }
    }
    self.curves = curves(FunnelPlot.near, x, y)
    farCurves = curves(FunnelPlot.far, x, y)
    centreY = y(plot.limits.centre)
    xTicks = x.ticks(isWide ? 6 : 4).values
    yTicks = y.ticks(5)
  }

  static func == (left: Self, right: Self) -> Bool { left.dots == right.dots && left.curves == right.curves }
}

extension FunnelPlot {
  package var html: HTML {
    chartFigure(
      wide: drawing(width: 760, id: "\(id)-wide"), narrow: drawing(width: 360, id: "\(id)-narrow"),
      caption: HTML {
        strong { sentence }
        " Dashed: 95 % and 99.8 % of schools would lie within, if chance were all."
      }, table: table)
  }

  package func drawing(width: Double, id: String, isFile: Bool = false) -> HTML {
    let place = FunnelGeometry(self, width: width)
    return chartCanvas(
      id: id, width: width, height: place.height, fontSize: place.fontSize,
      name: "\(name): funnel plot of \(counted(points.count, "school"))", description: sentence, isFile: isFile
    ) {
      let bottom = place.height - place.fontSize * 3.4
      for value in place.yTicks.values {
        text(
          .x(place.x.start - place.fontSize * 0.5), .y(place.y(value) + place.fontSize * 0.35), .anchor(.end),
          .class("q")
        ) {
          axisWords(value, step: place.yTicks.step)
        }
      }
      line(.x1(place.x.start), .x2(place.x.end), .y1(bottom), .y2(bottom), .class("axis"))
      for value in place.xTicks {
        text(.x(place.x(value)), .y(bottom + place.fontSize * 1.3), .anchor(.middle), .class("q")) {
          figure(value, places: 0)
        }
      }
      text(.x(place.x.end), .y(bottom + place.fontSize * 2.7), .anchor(.end), .class("q")) { sizeWords }
      for curve in place.farCurves { polyline(.points(curve), .class("limit")) }
      for curve in place.curves { polyline(.points(curve), .class("limit"), .stroke(0.6)) }
      line(.x1(place.x.start), .x2(place.x.end), .y1(place.centreY), .y2(place.centreY), .class("rule"))
      for (point, dot) in zip(points, place.dots) {
        if isOutside(point) { circle(.cx(dot.x), .cy(dot.y), .r(6.6), .class("ring")) }
        circle(.cx(dot.x), .cy(dot.y), .r(point.isOwn ? 4.5 : 3.2), .class(point.isOwn ? "own" : "hollow"))
      }
      for (point, dot) in zip(points, place.dots) where point.isOwn {
        text(
          .x(dot.x), .y(dot.y - place.fontSize * 0.7), .anchor(dot.x > place.width * 0.7 ? .end : .start),
          .class("strong")
        ) {
          point.name ?? "your school"
        }
      }
    }
  }

  private func axisWords(_ value: Double, step: Double) -> String {
    isPercent
      ? "\(figure(value * 100, places: places(forStep: step * 100))) %" : figure(value, places: places(forStep: step))
  }

  package var table: HTML {
    let rows = points.map { point -> [String] in
      let range = limits.limits(size: point.size, z: Self.far)
      return [
        point.isOwn ? point.name ?? "Your school" : point.name ?? "A school", figure(point.size, places: 0),
        words(point.value),
        "\(words(range.lowerBound)) to \(words(range.upperBound))", isOutside(point) ? "outside" : "within",
      ]
    }
    return dataTable(
      name,
      columns: [
        TableColumn("School"), TableColumn(sizeWords.prefix(1).uppercased() + sizeWords.dropFirst(), isNumber: true),
        TableColumn("Value", isNumber: true), TableColumn("Chance alone (99.8 %)", isNumber: true), TableColumn("Lies"),
      ], rows: rows)
  }
}
