/// What of the directory is shown: it comes from the address and goes back into it.
struct DirectoryFilter: Sendable, Equatable {
  /// Words of a name or a town; typing errors are forgiven.
  var name = ""
  var state: String?
  /// Only together with a state.
  var county: String?
  var kind: School.Kind?
  /// 6…12
  var grade: Int?
  var size: Size?
  var area: School.Area?
  var member: Bool?
  /// Schools that are no longer there, in place of those that are.
  var closed = false
  /// From 1.
  var page = 1

  static let perPage = 50

  /// Students of a school: bands that part the six states' secondary schools into fair shares.
  enum Size: String, Sendable, CaseIterable {
    case tiny, small, medium, large, huge

    var range: ClosedRange<Int> {
      switch self {
      case .tiny: 0...99
      case .small: 100...299
      case .medium: 300...699
      case .large: 700...1299
      case .huge: 1300...1_000_000
      }
    }

    var words: String {
      switch self {
      case .tiny: "Under 100"
      case .huge: "1,300 and more"
      default: "\(range.lowerBound) to \(grouped(range.upperBound))"
      }
    }
  }

  init() {}

  /// What cannot be understood is left out, so an old or mistyped address still shows something.
  init(_ fields: Fields) {
    name = String(fields["name"].prefix(80))
    state = States.codes.first { $0 == fields["state"] }
    county = state == nil || fields["county"].isEmpty ? nil : String(fields["county"].prefix(60))
    kind = School.Kind(rawValue: fields["kind"])
    grade = fields.integer("grade").flatMap { (6...12).contains($0) ? $0 : nil }
    size = Size(rawValue: fields["size"])
    area = School.Area(word: fields["area"])
    member = fields["member"] == "yes" ? true : fields["member"] == "no" ? false : nil
    closed = fields["status"] == "closed"
    page = min(max(fields.integer("page") ?? 1, 1), 10_000)
  }

  var fields: Fields {
    var fields = Fields()
    func add(_ name: String, _ value: String?) { if let value, !value.isEmpty { fields.add(name, value) } }
    add("name", name)
    add("state", state)
    add("county", county)
    add("kind", kind?.rawValue)
    add("grade", grade.map(String.init))
    add("size", size?.rawValue)
    add("area", area?.word)
    add("member", member.map { $0 ? "yes" : "no" })
    add("status", closed ? "closed" : nil)
    add("page", page > 1 ? String(page) : nil)
    return fields
  }

  var isFiltered: Bool { !fields.without(["page"]).isEmpty }

  func path(_ start: String = "/schools") -> String { fields.isEmpty ? start : "\(start)?\(fields.encoded)" }

  /// The same with one thing changed, from its first page.
  func with(_ change: (inout DirectoryFilter) -> Void) -> DirectoryFilter {
    var other = self
    other.page = 1
    change(&other)
    return other
  }

  func showing(_ state: String?) -> DirectoryFilter {
    with {
      $0.state = state
      $0.county = nil
    }
  }
}

/// What the directory's page shows.
struct DirectoryView: Sendable, Equatable {
  var filter = DirectoryFilter()
  var schools: [School] = []
  /// All that the filter lets through; with words of a name, at most as many as a search finds.
  var total = 0
  /// True when a search stopped at its limit.
  var isCut = false
  var counts: [SchoolMap.StateCount] = []
  var dots = SchoolMap.Dots.few([])
  /// Counties of the chosen state.
  var counties: [String] = []
}
