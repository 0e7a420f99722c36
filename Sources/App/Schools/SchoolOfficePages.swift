import Markup

/// What the office sees of the directory's upkeep.
struct SchoolOfficeView: Sendable {
  var pairs: [SchoolPair] = []
  var apart: [SchoolPair] = []
  var mergers: [SchoolMerger] = []
  var runs: [SchoolImportRun] = []
}

/// The office's page of the directory: pairs that may be one school, mergers, imports.
enum SchoolOfficePages {
  static func show(_ view: SchoolOfficeView, _ viewer: Viewer) -> Page {
    Page("The directory's upkeep", section: .office) {
      column {
        crumbs([("Office", "/office"), ("Schools", "/schools")])
        h1 { "The directory’s upkeep" }
        lede(sentence(view))
        part("Twice in the directory?") { pairs(view, viewer) }
        if !view.mergers.isEmpty { part("Merged") { mergers(view.mergers, viewer) } }
        part("Imports") { runs(view.runs, viewer) }
      }
    }
  }

  private static func sentence(_ view: SchoolOfficeView) -> String {
    view.pairs.isEmpty
      ? "No two schools wait for a decision."
      : "\(counted(view.pairs.count, "pair")) of schools may be one school each. Only somebody who knows them can say."
  }

  // MARK: pairs

  private static func pairs(_ view: SchoolOfficeView, _ viewer: Viewer) -> HTML {
    HTML {
      if view.pairs.isEmpty {
        quiet(
          "Schools of one name in one town, and schools of like names side by side, are found at each import and stand here."
        )
      }
      for pair in view.pairs { open(pair, viewer) }
      if !view.apart.isEmpty {
        folded("Said to be two schools") {
          for pair in view.apart {
            p {
              "\(pair.first.name) and \(pair.second.name) "
              buttonForm("Look at them again", "/office/schools/pairs/\(pair.id)/reopening", viewer)
            }
          }
        }
      }
    }
  }

  private static func open(_ pair: SchoolPair, _ viewer: Viewer) -> HTML {
    article(.class("pair")) {
      p(.class("quiet")) { why(pair) }
      div(.class("pair-schools")) {
        for (school, other) in [(pair.first, pair.second), (pair.second, pair.first)] {
          div {
            schoolLine(
              school.name, "/schools/\(school.id)", about: SchoolWords.about(school), isMember: school.isMember)
            p(.class("quiet")) { [school.official?.words, seen(school)].compactMap(\.self).joined(separator: ", ") }
            postForm("/office/schools/pairs/\(pair.id)/merger", viewer, class: "inline") {
              input(.type("hidden"), .name("stays"), .value(school.id.description))
              button(.class("plain"), .aria(.label, "This one stays: \(school.name), over \(other.name)")) {
                "This one stays"
              }
            }
          }
        }
      }
      buttonForm("They are two schools", "/office/schools/pairs/\(pair.id)/apart", viewer)
    }
  }

  private static func why(_ pair: SchoolPair) -> String {
    switch pair.reason {
    case .sameName where pair.first.city.isEmpty || pair.second.city.isEmpty:
      "The same name in the same state; one of them has no town"
    case .sameName: "The same name in the same town"
    case .near: "Like names, \(counted(pair.metres ?? 0, "meter")) apart"
    }
  }

  private static func seen(_ school: School) -> String? {
    guard let first = school.firstSeen, let last = school.lastSeen else { return nil }
    return first == last ? "named in \(first)" : "named from \(first) to \(last)"
  }

  // MARK: mergers and imports

  private static func mergers(_ mergers: [SchoolMerger], _ viewer: Viewer) -> HTML {
    rows {
      for merger in mergers {
        row(
          "\(merger.fromName) into \(merger.intoName)", "/schools/\(merger.into)", tag: timeTag(merger.at, viewer),
          text: HTML(text: merger.undoneAt == nil ? "" : "Undone.")
        ) {
          if merger.undoneAt == nil { buttonForm("Undo", "/office/schools/mergers/\(merger.id)/undoing", viewer) }
        }
      }
    }
  }

  private static func runs(_ runs: [SchoolImportRun], _ viewer: Viewer) -> HTML {
    if runs.isEmpty {
      return note {
        p { "No file was read in yet. On the server: " }
        p { code { "league import schools FILE…" } }
      }
    }
    return dataTable(
      "Imports of official files, newest first",
      columns: [
        TableColumn("When"), TableColumn("Files"), TableColumn("New", isNumber: true),
        TableColumn("Changed", isNumber: true), TableColumn("Same", isNumber: true), TableColumn(""),
      ],
      rows: runs.map { run in
        [
          timeTag(run.at, viewer), HTML { for file in run.files.split(separator: "\n") { p { String(file) } } },
          HTML(text: grouped(run.created)), HTML(text: grouped(run.updated)), HTML(text: grouped(run.unchanged)),
          run.undoneAt == nil
            ? buttonForm("Undo", "/office/schools/imports/\(run.id)/undoing", viewer) : HTML(text: "undone"),
        ]
      })
  }

  /// What an undone import left in place.
  static func undone(_ kept: [KeptSchool]) -> Page {
    Page("Import undone", section: .office) {
      column {
        crumbs([("Office", "/office"), ("The directory’s upkeep", "/office/schools")])
        h1 { "The import is undone" }
        if kept.isEmpty {
          lede("Every school that it brought is gone again, and every value that it changed is as it was.")
        } else {
          lede("Taken back, but for \(counted(kept.count, "school")) that somebody has touched since:")
          ul {
            for school in kept {
              li {
                a(.href("/schools/\(school.id)")) { school.name }; ": \(school.reason)"
              }
            }
          }
        }
        quietLink("Back to the directory’s upkeep", "/office/schools")
      }
    }
  }
}
