/// Something that can be found.
struct SearchDocument: Sendable, Equatable {
  enum Kind: String, Sendable, CaseIterable {
    case idea, trial, project, person, school, discussion
  }

  enum Audience: String, Sendable { case everyone, members }

  let kind: Kind
  let id: String
  /// Tells several documents of one thing apart: the posts of a discussion. Empty where there is one.
  var part = ""
  let title: String
  /// Later posts of a discussion are found by their own words only.
  var titleIsFound = true
  let text: String
  let path: String
  let audience: Audience
  /// A state that a search may be narrowed to, such as a verdict.
  var state = ""
  /// One quiet line under a result.
  var about = ""
  let updatedAt: Instant

  /// Words of a text that are looked at; what follows cannot be found.
  static let textLimit = 20_000

  var marks: String {
    let seen = audience == .everyone ? "forall" : "formembers"
    return "kind\(kind.rawValue) \(seen)" + (state.isEmpty ? "" : " state\(folded(state).filter { $0 != " " })")
  }
}

extension SearchDocument.Kind {
  /// Whether no visitor finds any of them.
  var isForMembers: Bool { [.project, .person, .discussion].contains(self) }

  func has(_ state: String) -> Bool { states.contains { $0.value == state } }

  /// The states to which a search for things of this kind can be narrowed, as the address names them, with their words.
  var states: [(value: String, words: String)] {
    switch self {
    case .idea: [("current", "hold today"), ("outdated", "outdated")]
    case .trial:
      [
        ("worked", "worked"), ("mixed", "mixed"), ("didnotwork", "did not work"), ("tooearly", "too early to say"),
        ("experience", "told without data"), ("running", "running"), ("withdrawn", "withdrawn"),
      ]
    case .project:
      [
        ("planned", "planned"), ("active", "active"), ("paused", "paused"), ("adopted", "adopted"),
        ("adapted", "adapted"), ("abandoned", "abandoned"),
      ]
    case .school: [("member", "members of the League")]
    case .person, .discussion: []
    }
  }
}

/// What somebody looks for.
struct SearchRequest: Sendable, Equatable {
  var text = ""
  var kind: SearchDocument.Kind?
  var state = ""

  init(_ fields: Fields) {
    text = String(fields["q"].prefix(200))
    kind = SearchDocument.Kind(rawValue: fields["kind"])
    state = fields["state"].count <= 30 ? folded(fields["state"]).filter { $0 != " " } : ""
    if !Self.has(state, kind) { state = "" }
  }

  /// Whether things of a kind, or of any, can have a state.
  private static func has(_ state: String, _ kind: SearchDocument.Kind?) -> Bool {
    kind?.has(state) ?? true
  }

  init(text: String, kind: SearchDocument.Kind? = nil, state: String = "") {
    self.text = text
    self.kind = kind
    self.state = state
  }

  /// The address of the same search, narrowed to a kind; a state that no such thing has is left behind.
  func path(kind: SearchDocument.Kind?) -> String {
    var fields = Fields()
    fields.add("q", text)
    if let kind { fields.add("kind", kind.rawValue) }
    if !state.isEmpty, Self.has(state, kind) { fields.add("state", state) }
    return "/search?\(fields.encoded)"
  }
}

/// One thing that was found.
struct SearchResult: Sendable, Equatable {
  let kind: SearchDocument.Kind
  let id: String
  let title: String
  let text: String
  let path: String
  let about: String
  let updatedAt: Instant
}

/// A document that holds the words.
struct SearchCandidate: Sendable, Equatable {
  let number: Int
  let kind: SearchDocument.Kind
  /// Of the noun.
  let id: String
}

/// What was found before it is known who looks, except that it is a member, or is none.
struct SearchLook: Sendable {
  /// Of every kind but people.
  var groups: [SearchFindings.Group] = []
  /// Whom each viewer may see is asked again for them.
  var people: [SearchCandidate] = []
}

/// Everything that was found, by kind.
struct SearchFindings: Sendable, Equatable {
  struct Group: Sendable, Equatable {
    let kind: SearchDocument.Kind
    let results: [SearchResult]
    /// Whether there are more than these.
    let hasMore: Bool
  }

  var groups: [Group] = []
  /// The words that were really looked for, when what was typed gave nothing.
  var corrected: String?

  var isEmpty: Bool { groups.allSatisfy(\.results.isEmpty) }
}
