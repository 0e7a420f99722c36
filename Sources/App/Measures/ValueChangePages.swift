import Markup

/// Changing a value that stands: its number, its period, or that it counts at all; and what was changed so far.
enum ValueChangePages {
  static func show(
    _ change: ValueChange, _ measure: Measure, _ value: KeptValue, _ form: ValueChangeForm, problems: Problems = [:],
    today: CalendarDate, _ viewer: Viewer
  ) -> Page {
    page(change, measure, viewer) {
      lede("\(words(value, measure)), entered by \(value.by). \(promise(change))")
      formErrors(problems, order: ValueChangeForm.order)
      changeForm(change, measure, value, form, problems, today, viewer)
      others(change, measure, value)
    }
  }

  /// Somebody was quicker: what was typed is still there, beside what stands now.
  static func meanwhile(
    _ change: ValueChange, _ measure: Measure, _ story: (ended: KeptValue, now: KeptValue), _ form: ValueChangeForm,
    today: CalendarDate, _ viewer: Viewer
  ) -> Page {
    page(change, measure, viewer) {
      note {
        p {
          strong { "Somebody was quicker. Nothing of yours was done yet, and your words are still here." }
          " \(words(story.ended, measure)): \(ending(story.ended, viewer))"
        }
        if story.now.isStanding { p { "It stands now as \(words(story.now, measure)), by \(story.now.by)." } }
      }
      if story.now.isStanding {
        changeForm(change, measure, story.now, form, [:], today, viewer)
      } else {
        textArea("What you had written", name: "kept", value: form.why, rows: 2)
        actions { buttonLink("Back to the measure", "/measures/\(measure.id)#values") }
      }
    }
  }

  private static func page(
    _ change: ValueChange, _ measure: Measure, _ viewer: Viewer, @HTMLBuilder content: Content
  ) -> Page {
    Page(title(change), section: .today) {
      column {
        crumbs([("Measures", "/measures"), (measure.name, "/measures/\(measure.id)")])
        h1 { title(change) }
        content()
      }
    }
  }

  private static func changeForm(
    _ change: ValueChange, _ measure: Measure, _ value: KeptValue, _ form: ValueChangeForm, _ problems: Problems,
    _ today: CalendarDate, _ viewer: Viewer
  ) -> HTML {
    postForm("/measures/\(measure.id)/values/\(value.id)/\(change.rawValue)", viewer, class: "stack") {
      switch change {
      case .correction: field("Value", name: "value", value: form.value, problems: problems)
      case .move:
        dateField(
          measure.schedule == .day ? "The day it is of" : "Any day of the \(measure.schedule.rawValue) it is of",
          name: "period", value: form.period, problems: problems, latest: today)
      case .withdrawal: HTML()
      }
      field(
        change == .withdrawal ? "Why it should not count" : "What was wrong", name: "why", value: form.why,
        problems: problems, limit: 300)
      submit(button(change)) { quietLink("Cancel", "/measures/\(measure.id)#values") }
    }
  }

  /// Whoever came to the wrong form finds the right one.
  private static func others(_ change: ValueChange, _ measure: Measure, _ value: KeptValue) -> HTML {
    part("Is something else wrong?") {
      ul(.class("plain-list")) {
        for other in ValueChange.allCases where other != change {
          li { a(.href("/measures/\(measure.id)/values/\(value.id)/\(other.rawValue)")) { offer(other, measure) } }
        }
      }
    }
  }

  private static func title(_ change: ValueChange) -> String {
    switch change {
    case .correction: "Correct a value"
    case .move: "Move a value"
    case .withdrawal: "Withdraw a value"
    }
  }

  private static func button(_ change: ValueChange) -> String {
    switch change {
    case .correction: "Correct it"
    case .move: "Move it"
    case .withdrawal: "Withdraw it"
    }
  }

  private static func offer(_ change: ValueChange, _ measure: Measure) -> String {
    switch change {
    case .correction: "The number itself"
    case .move: "The \(measure.schedule.rawValue): it was entered for another one"
    case .withdrawal: "It should not count at all"
    }
  }

  private static func promise(_ change: ValueChange) -> String {
    switch change {
    case .correction: "It stays to be seen with your reason."
    case .move: "Where it stood stays to be seen with your reason."
    case .withdrawal:
      "It leaves the chart and stays to be seen, struck out, with your reason. What it locked stays locked."
    }
  }

  private static func words(_ value: KeptValue, _ measure: Measure) -> String {
    "\(measure.schedule.label(value.period)): \(value.value.words(measure.definition.kind))"
  }

  // MARK: what was changed

  /// "replaced by Dana Educator, 24 Nov 2026: Two were on the bus".
  static func ending(_ value: KeptValue, _ viewer: Viewer) -> String {
    let what =
      switch value.state {
      case .current, .beside: ""
      case .replaced: "replaced"
      case .moved: "moved"
      case .withdrawn: "withdrawn"
      case .undone: "taken back"
      }
    let day = value.endedAt.map { ", \(viewer.zone.date(of: $0).short)" } ?? ""
    return "\(what) by \(value.endedBy ?? "somebody")\(day): \(value.why)"
  }

  /// One line of the record: what stood, what stands in its place, who and why.
  static func change(_ old: KeptValue, _ successor: KeptValue?, _ measure: Measure, _ viewer: Viewer) -> HTML {
    let kind = measure.definition.kind
    let next = successor.map {
      old.state == .moved ? " now of \(measure.schedule.label($0.period))" : " \($0.value.words(kind))"
    }
    return HTML {
      "\(measure.schedule.label(old.period)): "
      del { old.value.words(kind) }
      next ?? ""
      span(.class("quiet")) { " entered by \(old.by), \(ending(old, viewer))" }
    }
  }
}
