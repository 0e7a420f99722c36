/// Which ideas a list shows and in which order: what its URL says.
struct IdeaFilter: Sendable, Equatable {
  enum Sort: String, Sendable, CaseIterable {
    case latest, tried, newest

    var words: String {
      switch self {
      case .latest: "Latest evidence"
      case .tried: "Most tried"
      case .newest: "Newest"
      }
    }
  }

  /// What trials have found so far.
  enum Evidence: String, Sendable, CaseIterable {
    case worked
    case mixed
    case didNotWork = "did-not-work"
    case tooEarly = "too-early"
    case experience
    case untried

    var words: String {
      switch self {
      case .worked: "worked somewhere"
      case .mixed: "mixed somewhere"
      case .didNotWork: "did not work somewhere"
      case .tooEarly: "too early to say"
      case .experience: "told without data"
      case .untried: "not yet reported"
      }
    }
  }

  /// Where a list goes on: the last idea shown, by what it was sorted by.
  struct Place: Sendable, Equatable {
    /// Ideas whose review is overdue, or which are marked outdated, come after all others.
    let isStale: Bool
    let value: Int64
    let id: String

    var text: String { "\(isStale ? "s" : "f").\(value).\(id)" }

    init(isStale: Bool, value: Int64, id: String) {
      self.isStale = isStale
      self.value = value
      self.id = id
    }

    init?(_ text: String) {
      let parts = text.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3, parts[0] == "f" || parts[0] == "s", let value = Int64(parts[1]), parts[2].count <= 64
      else { return nil }
      self.init(isStale: parts[0] == "s", value: value, id: String(parts[2]))
    }
  }

  var topic: String?
  var subject: String?
  var grade: Int?
  var evidence: Evidence?
  var effort: Effort?
  /// Tried by a school like the viewer's.
  var likeMine = false
  var sort = Sort.latest
  var after: Place?

  static let pageLength = 20

  var isFiltered: Bool {
    topic != nil || subject != nil || grade != nil || evidence != nil || effort != nil || likeMine
  }
}

extension IdeaFilter {
  /// Unknown values are as if they were not there: an old link still leads to a list.
  init(_ fields: Fields, _ taxonomy: Taxonomy) {
    topic = taxonomy.hasTopic(fields["topic"]) ? fields["topic"] : nil
    subject = taxonomy.hasSubject(fields["subject"]) ? fields["subject"] : nil
    grade = fields.integer("grade").flatMap { (6...12).contains($0) ? $0 : nil }
    evidence = Evidence(rawValue: fields["evidence"])
    effort = Effort(rawValue: fields["effort"])
    likeMine = fields["like"] == "mine"
    sort = Sort(rawValue: fields["sort"]) ?? .latest
    after = Place(fields["after"])
  }

  /// The list's address with this filter; what is not set is left out.
  var path: String {
    var fields = Fields()
    if let topic { fields.add("topic", topic) }
    if let subject { fields.add("subject", subject) }
    if let grade { fields.add("grade", String(grade)) }
    if let evidence { fields.add("evidence", evidence.rawValue) }
    if let effort { fields.add("effort", effort.rawValue) }
    if likeMine { fields.add("like", "mine") }
    if sort != .latest { fields.add("sort", sort.rawValue) }
    if let after { fields.add("after", after.text) }
    return fields.isEmpty ? "/ideas" : "/ideas?\(fields.encoded)"
  }

  func going(on place: Place?) -> IdeaFilter {
    var other = self
    other.after = place
    return other
  }
}

/// An idea in a list, with what is known of it.
struct ListedIdea: Identifiable, Sendable, Equatable {
  let id: Identifier<Idea>
  let title: String
  let summary: String
  let school: SchoolGlance
  let topics: [String]
  let effort: Effort
  let grades: GradeSpan
  let worked: Int
  let mixed: Int
  let didNotWork: Int
  let tooEarly: Int
  let experience: Int
  /// Trials whose report is overdue today.
  let unreported: Int
  let headline: String
  let reviewDue: CalendarDate
  let isOutdated: Bool
  /// What the list is sorted by.
  let sortValue: Int64

  func isStale(on day: CalendarDate) -> Bool { isOutdated || reviewDue < day }
}

/// A page of the list and where the next one begins.
struct IdeaPage: Sendable, Equatable {
  let ideas: [ListedIdea]
  let next: IdeaFilter.Place?
}
