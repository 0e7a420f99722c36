import Markup

/// A driver diagram drawn from left to right: aim, primary drivers, secondary drivers, changes. Ink on paper, so it prints.
struct DriverDrawing {
  private let drivers: [Driver]
  private let measures: [HungMeasure]
  private let aim: String
  private let step = 62.0
  private let box = (width: 200.0, height: 50.0)
  private let gap = 34.0

  init(_ drivers: [Driver], _ measures: [HungMeasure] = [], aim: String) {
    self.drivers = drivers
    self.measures = measures
    self.aim = aim
  }

  var figure: HTML {
    Markup.figure(.class("chart")) {
      div(.class("wide")) { drawing }
      figcaption {
        "What the team believes moves the aim, from left to right."
        if measures.contains(where: { $0.driver != nil }) { " A dot on a box: something is measured there." }
      }
      details(.init("open")) {
        summary { "As a list" }
        DriverPages.list(drivers, measures)
      }
    }
  }

  var drawing: HTML {
    let places = self.places
    let height = Double(max(1, leaves)) * step + 8
    let columns = drivers.contains { $0.kind == .change } ? 4.0 : drivers.contains { $0.kind == .secondary } ? 3.0 : 2.0
    let width = columns * box.width + (columns - 1) * gap + 4
    return svg(
      .viewBox(width, height), .role("img"), .class("drivers"),
      .aria(.label, "Driver diagram of \(aim), \(counted(drivers.count, "driver")); the list below says the same")
    ) {
      node(aim, Point(x: 2, y: height / 2))
      for each in drivers {
        if let to = places[each.id] {
          let from = each.parent.flatMap { places[$0] } ?? Point(x: 2, y: height / 2)
          line(
            .x1(from.x + box.width), .y1(from.y), .x2(to.x), .y2(to.y), .init("stroke", "currentColor"), .stroke(1))
          node(each.words, to)
          measured(each, to)
        }
      }
    }
  }

  private func children(of parent: Driver.ID?) -> [Driver] { drivers.filter { $0.parent == parent } }

  private var leaves: Int { drivers.filter { children(of: $0.id).isEmpty }.count }

  /// The middle of each box's left side.
  private var places: [Driver.ID: Point] {
    var (places, row): ([Driver.ID: Point], Double) = ([:], 0)
    func place(_ driver: Driver, _ column: Double) -> Double {
      let below = children(of: driver.id).map { place($0, column + 1) }
      let y: Double
      if let first = below.first, let last = below.last {
        y = (first + last) / 2
      } else {
        y = row * step + step / 2 + 4
        row += 1
      }
      places[driver.id] = Point(x: 2 + column * (box.width + gap), y: y)
      return y
    }
    for each in children(of: nil) { _ = place(each, 1) }
    return places
  }

  /// A mark at the box's corner for each measure that hangs on it; the list names them.
  private func measured(_ driver: Driver, _ at: Point) -> HTML {
    let count = measures.count { $0.driver == driver.id }
    return HTML {
      for place in 0..<count {
        circle(
          .cx(at.x + box.width - 8 - Double(place) * 12), .cy(at.y - box.height / 2), .r(4.5),
          .init("fill", "currentColor"))
      }
    }
  }

  private func node(_ words: String, _ at: Point) -> HTML {
    HTML {
      rect(
        .x(at.x), .y(at.y - box.height / 2), .wide(box.width), .high(box.height), .init("fill", "none"),
        .init("stroke", "currentColor"), .stroke(1))
      for (index, each) in Self.lines(words).enumerated() {
        text(
          .x(at.x + 8), .y(at.y - 11 + Double(index) * 15 + (Self.lines(words).count == 1 ? 15 : 7) - 1), .size(12),
          .init("fill", "currentColor")
        ) { each }
      }
    }
  }

  /// At most three lines of about 30 characters; what does not fit ends in an ellipsis (the list holds it all).
  static func lines(_ words: String) -> [String] {
    var lines = [""]
    for word in words.split(separator: " ") {
      let joined = lines[lines.count - 1].isEmpty ? String(word) : lines[lines.count - 1] + " " + word
      if joined.count <= 30 { lines[lines.count - 1] = joined } else { lines.append(String(word.prefix(30))) }
    }
    return lines.count <= 2 ? lines : [lines[0], String(lines[1].prefix(28)) + " …"]
  }
}
