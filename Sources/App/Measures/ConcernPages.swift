import Markup

/// The part of a measure's page in which a signal of concern is answered in words.
enum ConcernPages {
  /// Nothing where the chart gives no cause and nobody ever answered one.
  @HTMLBuilder
  static func part(_ view: MeasureView, _ problems: Problems, typed: String, _ viewer: Viewer) -> HTML {
    let concern = view.concern
    if !concern.sentence.isEmpty || !concern.replies.isEmpty {
      App.part("A signal of concern", id: "concern") {
        if concern.isOpen {
          p { "The chart shows more than chance, in the direction that nobody wants." }
          if view.mayChange { form(view.measure.id, problems, typed, viewer) }
        } else if concern.sentence.isEmpty {
          quiet("The chart gives no cause for concern now.")
        } else {
          quiet(
            "The team has answered. It is asked anew after \(counted(concern.restsFor, "more value")), if the chart still shows it."
          )
        }
        for reply in concern.replies { spoken(reply, viewer) }
      }
    }
  }

  private static func form(_ id: Measure.ID, _ problems: Problems, _ typed: String, _ viewer: Viewer) -> HTML {
    HTML {
      formErrors(problems.filter { $0.key == "concern" })
      postForm("/measures/\(id)/concern", viewer, class: "stack") {
        textArea(
          "What do you make of it?", name: "concern", value: typed, problems: problems,
          hint: "What happened, as far as you know, and what you do next. Everybody who may see this measure reads it.",
          rows: 3, limit: 1000)
        submit("Answer")
      }
    }
  }

  private static func spoken(_ reply: Concern.Reply, _ viewer: Viewer) -> HTML {
    HTML {
      p { reply.words }
      p(.class("quiet")) {
        "\(reply.by), \(viewer.zone.date(of: reply.at).short), when the chart said: \(reply.sentence)"
      }
    }
  }
}
