import Markup
import Statistics

/// A run or control chart as small as a card: line, centre, limits, signals and cycles on their days; its words stand
/// beside it. It is the great chart drawn smaller, in whole units and relative steps, so that six of them stay light.
struct SmallChart: Sendable {
  let plot: ChartPlot

  private static let (width, height) = (240.0, 80.0)
  /// Room around the plot for rings and the ends of lines.
  private static let inset = 4.0

  func html(words: String) -> HTML {
    let place = ChartGeometry(plot, width: 760)
    func small(_ point: Point) -> Point {
      Point(
        x: Self.inset + (point.x - place.plotLeft) / (place.plotRight - place.plotLeft) * (Self.width - 2 * Self.inset),
        y: Self.inset + (point.y - place.plotTop) / (place.plotBottom - place.plotTop) * (Self.height - 2 * Self.inset))
    }
    func ink(_ pieces: [[Point]], _ classes: String) -> HTML {
      pieces.isEmpty ? HTML() : path(.d(Self.steps(pieces.map { $0.map(small) })), .class(classes))
    }
    let dots = place.spots.suffix(1).map { [$0.at, $0.at] }
    let alone = place.lines.filter { $0.count == 1 }.map { [$0[0], $0[0]] }
    return svg(.viewBox(Self.width, Self.height), .class("small"), .role("img"), .aria(.label, words)) {
      ink(place.noteXs.map { [Point(x: $0, y: place.plotTop), Point(x: $0, y: place.plotBottom)] }, "note")
      ink(place.limits, "limit")
      ink(place.centres.map { [$0.from, $0.to] }, "rule")
      ink(place.lines.filter { $0.count > 1 }, "path")
      ink(alone + dots, "dots")
      ink(place.spots.filter(\.isMarked).map { [$0.at, $0.at] }, "dots signals")
    }
  }

  /// Path data in whole units: each piece begins with a move, then goes on by steps to the side, up or down, or both.
  static func steps(_ pieces: [[Point]]) -> String {
    var text = ""
    for piece in pieces {
      guard let first = piece.first else { continue }
      var (x, y) = (Int(first.x.rounded()), Int(first.y.rounded()))
      text += "M\(x) \(y)"
      var last: Character = "M"
      for point in piece.dropFirst() {
        let (dx, dy) = (Int(point.x.rounded()) - x, Int(point.y.rounded()) - y)
        // A line of no length with round ends is a dot.
        if dx == 0, dy == 0, piece.count > 2 { continue }
        let step: (letter: Character, numbers: [Int]) = dy == 0 ? ("h", [dx]) : dx == 0 ? ("v", [dy]) : ("l", [dx, dy])
        for (index, number) in step.numbers.enumerated() {
          if index == 0, step.letter != last { text.append(step.letter) } else if number >= 0 { text += " " }
          text += String(number)
        }
        (x, y, last) = (x + dx, y + dy, step.letter)
      }
    }
    return text
  }
}
