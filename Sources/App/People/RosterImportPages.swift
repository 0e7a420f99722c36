import Markup

enum RosterImportPages {
  static func ask(_ school: School, typed: String = "", problems: Problems = [:], _ viewer: Viewer) -> Page {
    Page("Add many people", section: .schools) {
      trail(school)
      h1 { "Add many people" }
      lede("From a spreadsheet, saved as CSV. You see what would happen before anything does.")
      column {
        formErrors(problems)
        uploadForm("/schools/\(school.id)/roster/import", viewer) {
          textArea(
            "Paste the lines", name: "rows", value: typed, problems: problems,
            hint: "The first line names the columns: email, name, and if you like role (educator or lead) and title.",
            required: false, rows: 8)
          div(.class("field")) {
            label(.for("field-file")) { "or choose a file" }
            input(.id("field-file"), .type("file"), .name("file"), .init("accept", ".csv,text/csv,text/plain"))
          }
          submit("Show what would happen") { quietLink("Back to the roster", "/schools/\(school.id)/roster") }
        }
        folded("An example") {
          pre {
            "email,name,role,title\nruth@school.org,Ruth Ouellette,lead,Principal\nlia@school.org,Lia Pereira,educator,Science"
          }
        }
      }
    }
  }

  /// The dry run: every line with what it would do.
  static func plan(_ plan: RosterPlan, text: String, _ school: School, _ viewer: Viewer) -> Page {
    Page("What would happen", section: .schools) {
      trail(school)
      h1 { "What would happen" }
      lede("Nothing was changed yet.")
      figures([
        (grouped(plan.added), "to add"), (grouped(plan.retitled), "with a new title"),
        (grouped(plan.unchanged), "unchanged"),
        (grouped(plan.refused), "to mend"),
      ])
      if plan.added + plan.retitled > 0 {
        uploadForm("/schools/\(school.id)/roster/imports", viewer) {
          input(.type("hidden"), .name("rows"), .value(text))
          submit(plan.refused == 0 ? "Do it" : "Do it without the lines to mend") {
            quietLink("Change the lines", "/schools/\(school.id)/roster/import")
          }
        }
      } else {
        p {
          "There is nothing to do. "; a(.href("/schools/\(school.id)/roster/import")) { "Change the lines" }
        }
      }
      if plan.refused > 0 {
        uploadForm("/schools/\(school.id)/roster/import/refused", viewer) {
          input(.type("hidden"), .name("rows"), .value(text))
          button(.class("plain")) { "Download the lines to mend, with the reasons" }
        }
      }
      dataTable(
        "Line by line", columns: [TableColumn("Line", isNumber: true), TableColumn("Who"), TableColumn("What")],
        rows: plan.entries.map { [String($0.line), $0.who, words($0.act)] })
    }
  }

  private static func words(_ act: RosterPlan.Act) -> String {
    switch act {
    case .add(let isNew): isNew ? "New account, invited" : "Has an account; put on the roster"
    case .retitle(let old): old.isEmpty ? "Gets a title" : "New title in place of \u{201C}\(old)\u{201D}"
    case .unchanged: "Unchanged"
    case .refused(let reason): "To mend: \(reason)"
    }
  }

  static func undone(_ undo: RosterUndo, _ school: School, _ viewer: Viewer) -> Page {
    Page("The import was taken back", section: .schools) {
      trail(school)
      h1 { "The import was taken back" }
      lede(
        "\(counted(undo.ended, "person", "people")) left the roster, \(counted(undo.retitled, "title")) went back to what it was."
      )
      if !undo.kept.isEmpty {
        part("Kept, since somebody has built on it") {
          ul { for each in undo.kept { li { "\(each.name): \(each.why)." } } }
        }
      }
      p { a(.href("/schools/\(school.id)/roster")) { "To the roster" } }
    }
  }

  private static func trail(_ school: School) -> HTML {
    crumbs([(school.name, "/schools/\(school.id)"), ("Roster", "/schools/\(school.id)/roster")])
  }

  /// A form that may carry a file.
  private static func uploadForm(_ action: String, _ viewer: Viewer, @HTMLBuilder content: Content) -> HTML {
    form(.method("post"), .action(action), .class("stack"), .init("enctype", "multipart/form-data")) {
      if !viewer.formToken.isEmpty { input(.type("hidden"), .name("token"), .value(viewer.formToken)) }
      content()
    }
  }
}
