import Markup

enum AuditPages {
  /// - Parameter older: the address of the next page.
  static func list(_ entries: [AuditEntry], _ filter: AuditFilter, actions: [String], older: String?, _ viewer: Viewer)
    -> Page
  {
    Page("Audit log", section: .office) {
      crumbs([("Office", "/office")])
      h1 { "Audit log" }
      lede("Every act with a right that others do not have, and every look at what is hidden from others.")
      filterForm("/office/audit", isFiltered: filter.isSet) {
        field(
          "Who", name: "who", value: filter.who, hint: "An address, or how a name begins.", required: false,
          autocomplete: "off")
        choice(
          "What", name: "action", options: actions.map { Option($0, $0) }, value: filter.action, prompt: "Anything",
          required: false)
        choice(
          "Kind", name: "kind", options: AuditEntry.Kind.allCases.map { Option($0.rawValue, $0.words) },
          value: filter.kind?.rawValue ?? "", prompt: "Acts and views", required: false)
        dateField("From", name: "from", value: filter.from?.description ?? "", required: false)
        dateField("To", name: "to", value: filter.to?.description ?? "", required: false)
      }
      if entries.isEmpty {
        emptyState("Nothing is found", "The log holds every act of the office, of liaisons and of schools' leads.")
      } else {
        table(entries, viewer)
        pager(newer: nil, older: older)
        p { a(.href("/office/audit.csv\(filter.isSet ? "?" + filter.query : "")")) { "All of these as CSV" } }
      }
    }
  }

  static func table(_ entries: [AuditEntry], caption: String = "The log, the latest first", _ viewer: Viewer) -> HTML {
    dataTable(
      caption,
      columns: [
        TableColumn("When"), TableColumn("Who"), TableColumn("What"), TableColumn("About"), TableColumn("Detail"),
      ],
      rows: entries.map { entry in
        [
          timeTag(entry.at, viewer), HTML(text: who(entry)), HTML(text: entry.action),
          about(entry, isOffice: viewer.isOffice), HTML(text: entry.detail),
        ]
      }, isCaptionHidden: true)
  }

  static func who(_ entry: AuditEntry) -> String {
    entry.asPerson == nil ? entry.name : "\(entry.name), as \(entry.asName)"
  }

  private static func about(_ entry: AuditEntry, isOffice: Bool) -> HTML {
    let words = entry.nounName.isEmpty ? "\(entry.noun) \(entry.nounID)" : entry.nounName
    guard isOffice, let path = entry.path else { return HTML(text: words) }
    return a(.href(path)) { words }
  }
}
