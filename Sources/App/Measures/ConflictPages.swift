import Markup

/// Several values for one period: none is lost, somebody chooses; all of a measure in one form.
enum ConflictPages {
  static func part(_ view: MeasureView, _ problems: Problems, _ viewer: Viewer) -> HTML {
    let all = ValueConflict.all(in: view.values + view.beside)
    guard !all.isEmpty else { return HTML() }
    let measure = view.measure
    return Markup.section(.class("note"), .id("conflicts"), .aria(.label, "Values to choose among")) {
      p {
        strong { title(all, measure) }
        " All are kept; the chart shows the first of each until somebody chooses."
      }
      if view.mayChange {
        formErrors(problems.filter { ["settlement", "why"].contains($0.key) })
        postForm("/measures/\(measure.id)/settlement", viewer, class: "stack") {
          hidden("shown", all.prefix(ValueConflict.most).flatMap(\.values).map(\.id).joined(separator: " "))
          for (index, conflict) in all.prefix(ValueConflict.most).enumerated() {
            radios(
              measure.schedule.label(conflict.period), name: "keep-\(conflict.period)",
              options: conflict.values.map { Option($0.id, words($0, measure, viewer)) } + [
                Option("", "Leave it open")
              ], value: view.settlement.choices[conflict.period] ?? "", required: false,
              id: index == 0 ? fieldID("settlement") : nil)
          }
          field(
            "Why", name: "why", value: view.settlement.why, problems: problems, required: false, limit: 300)
          actions { button(.class("button second"), .type("submit")) { "Keep what I chose" } }
          if all.count > ValueConflict.most {
            quiet("\(counted(all.count - ValueConflict.most, "more")) can be settled after these.")
          }
        }
      } else {
        ul {
          for conflict in all {
            li {
              "\(measure.schedule.label(conflict.period)): \(conflict.values.map { words($0, measure, viewer) }.joined(separator: "; "))"
            }
          }
        }
      }
    }
  }

  private static func title(_ all: [ValueConflict], _ measure: Measure) -> String {
    all.count == 1
      ? "\(all[0].values.count == 2 ? "Two" : String(all[0].values.count)) values for \(measure.schedule.label(all[0].period))."
      : "Several values for \(counted(all.count, measure.schedule.rawValue))."
  }

  private static func words(_ value: KeptValue, _ measure: Measure, _ viewer: Viewer) -> String {
    "\(value.value.words(measure.definition.kind)), by \(value.by), \(viewer.zone.date(of: value.at).short)"
  }
}
