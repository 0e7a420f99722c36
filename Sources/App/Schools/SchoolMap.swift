import Markup

/// The six states with schools on them.
enum SchoolMap {
  /// What is shown of the schools.
  enum Dots: Sendable, Equatable {
    /// So many that dots stand for squares of the map; the states are the links.
    case many([Square])
    /// So few that each dot is a link to its school.
    case few([Spot])
  }

  struct Square: Sendable, Equatable {
    let point: GeoPoint
    let hasMember: Bool
  }

  struct Spot: Sendable, Equatable {
    let id: School.ID
    let name: String
    let point: GeoPoint
    let isMember: Bool
  }

  /// How many schools a state has, for the words of its link.
  struct StateCount: Sendable, Equatable {
    let state: String
    let schools: Int
    let members: Int
  }

  /// Up to here each dot is a link; a keyboard can pass forty.
  static let few = 40

  /// - Parameters:
  ///   - state: the one to show alone, or nil for all six.
  ///   - link: the address of the list of one state.
  static func svg(_ dots: Dots, state: String? = nil, counts: [StateCount] = [], link: (String) -> String) -> HTML {
    let frame = NewEngland.frame(of: state)
    return Markup.svg(
      .class("map"), .init("viewBox", written(frame)), .role("group"), .aria(.label, label(state, counts))
    ) {
      for outline in NewEngland.outlines {
        outlined(outline, counts, isBeside: state != nil && state != outline.state, link)
      }
      drawn(dots, frame)
    }
  }

  /// One state with one school in it.
  static func svg(of school: School) -> HTML {
    guard let point = school.point else { return HTML() }
    let frame = NewEngland.frame(of: school.state)
    let spot = NewEngland.place(point)
    return Markup.svg(
      .class("map small"), .init("viewBox", written(frame)), .role("img"),
      .aria(.label, "Where \(school.name) lies in \(school.stateName)")
    ) {
      for outline in NewEngland.outlines {
        path(.class(outline.state == school.state ? "state" : "state beside"), .d(outline.path))
      }
      circle(.class("here"), .cx(spot.x), .cy(spot.y), .r(9 * frame.pixel))
    }
  }

  // MARK: parts

  private static func label(_ state: String?, _ counts: [StateCount]) -> String {
    let shown = counts.filter { state == nil || $0.state == state }
    let (schools, members) = (shown.reduce(0) { $0 + $1.schools }, shown.reduce(0) { $0 + $1.members })
    let place = state.map(States.name) ?? "the six states"
    return "Map of \(place): \(counted(schools, "school")), \(counted(members, "member"))"
  }

  private static func outlined(
    _ outline: (state: String, path: String), _ counts: [StateCount], isBeside: Bool, _ link: (String) -> String
  ) -> HTML {
    let count = counts.first { $0.state == outline.state }
    let words =
      "\(States.name(outline.state)): \(counted(count?.schools ?? 0, "school")), \(counted(count?.members ?? 0, "member"))"
    return a(.href(link(outline.state))) {
      title { words }
      path(.class(isBeside ? "state beside" : "state"), .d(outline.path))
    }
  }

  private static func drawn(_ dots: Dots, _ frame: NewEngland.Frame) -> HTML {
    switch dots {
    case .many(let squares):
      HTML {
        points(squares.filter { !$0.hasMember }.map(\.point), class: "dots", width: 3 * frame.pixel)
        points(squares.filter(\.hasMember).map(\.point), class: "dots members", width: 6 * frame.pixel)
      }
    case .few(let spots):
      HTML {
        for spot in spots.sorted(by: { !$0.isMember && $1.isMember }) {
          let place = NewEngland.place(spot.point)
          a(.href("/schools/\(spot.id)")) {
            title { spot.isMember ? "\(spot.name), member" : spot.name }
            circle(
              .class(spot.isMember ? "dot member" : "dot"), .cx(place.x), .cy(place.y),
              .r((spot.isMember ? 5 : 4) * frame.pixel))
          }
        }
      }
    }
  }

  /// Many dots in one path: each a stroke of no length with round ends, in whole units, each once.
  private static func points(_ points: [GeoPoint], class classes: String, width: Double) -> HTML {
    guard !points.isEmpty else { return HTML() }
    let places = Set(points.map(NewEngland.place).map { Whole(x: Int($0.x.rounded()), y: Int($0.y.rounded())) })
    var text = ""
    var last = Whole(x: 0, y: 0)
    for place in places.sorted(by: { ($0.y, $0.x) < ($1.y, $1.x) }) {
      let (dx, dy) = (place.x - last.x, place.y - last.y)
      text += "m\(dx)\(dy < 0 ? "" : " ")\(dy)h0"
      last = place
    }
    return path(.class(classes), .d(text), .stroke(width), .aria(.hidden, "true"))
  }

  private struct Whole: Hashable {
    let x: Int
    let y: Int
  }

  private static func written(_ frame: NewEngland.Frame) -> String {
    "\(tenths(frame.x)) \(tenths(frame.y)) \(tenths(frame.width)) \(tenths(frame.height))"
  }
}
