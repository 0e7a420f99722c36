import Markup

/// A driver diagram: drawn, read aloud as a list, written as an outline.
enum DriverPages {
  static func part(_ drivers: [Driver], _ project: Project, mayEdit: Bool) -> HTML {
    App.part(
      "Driver diagram", id: "drivers",
      more: mayEdit && !drivers.isEmpty ? quietLink("Edit the outline", "\(project.path)/drivers") : HTML()
    ) {
      if drivers.isEmpty {
        emptyState("No drivers yet", "What moves the aim, what moves that, and what you will change stand here.") {
          if mayEdit { buttonLink("Write the outline", "\(project.path)/drivers", primary: false) }
        }
      } else {
        DriverDrawing(drivers, aim: project.title).figure
      }
    }
  }

  /// The same as nested lists: what a narrow screen and a screen reader get.
  static func list(_ drivers: [Driver], under parent: Driver.ID? = nil) -> HTML {
    ul {
      for each in drivers where each.parent == parent {
        li {
          if let idea = each.idea { a(.href("/ideas/\(idea)")) { each.words } } else { each.words }
          if drivers.contains(where: { $0.parent == each.id }) { list(drivers, under: each.id) }
        }
      }
    }
  }

  static func edit(_ project: Project, outline: String, basis: String, problems: Problems = [:], _ viewer: Viewer)
    -> Page
  {
    Page("Driver diagram", section: .projects) {
      column {
        crumbs([("Projects", "/projects"), (project.title, project.path)])
        h1 { "Driver diagram" }
        lede("One line each. Two spaces before a line make it a secondary driver, four a change you will try.")
        formErrors(problems)
        postForm("\(project.path)/drivers", viewer, class: "stack") {
          input(.type("hidden"), .name("basis"), .value(basis))
          textArea(
            "Outline", name: "outline", value: outline, problems: problems,
            hint: "To put in an idea of the library, end the line with its address: /ideas/…", required: false,
            rows: 14)
          submit("Keep the diagram") { quietLink("Cancel", project.path) }
        }
        quiet("Changes that are not yet in the library can be shared from here:")
        for each in changes(outline) {
          p { quietLink("Share “\(each)” as an idea", "/ideas/new?title=\(percentEncoded(each))") }
        }
      }
    }
  }

  private static func changes(_ outline: String) -> [String] {
    outline.split(separator: "\n").filter { $0.hasPrefix("    ") && !$0.contains("/ideas/") }
      .map { $0.split(separator: " ").joined(separator: " ") }
  }
}
