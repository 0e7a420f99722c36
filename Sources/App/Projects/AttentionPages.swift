import Markup

/// What is stuck, for coaches and leads.
enum AttentionPages {
  static func show(_ items: [ProjectAttention.Item], _ viewer: Viewer) -> Page {
    Page("What is stuck", section: .projects) {
      column {
        crumbs([("Projects", "/projects")])
        h1 { "What is stuck" }
        lede("Studies and decisions that are overdue, and projects without a cycle, of all that you may see.")
        if items.isEmpty {
          emptyState("Nothing is stuck", "When a cycle's study or decision is overdue, it stands here.")
        } else {
          rows {
            for item in items {
              row(item.words, item.path, tag: item.since.map { "due \($0.short)" }, text: item.project, level: 2) {
                byline(item.school)
              }
            }
          }
        }
      }
    }
  }
}
