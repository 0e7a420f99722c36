import Foundation
import Markup
import Testing

@testable import App

struct SchoolMapTests {
  /// Expected: Snyder, Map Projections: A Working Manual (1987), numerical example for the Lambert conformal conic of the
  /// sphere, page 295: parallels 33° and 45°, origin 23° N 96° W, point 35° N 75° W, radius 1.
  @Test func theProjectionAgreesWithSnydersExample() throws {
    let projection = MapProjection(parallels: (33, 45), origin: (latitude: 23, longitude: -96))
    let plane = projection.plane(try #require(GeoPoint(latitude: 35, longitude: -75)))
    #expect(abs(plane.x - 0.2966785) < 1e-7)
    #expect(abs(plane.y - 0.2462112) < 1e-7)
  }

  /// The six state houses, to a hundredth of a degree (USGS Geographic Names Information System).
  @Test(arguments: [
    ("CT", 41.76, -72.68), ("ME", 44.31, -69.78), ("MA", 42.36, -71.06), ("NH", 43.21, -71.54), ("RI", 41.83, -71.41),
    ("VT", 44.26, -72.58),
  ])
  func everyStateHouseLiesInItsState(_ state: String, _ latitude: Double, _ longitude: Double) throws {
    let place = NewEngland.place(try #require(GeoPoint(latitude: latitude, longitude: longitude)))
    #expect(NewEngland.frame(of: state).contains(place))
    for outline in NewEngland.outlines {
      #expect(isInside(place, outline.path) == (outline.state == state), "\(state) and the outline of \(outline.state)")
    }
  }

  @Test func theOutlinesAreSmallAndWithinTheDrawing() throws {
    #expect(NewEngland.outlines.map(\.state).sorted() == States.codes.sorted())
    let text = NewEngland.outlines.map(\.path).joined()
    let packed = try #require(gzip(Array(text.utf8), level: 9))
    #expect(packed.count <= 4096)
    for outline in NewEngland.outlines {
      for corner in NewEngland.corners(outline.path) {
        #expect(NewEngland.Frame.whole.contains(corner))
      }
    }
  }

  @Test(.enabled(if: SharedFiles.areHere, "the official files are not here"))
  func nearlyEverySchoolLiesInTheOutlineOfItsState() throws {
    let files = OfficialFiles([SharedFiles.file("edge_geoids_201415_public_newengland.csv")])
    let schools = files.schools.values.compactMap { known in
      known.facts.point.map { (state: known.facts[.state] ?? "", place: NewEngland.place($0)) }
    }
    let paths = Dictionary(NewEngland.outlines.map { ($0.state, $0.path) }, uniquingKeysWith: { first, _ in first })
    let inside = schools.count { isInside($0.place, paths[$0.state] ?? "") }
    #expect(schools.count == 4933)
    #expect(Double(inside) / Double(schools.count) > 0.95, "\(inside) of \(schools.count)")
  }

  @Test func fewSchoolsAreLinksAndManyAreNot() throws {
    let point = try #require(GeoPoint(latitude: 44, longitude: -70))
    let spot = SchoolMap.Spot(id: School.ID("a"), name: "A <b>", point: point, isMember: true)
    let few = SchoolMap.svg(.few([spot])) { "/schools?state=\($0)" }.string
    #expect(few.contains("href=\"/schools/a\"") && few.contains("A &lt;b&gt;, member"))
    let many = SchoolMap.svg(.many([SchoolMap.Square(point: point, hasMember: false)])) { "/schools?state=\($0)" }
      .string
    #expect(many.contains("class=\"dots\"") && !many.contains("/schools/a"))
    #expect(many.components(separatedBy: "<a ").count == 7, "one link for each of the six states")
  }

  /// The even-odd rule over all rings of a path.
  private func isInside(_ point: Point, _ path: String) -> Bool {
    var crossings = 0
    for ring in path.split(separator: "z") {
      let corners = NewEngland.corners(String(ring) + "z")
      for (a, b) in zip(corners, corners.dropFirst() + corners.prefix(1)) where (a.y > point.y) != (b.y > point.y) {
        if point.x < a.x + (point.y - a.y) / (b.y - a.y) * (b.x - a.x) { crossings += 1 }
      }
    }
    return crossings % 2 == 1
  }
}
