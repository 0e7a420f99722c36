import Markup

/// What everybody, or every member, finds alike, with its rows drawn.
struct SearchDrawing: Sendable {
  let look: SearchLook
  /// Of every kind of which something was found, but people.
  let groups: [SearchDocument.Kind: HTML]

  init(_ look: SearchLook, _ request: SearchRequest, _ viewer: Viewer) {
    self.look = look
    let marked = Marked(request.text)
    let found = look.groups.filter { !$0.results.isEmpty }
    groups = Dictionary(
      found.map { ($0.kind, SearchPages.group($0, request, marked, viewer)) }, uniquingKeysWith: { first, _ in first })
  }
}

/// Values in, pages out.
enum SearchPages {
  /// - Parameter drawn: groups of the findings that are drawn already.
  static func show(
    _ request: SearchRequest, _ findings: SearchFindings, drawn: [SearchDocument.Kind: HTML] = [:], _ viewer: Viewer
  ) -> Page {
    var page = Page(request.text.isEmpty ? "Search" : "\(request.text) · Search") {
      column {
        h1 { "Search" }
        box(request, viewer)
        if !request.text.isEmpty {
          kinds(request, viewer)
          found(request, findings, drawn, viewer)
        }
      }
    }
    page.query = request.text
    return page
  }

  private static func box(_ request: SearchRequest, _ viewer: Viewer) -> HTML {
    form(.class("search-again"), .role("search"), .action("/search")) {
      input(.type("search"), .name("q"), .value(request.text), .aria(.label, "Search the League"))
      if let kind = request.kind { input(.type("hidden"), .name("kind"), .value(kind.rawValue)) }
      states(request, viewer)
      button(.class("button")) { "Search" }
    }
  }

  /// The states of what is looked for: of one kind, or of each that has some.
  @HTMLBuilder private static func states(_ request: SearchRequest, _ viewer: Viewer) -> HTML {
    let kinds = (request.kind.map { [$0] } ?? shown(viewer)).filter { !$0.states.isEmpty }
    if !request.text.isEmpty, !kinds.isEmpty {
      select(.name("state"), .aria(.label, "Only what stands like this")) {
        option(.value("")) { "In any state" }
        for kind in kinds {
          optgroup(.init("label", kind.words)) {
            for state in kind.states {
              option(.value(state.value), .when(state.value == request.state, .selected)) { state.words }
            }
          }
        }
      }
    }
  }

  private static func shown(_ viewer: Viewer) -> [SearchDocument.Kind] {
    SearchDocument.Kind.allCases.filter { viewer.isMember || ![.person, .discussion, .project].contains($0) }
  }

  private static func kinds(_ request: SearchRequest, _ viewer: Viewer) -> HTML {
    tabs(
      [Tab("All", request.path(kind: nil), isCurrent: request.kind == nil)]
        + shown(viewer).map { Tab($0.words, request.path(kind: $0), isCurrent: request.kind == $0) },
      label: "What to look for")
  }

  private static func found(
    _ request: SearchRequest, _ findings: SearchFindings, _ drawn: [SearchDocument.Kind: HTML], _ viewer: Viewer
  ) -> HTML {
    guard !findings.isEmpty else { return nothing(request, viewer) }
    let marked = Marked(findings.corrected ?? request.text)
    return HTML {
      if let corrected = findings.corrected {
        note { p { "Nothing was found for “\(request.text)”. This is what was found for “\(corrected)”." } }
      }
      for group in findings.groups where !group.results.isEmpty {
        drawn[group.kind] ?? self.group(group, request, marked, viewer)
      }
    }
  }

  fileprivate static func group(
    _ group: SearchFindings.Group, _ request: SearchRequest, _ marked: Marked, _ viewer: Viewer
  ) -> HTML {
    part(
      group.kind.words, id: group.kind.rawValue,
      more: group.hasMore && request.kind == nil
        ? quietLink("All \(group.kind.words.lowercased())", request.path(kind: group.kind)) : HTML()
    ) {
      rows { for result in group.results { row(result, marked, viewer) } }
      if group.hasMore, request.kind != nil {
        quiet("There are more. Add a word to narrow the search.")
      }
    }
  }

  private static func row(_ result: SearchResult, _ marked: Marked, _ viewer: Viewer) -> HTML {
    li(.class("row")) {
      h3 { a(.href(result.path)) { marked.html(result.title) } }
      if result.kind == .discussion { span(.class("tag")) { timeTag(result.updatedAt, viewer) } }
      if !result.text.isEmpty { p { marked.excerpt(result.text) } }
      if !result.about.isEmpty { p(.class("byline")) { result.about } }
    }
  }

  private static func nothing(_ request: SearchRequest, _ viewer: Viewer) -> HTML {
    emptyState(
      "Nothing found for “\(request.text)”",
      viewer.isMember
        ? "Try another word, or fewer. The last word may be only begun."
        : "Try another word, or fewer. Discussions and people are shown to educators of member schools who are signed in."
    ) {
      if request.kind != nil || !request.state.isEmpty {
        quietLink("Look among everything", SearchRequest(text: request.text).path(kind: nil))
      }
    }
  }
}

extension SearchDocument.Kind {
  fileprivate var words: String {
    switch self {
    case .idea: "Ideas"
    case .trial: "Trials"
    case .project: "Projects"
    case .person: "People"
    case .school: "Schools"
    case .discussion: "Discussions"
    }
  }
}
