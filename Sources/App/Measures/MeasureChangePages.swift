import Markup

/// The name of a measure, and whether it rests.
enum MeasureChangePages {
  static func rename(
    _ measure: Measure, _ form: MeasureNameForm, problems: Problems = [:], _ viewer: Viewer
  ) -> Page {
    Page("Rename the measure", section: .today) {
      column {
        crumbs([("Measures", "/measures"), (measure.name, "/measures/\(measure.id)")])
        h1 { "Rename the measure" }
        lede(
          measure.isShared
            ? "Its earlier name stays to be seen. Schools that share a measure are drawn side by side by its name."
            : "Its earlier name stays to be seen.")
        formErrors(problems, order: MeasureNameForm.order)
        postForm("/measures/\(measure.id)/name", viewer, class: "stack") {
          hidden("basis", form.basis)
          field("What is measured", name: "name", value: form.name, problems: problems, limit: 80)
          field("Why", name: "why", value: form.why, problems: problems, required: false, limit: 300)
          submit("Rename it") { quietLink("Cancel", "/measures/\(measure.id)") }
        }
      }
    }
  }

  /// That a measure rests, and how it is taken up again.
  @HTMLBuilder static func resting(_ view: MeasureView, _ viewer: Viewer) -> HTML {
    if let since = view.measure.restsSince {
      note {
        p {
          strong { "This measure rests since \(viewer.zone.date(of: since).spoken)." }
          " Nobody is asked for values; all that was entered stays."
        }
        if view.mayChange {
          actions {
            buttonForm("Take it up again", "/measures/\(view.measure.id)/return", viewer, class: "button second")
          }
        }
      }
    }
  }

  /// Names that it bore, and when it rested.
  @HTMLBuilder static func history(_ view: MeasureView, _ viewer: Viewer) -> HTML {
    if !view.changes.isEmpty {
      folded("Earlier names and rests") {
        ul { for change in view.changes { li { line(change, viewer) } } }
      }
    }
  }

  private static func line(_ change: MeasureChange, _ viewer: Viewer) -> String {
    let day = viewer.zone.date(of: change.at).short
    let why = change.why.isEmpty ? "" : ": \(change.why)"
    switch change.kind {
    case .name: return "Called “\(change.oldName)” until \(day); renamed by \(change.by)\(why)"
    case .rest: return "Rested from \(day) on, says \(change.by)\(why)"
    case .return: return "Taken up again \(day) by \(change.by)\(why)"
    }
  }
}
