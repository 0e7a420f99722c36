/// The search with nothing asked, with findings, mended and in vain.
enum SearchSamples {
  static let all: [Sample] = [
    Sample("search/start", "Nothing asked yet", show("", SearchFindings())),
    Sample("search/found", "Found in each kind", show("conference", found)),
    Sample(
      "search/narrowed", "Narrowed to trials that did not work",
      SearchPages.show(
        SearchRequest(text: "conference", kind: .trial, state: "didnotwork"),
        SearchFindings(groups: found.groups.filter { $0.kind == .trial }), .sampleLead)),
    Sample("search/mended", "A typing error, mended", show("confrence", mended)),
    Sample("search/nothing", "Nothing found", show("zebra", SearchFindings())),
    Sample(
      "search/nothing-visitor", "Nothing found, for a visitor",
      SearchPages.show(SearchRequest(text: "zebra"), SearchFindings(), .sampleVisitor), for: .sampleVisitor),
  ]

  private static func show(_ text: String, _ findings: SearchFindings) -> Page {
    SearchPages.show(SearchRequest(text: text), findings, .sampleLead)
  }

  private static let found = SearchFindings(
    groups: [
      .init(
        kind: .idea,
        results: [
          result(
            .idea, "A ten-minute conference with each student every other week",
            "An adviser sits down with each of nine students. Conferences have one question and no notes.",
            about: "Kettle Cove Regional · Tried by 14 schools")
        ], hasMore: true),
      .init(
        kind: .trial,
        results: [
          result(
            .trial, "Kettle Cove Regional: A ten-minute conference", "Absence fell a little; too early to say.",
            about: "Kettle Cove Regional")
        ], hasMore: false),
      .init(
        kind: .person,
        results: [
          result(
            .person, "Ruth Ouellette", "Ask me about conferences that survive March.",
            about: "Teacher, Kettle Cove Regional")
        ], hasMore: false),
      .init(
        kind: .discussion,
        results: [
          result(
            .discussion, "Who counts a conference as teaching time?", "We do. The conference is in the timetable.",
            about: "Lia Pereira")
        ], hasMore: false),
    ])

  private static let mended = SearchFindings(groups: found.groups, corrected: "conference")

  private static func result(_ kind: SearchDocument.Kind, _ title: String, _ text: String, about: String)
    -> SearchResult
  {
    SearchResult(
      kind: kind, id: title, title: title, text: text, path: "/\(kind.rawValue)s/x", about: about,
      updatedAt: Viewer.sampleNow - .days(3))
  }
}
