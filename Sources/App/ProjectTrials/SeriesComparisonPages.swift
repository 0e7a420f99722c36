import Markup
import Statistics

/// A cycle's school beside matched schools that did not try the idea.
enum SeriesComparisonPages {
  static func show(_ comparison: SeriesComparison?, of proposal: ProjectTrial, _ viewer: Viewer) -> Page {
    let (project, cycle) = (proposal.project, proposal.cycle)
    return Page("Compared with schools that did not try it", section: .projects) {
      column {
        crumbs([
          ("Projects", "/projects"), (project.title, project.path),
          ("Cycle \(cycle.number)", "\(project.path)/cycles/\(cycle.id)"),
        ])
        h1 { "Compared with schools that did not try it" }
        switch comparison?.outcome {
        case .found(let compared, let peers)?:
          if let comparison { found(compared, peers, comparison, proposal) }
        case .refused(let why)?: refused(why)
        case nil: refused("The cycle has no measure with values yet, so there is nothing to compare.")
        }
        quiet(
          "Schools are matched by size, grades, setting and kind, never by their results. A group is shown only when no feature, and not where they stood before, differs by more than \(PeerGroup.largestFairDifference) standard deviations."
        )
      }
    }
  }

  private static func refused(_ why: String) -> HTML {
    answer("No fair comparison.", sure: HTML(text: why), label: "What the comparison says")
  }

  @HTMLBuilder
  private static func found(
    _ compared: ComparedChange, _ peers: [SeriesComparison.Peer], _ comparison: SeriesComparison,
    _ proposal: ProjectTrial
  ) -> HTML {
    let name = proposal.measure?.name ?? "The measure"
    let isShare = proposal.measure?.definition.kind == .share
    let lies = compared.expected.contains(compared.own) ? "inside" : "outside"
    answer(
      "\(name) changed by \(signed(compared.own))\(isShare ? " percentage points" : "") here and by \(signed(compared.usual)) in \(counted(peers.count, "school")) like yours that did not try it.",
      sure: HTML(
        text:
          "One more school like them would have changed by something between \(signed(compared.expected.lower)) and \(signed(compared.expected.upper)); yours lies \(lies) of that. This describes; the claim stays what its own rule makes it."
      ), label: "What the comparison says")
    dataTable(
      "The schools",
      columns: [
        TableColumn("School"), TableColumn("Change", isNumber: true),
        TableColumn(isShare ? "Before, %" : "Before", isNumber: true),
        TableColumn(isShare ? "After, %" : "After", isNumber: true), TableColumn("Distance", isNumber: true),
      ],
      rows: [row(comparison.own, distance: nil, change: compared.own)]
        + peers.map { row($0.school, distance: $0.distance, change: $0.change) })
    quiet(
      "Distance is in standard deviations over size, grades, setting and kind. Before, yours stood \(FindingWords.plain(abs(compared.baselineDifference))) standard deviations from their mean. Chosen among \(counted(comparison.candidates, "school")) with the same measure."
    )
  }

  private static func row(_ school: SeriesComparison.School, distance: Double?, change: Double) -> [HTML] {
    [
      a(.href("/measures/\(school.measure)")) { school.school.name },
      HTML(text: signed(change)), HTML(text: mean(school.series.before)), HTML(text: mean(school.series.after)),
      HTML(text: distance.map(FindingWords.plain) ?? "yours"),
    ]
  }

  private static func mean(_ values: [Double]) -> String {
    values.isEmpty ? "–" : FindingWords.plain(values.reduce(0, +) / Double(values.count))
  }

  private static func signed(_ value: Double) -> String {
    let text = FindingWords.plain(value)
    return value > 0 && text != "0" ? "+\(text)" : text
  }
}
