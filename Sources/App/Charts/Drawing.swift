import Markup

/// The attributes of SVG that the charts use. Lengths are units of the drawing, written to a tenth.
extension Attribute {
  static func x(_ value: Double) -> Self { .init("x", tenths(value)) }
  static func y(_ value: Double) -> Self { .init("y", tenths(value)) }
  static func x1(_ value: Double) -> Self { .init("x1", tenths(value)) }
  static func x2(_ value: Double) -> Self { .init("x2", tenths(value)) }
  static func y1(_ value: Double) -> Self { .init("y1", tenths(value)) }
  static func y2(_ value: Double) -> Self { .init("y2", tenths(value)) }
  static func cx(_ value: Double) -> Self { .init("cx", tenths(value)) }
  static func cy(_ value: Double) -> Self { .init("cy", tenths(value)) }
  static func r(_ value: Double) -> Self { .init("r", tenths(value)) }
  static func rx(_ value: Double) -> Self { .init("rx", tenths(value)) }
  static func wide(_ value: Double) -> Self { .init("width", tenths(value)) }
  static func high(_ value: Double) -> Self { .init("height", tenths(value)) }
  static func d(_ value: String) -> Self { .init("d", value) }
  static func points(_ points: [Point]) -> Self { .init("points", points.map(\.written).joined(separator: " ")) }
  static func stroke(_ width: Double) -> Self { .init("stroke-width", tenths(width)) }
  static func anchor(_ anchor: TextAnchor) -> Self { .init("text-anchor", anchor.rawValue) }
  static func size(_ points: Double) -> Self { .init("font-size", tenths(points)) }
  static func viewBox(_ width: Double, _ height: Double) -> Self {
    .init("viewBox", "0 0 \(tenths(width)) \(tenths(height))")
  }
}

enum TextAnchor: String, Sendable { case start, middle, end }

/// A place in a drawing: x grows to the right, y downwards.
struct Point: Sendable, Equatable {
  var x: Double
  var y: Double

  var written: String { "\(tenths(x)),\(tenths(y))" }
}

/// A length to a tenth of a unit, without a needless ".0": quick, since a chart writes hundreds.
func tenths(_ value: Double) -> String {
  guard value.isFinite, abs(value) < 1e12 else { return "0" }
  let scaled = Int((value * 10).rounded())
  let (whole, rest) = (scaled.magnitude / 10, scaled.magnitude % 10)
  let sign = scaled < 0 ? "-" : ""
  return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest)"
}

/// A chart on a page: the same drawing for wide and for narrow places (the stylesheet shows one), what it says in words,
/// and its table.
func chartFigure(wide: HTML, narrow: HTML, caption words: HTML, table: HTML) -> HTML {
  figure(.class("chart")) {
    div(.class("wide")) { wide }
    div(.class("narrow")) { narrow }
    figcaption { words }
    details {
      summary { "As a table" }
      table
    }
  }
}

/// The outer element of a chart: its name and description are read aloud. A drawing with links is a group, since what
/// stands in an image cannot be reached. A file of its own carries its colours with it.
func chartCanvas(
  id: String, width: Double, height: Double, fontSize: Double, name: String, description: String,
  hasLinks: Bool = false,
  isFile: Bool = false, @HTMLBuilder content: () -> HTML
) -> HTML {
  svg(
    .init("xmlns", "http://www.w3.org/2000/svg"), .viewBox(width, height), .size(fontSize),
    .role(hasLinks ? "group" : "img"), .aria(.labelledby, "\(id)-name"), .aria(.describedby, "\(id)-words")
  ) {
    title(.id("\(id)-name")) { name }
    desc(.id("\(id)-words")) { description }
    if isFile { standaloneStyleElement() }
    content()
  }
}
