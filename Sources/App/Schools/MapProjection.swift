import Foundation

/// A Lambert conformal conic projection of the sphere: angles are true, and sizes nearly so between the two parallels.
///
/// Source: Snyder, Map Projections: A Working Manual (USGS Professional Paper 1395, 1987), equations 15-1 to 15-5.
struct MapProjection: Sendable {
  private let n: Double
  private let f: Double
  private let originRho: Double
  private let meridian: Double

  /// - Parameters: degrees; the two standard parallels, and the point that becomes 0, 0.
  init(parallels: (Double, Double), origin: (latitude: Double, longitude: Double)) {
    let (south, north) = (parallels.0 * Self.radian, parallels.1 * Self.radian)
    n = log(cos(south) / cos(north)) / log(tan(.pi / 4 + north / 2) / tan(.pi / 4 + south / 2))
    f = cos(south) * pow(tan(.pi / 4 + south / 2), n) / n
    originRho = f / pow(tan(.pi / 4 + origin.latitude * Self.radian / 2), n)
    meridian = origin.longitude
  }

  /// East and north of the origin, in radii of the sphere.
  func plane(_ point: GeoPoint) -> (x: Double, y: Double) {
    let rho = f / pow(tan(.pi / 4 + point.latitude * Self.radian / 2), n)
    let theta = n * (point.longitude - meridian) * Self.radian
    return (rho * sin(theta), originRho - rho * cos(theta))
  }

  private static let radian = Double.pi / 180

  /// The projection in which script/make-map drew the outlines.
  static let newEngland = MapProjection(parallels: (42, 46), origin: (latitude: 44, longitude: -70.4))
}

extension NewEngland {
  /// Where a place lies on the drawing.
  static func place(_ point: GeoPoint) -> Point {
    let plane = MapProjection.newEngland.plane(point)
    return Point(x: (plane.x - west) * scale, y: (north - plane.y) * scale)
  }

  /// A part of the drawing, in its units.
  struct Frame: Sendable, Equatable {
    var x, y, width, height: Double

    static let whole = Frame(x: -8, y: -8, width: NewEngland.width + 16, height: NewEngland.height + 16)

    /// About the length of a pixel, where the map stands in a column of 18 rem.
    var pixel: Double { max(width / 290, height / 400) }

    func contains(_ point: Point) -> Bool {
      (x...x + width).contains(point.x) && (y...y + height).contains(point.y)
    }
  }

  /// The part that shows one state with a margin around it; the whole for anything else.
  static func frame(of state: String?) -> Frame { state.flatMap { frames[$0] } ?? .whole }

  private static let frames: [String: Frame] = Dictionary(
    outlines.map { ($0.state, frame(of: corners($0.path))) }, uniquingKeysWith: { first, _ in first })

  private static func frame(of corners: [Point]) -> Frame {
    let (xs, ys) = (corners.map(\.x), corners.map(\.y))
    let (left, right) = (xs.min() ?? 0, xs.max() ?? width)
    let (top, bottom) = (ys.min() ?? 0, ys.max() ?? height)
    let margin = 0.06 * max(right - left, bottom - top)
    return Frame(
      x: left - margin, y: top - margin, width: right - left + 2 * margin, height: bottom - top + 2 * margin)
  }

  /// The corners of a path as make-map writes it: `M x y l dx dy…z`, repeated.
  static func corners(_ path: String) -> [Point] {
    var corners: [Point] = []
    for ring in path.split(separator: "z") {
      let numbers = numbers(in: ring)
      guard numbers.count >= 2 else { continue }
      var point = Point(x: numbers[0], y: numbers[1])
      corners.append(point)
      for step in stride(from: 2, to: numbers.count - 1, by: 2) {
        point = Point(x: point.x + numbers[step], y: point.y + numbers[step + 1])
        corners.append(point)
      }
    }
    return corners
  }

  private static func numbers(in text: Substring) -> [Double] {
    var numbers: [Double] = []
    var digits = ""
    for character in text + " " {
      if character.isNumber || (character == "-" && digits.isEmpty) {
        digits.append(character)
      } else {
        if let number = Double(digits) { numbers.append(number) }
        digits = character == "-" ? "-" : ""
      }
    }
    return numbers
  }
}
