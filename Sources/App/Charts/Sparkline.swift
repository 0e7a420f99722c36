import Markup
import Statistics

/// Where a small line lies: no axes, so only its shape is told.
struct SparkGeometry: Sendable, Equatable {
  let lines: [[Point]]
  let last: Point?
  let centreY: Double?

  /// - Parameter domain: shared by drawings that stand side by side; the values' own where nil.
  init(_ values: [Double?], width: Double, height: Double, inset: Double = 3, domain: ClosedRange<Double>? = nil) {
    let known = values.compactMap(\.self)
    guard let least = known.min(), let most = known.max() else {
      (lines, last, centreY) = ([], nil, nil)
      return
    }
    let y = LinearScale(domain ?? least...most, from: height - inset, to: inset)
    let pitch = (width - 2 * inset) / Double(max(values.count - 1, 1))
    let points = values.enumerated().map { index, value in
      value.map { Point(x: inset + Double(index) * pitch, y: y.clamped($0)) }
    }
    lines = ChartGeometry.unbroken(points)
    last = points.last { $0 != nil } ?? nil
    let sorted = known.sorted()
    let middle = sorted.count / 2
    centreY = y.clamped(sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2)
  }
}

/// A line as small as a word, with its median and its last point. `words` is read aloud: "Lateness, 24 weeks, last 11 %".
package func sparkline(_ values: [Double?], words: String) -> HTML {
  let place = SparkGeometry(values, width: 120, height: 28)
  return svg(.viewBox(120, 28), .class("spark"), .role("img"), .aria(.label, words)) {
    sparkInk(place, width: 120)
  }
}

/// The same measure of several schools or classes side by side, on one scale, so that shapes and heights can be compared.
package struct SmallMultiples: Sendable {
  package struct Item: Sendable {
    package let name: String
    package let link: String?
    package let values: [Double?]
    /// A few words under the name: the last value, the verdict of its chart.
    package let words: String

    package init(name: String, link: String? = nil, values: [Double?], words: String) {
      self.name = name
      self.link = link
      self.values = values
      self.words = words
    }
  }

  package let items: [Item]

  package init(_ items: [Item]) { self.items = items }

  /// Nil when nothing was measured.
  var domain: ClosedRange<Double>? {
    let all = items.flatMap { $0.values.compactMap(\.self) }
    guard let least = all.min(), let most = all.max() else { return nil }
    return least...most
  }

  package var html: HTML {
    let domain = domain
    return ul(.class("multiples")) {
      for item in items {
        li {
          svg(.viewBox(200, 70), .role("img"), .aria(.label, "\(item.name): \(item.words)")) {
            sparkInk(SparkGeometry(item.values, width: 200, height: 70, inset: 5, domain: domain), width: 200)
          }
          if let link = item.link { a(.href(link)) { item.name } } else { strong { item.name } }
          div(.class("quiet")) { item.words }
        }
      }
    }
  }
}

private func sparkInk(_ place: SparkGeometry, width: Double) -> HTML {
  HTML {
    if let y = place.centreY { line(.x1(0), .x2(width), .y1(y), .y2(y), .class("axis")) }
    for piece in place.lines {
      if piece.count > 1 {
        polyline(.points(piece), .class("path"))
      } else {
        circle(.cx(piece[0].x), .cy(piece[0].y), .r(1.5), .class("dot"))
      }
    }
    if let last = place.last { circle(.cx(last.x), .cy(last.y), .r(2.8), .class("dot")) }
  }
}
