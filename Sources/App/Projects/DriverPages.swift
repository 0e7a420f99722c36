import Markup

/// A driver diagram: drawn, read aloud as a list, written as an outline.
enum DriverPages {
  static func part(_ drivers: [Driver], _ measures: [HungMeasure], _ project: Project, mayEdit: Bool) -> HTML {
    App.part(
      "Driver diagram", id: "drivers",
      more: mayEdit && !drivers.isEmpty ? quietLink("Edit the outline", "\(project.path)/drivers") : HTML()
    ) {
      if drivers.isEmpty {
        emptyState("No drivers yet", "What moves the aim, what moves that, and what you will change stand here.") {
          if mayEdit { buttonLink("Write the outline", "\(project.path)/drivers", primary: false) }
        }
      } else {
        DriverDrawing(drivers, measures, aim: project.title).figure
      }
    }
  }

  /// The same as nested lists: what a narrow screen and a screen reader get.
  static func list(_ drivers: [Driver], _ measures: [HungMeasure] = [], under parent: Driver.ID? = nil) -> HTML {
    ul {
      for each in drivers where each.parent == parent {
        li {
          if let idea = each.idea { a(.href("/ideas/\(idea)")) { each.words } } else { each.words }
          for measure in measures where measure.driver == each.id {
            " "
            span(.class("quiet")) {
              "measured by "
              a(.href("/measures/\(measure.id)")) { measure.name }
            }
          }
          if drivers.contains(where: { $0.parent == each.id }) { list(drivers, measures, under: each.id) }
        }
      }
    }
  }

  /// What the page of the outline shows beside it.
  struct Choices: Sendable {
    var drivers: [Driver] = []
    var measures: [HungMeasure] = []
    /// What was looked for in the library, and what was found.
    var sought = ""
    var ideas: [(id: Idea.ID, title: String)] = []
  }

  static func edit(
    _ project: Project, outline: String, basis: String, _ choices: Choices = Choices(), problems: Problems = [:],
    _ viewer: Viewer
  ) -> Page {
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
            rows: 14, outline: ["primary driver", "secondary driver", "change idea"])
          submit("Keep the diagram") { quietLink("Cancel", project.path) }
        }
        ideas(project, choices, viewer)
        measures(project, choices, viewer)
        let own = changes(outline)
        if !own.isEmpty {
          App.part("Changes that could become ideas") {
            quiet("What you try and the library does not have yet: share it, and others can try it, too.")
            for each in own {
              p {
                quietLink(
                  "Share “\(each)” as an idea", "/ideas/new?title=\(percentEncoded(each))&project=\(project.id)")
              }
            }
          }
        }
      }
    }
  }

  /// Ideas of the library, dropped under a secondary driver without typing an address.
  private static func ideas(_ project: Project, _ choices: Choices, _ viewer: Viewer) -> HTML {
    let places = choices.drivers.filter { $0.kind == .secondary }
    return App.part("Put in an idea of the library", id: "ideas") {
      if places.isEmpty {
        quiet("Write a secondary driver first: an idea is a change that hangs on one.")
      } else {
        form(.class("filters"), .action("\(project.path)/drivers"), .role("search")) {
          field("Look in the library", name: "idea", value: choices.sought, required: false, id: "idea-sought")
          div(.class("actions")) { button(.class("button second")) { "Look" } }
        }
        if !choices.sought.isEmpty, choices.ideas.isEmpty { quiet("Nothing was found for “\(choices.sought)”.") }
        for (index, idea) in choices.ideas.enumerated() {
          postForm("\(project.path)/drivers/ideas", viewer, class: "stack") {
            hidden("idea", "\(idea.id)")
            p { a(.href("/ideas/\(idea.id)")) { idea.title } }
            choice(
              "Under", name: "parent", options: places.map { Option("\($0.id)", $0.words) }, id: "parent-\(index)")
            button(.class("button second")) { "Put in" }
          }
        }
      }
    }
  }

  /// Which driver each measure tells of.
  @HTMLBuilder private static func measures(_ project: Project, _ choices: Choices, _ viewer: Viewer) -> HTML {
    if !choices.measures.isEmpty, !choices.drivers.isEmpty {
      App.part("Measures on drivers", id: "measures") {
        postForm("\(project.path)/drivers/measures", viewer, class: "stack") {
          for measure in choices.measures {
            choice(
              measure.name, name: "on-\(measure.id)",
              options: choices.drivers.map { Option("\($0.id)", $0.words) },
              value: measure.driver?.description ?? "", prompt: "On none", required: false)
          }
          submit("Keep")
        }
      }
    }
  }

  private static func changes(_ outline: String) -> [String] {
    outline.split(separator: "\n").filter { $0.hasPrefix("    ") && !$0.contains("/ideas/") }
      .map { $0.split(separator: " ").joined(separator: " ") }
  }
}
