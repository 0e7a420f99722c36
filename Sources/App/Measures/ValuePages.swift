import Markup
import Statistics

/// Values on their measure's page: the field for one more, every one that stands, every one that was changed.
enum ValuePages {
  static func entry(
    _ view: MeasureView, _ problems: Problems, _ typed: String, _ period: String, _ viewer: Viewer
  ) -> HTML {
    let own = problems.filter { ["value", "period", "reading"].contains($0.key) }
    return valueForm(
      "/measures/\(view.measure.id)/values", view.measure, view.today, typed, period, own, viewer)
  }

  /// One value and its day. Where a number may be meant in two ways, both answers are the buttons.
  ///
  /// - Parameters:
  ///   - typed: a value that was refused.
  ///   - period: the day that came with it; today where nothing was refused.
  static func valueForm(
    _ path: String, _ measure: Measure, _ today: CalendarDate, _ typed: String, _ period: String,
    _ problems: Problems, _ viewer: Viewer
  ) -> HTML {
    postForm(path, viewer, class: "stack") {
      formErrors(problems.filter { $0.key != "reading" }, order: ["value", "period"])
      if problems["reading"] != nil { readings(typed) }
      field(
        "Value", name: "value", value: typed, problems: problems,
        hint: isPlain(measure) ? nil : measure.definition.example, kind: keyboard(measure),
        unit: measure.definition.unit.isEmpty ? nil : measure.definition.unit)
      dateField(
        measure.schedule == .day ? "Day" : "Any day of the \(measure.schedule.rawValue)", name: "period",
        value: period.isEmpty ? today.description : period, problems: problems, latest: today)
      if problems["reading"] == nil { submit("Save") }
    }
  }

  /// A field, the period it is of, and Save: on a page where other things wait, too.
  static func onTheSpot(_ number: Today.Number, _ viewer: Viewer) -> HTML {
    let (measure, path) = (number.measure, "/measures/\(number.measure.id)")
    return postForm("\(path)/values", viewer, class: "spot") {
      hidden("period", number.period.description)
      hidden("from", "today")
      field(
        measure.name, name: "value",
        hint:
          "\(measure.schedule.spoken(number.period))\(isPlain(measure) ? "" : ": \(measure.definition.example)")",
        kind: keyboard(measure), unit: measure.definition.unit.isEmpty ? nil : measure.definition.unit,
        id: "value-\(measure.id)")
      div(.class("actions")) {
        button(.class("button second"), .type("submit")) { "Save" }
        quietLink("Its chart", path)
      }
    }
  }

  /// The path by which what was just entered is taken back.
  static func undoPath(_ view: MeasureView) -> String? {
    view.entered.first.map { "/measures/\(view.measure.id)/values/\($0.id)/undoing" }
  }

  /// The numbers of a phone where nothing else is typed: a share has a slash or a percent sign, and few number keyboards
  /// have a minus.
  static func keyboard(_ measure: Measure) -> FieldKind {
    isPlain(measure) && !measure.spark.contains { $0 ?? 0 < 0 } ? .decimal : .text
  }

  /// One number and nothing else is typed.
  private static func isPlain(_ measure: Measure) -> Bool {
    measure.definition.kind != .share && ![.rate, .mean].contains(measure.definition.chart)
  }

  /// The question, and both answers as buttons. Enter in a field presses the hidden one, which asks again: neither answer
  /// is given by accident.
  private static func readings(_ typed: String) -> HTML {
    div(.class("problems"), .role("alert"), .tabindex(-1), .id("problems"), .init("autofocus")) {
      button(.type("submit"), .hidden, .tabindex(-1)) { "Save" }
      p {
        strong { "\(typed) may be meant in two ways." }
        " Nothing is saved yet. Save it as"
      }
      div(.class("actions")) {
        for reading in ShareReading.allCases {
          button(.class("button second"), .type("submit"), .name("reading"), .value(reading.rawValue)) {
            reading.words(typed)
          }
        }
      }
    }
  }

  /// What has just been kept; nil where nothing was.
  static func entered(_ view: MeasureView) -> String? {
    let (measure, entered) = (view.measure, view.entered)
    guard let first = entered.first else { return view.said }
    guard entered.count == 1 else { return "Saved: \(counted(entered.count, "value"))." }
    let words = "Saved: \(first.value.words(measure.definition.kind)) for \(measure.schedule.label(first.period))."
    return first.state == .beside ? "\(words) Another value stands for it already: both are kept." : words
  }

  static func list(_ view: MeasureView, _ viewer: Viewer) -> HTML {
    let (measure, kind) = (view.measure, view.measure.definition.kind)
    let withdrawn = view.history.filter { $0.state == .withdrawn }
    let changed = view.history.filter { $0.state != .withdrawn }
    return part("Every value", id: "values") {
      // What was withdrawn stays in sight: nobody has to look for it.
      if !withdrawn.isEmpty {
        p { "Withdrawn, and counted in no chart:" }
        ul { for old in withdrawn { li { ValueChangePages.change(old, nil, measure, viewer) } } }
      }
      if !view.values.isEmpty {
        folded(counted(view.values.count + view.beside.count, "value") + ", who entered them") {
          ul {
            for value in (view.values + view.beside).sorted(by: { ($0.period, $1.id) > ($1.period, $0.id) }) {
              li {
                "\(measure.schedule.label(value.period)): \(value.value.words(kind)), \(value.by)\(value.state == .beside ? ", not charted" : "") "
                if view.mayChange { quietLink("Change", "/measures/\(measure.id)/values/\(value.id)/correction") }
              }
            }
          }
        }
      }
      if !changed.isEmpty {
        let all = view.values + view.beside + view.history
        folded(counted(changed.count, "correction")) {
          ul {
            for old in changed {
              li { ValueChangePages.change(old, all.first { $0.follows == old.id }, measure, viewer) }
            }
          }
        }
      }
    }
  }
}
