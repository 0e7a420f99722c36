import Markup

/// A form that changes something: always POST, always with the session's token.
///
/// - Parameters:
///   - id: names the form for a button that stands outside of it.
///   - draft: where the script keeps what is written, for a long form.
func postForm(
  _ action: String, _ viewer: Viewer, class classes: String = "", id: String? = nil, draft: FormDraft? = nil,
  @HTMLBuilder content: Content
) -> HTML {
  form(
    .method("post"), .action(action), .class(classes), id.map { .id($0) } ?? .when(false, .hidden),
    draft.map { .data("data-draft", $0.context) } ?? .when(false, .hidden),
    draft.map { .data("data-generation", String($0.generation)) } ?? .when(false, .hidden),
    .when(draft?.keptAt != nil, .data("data-kept", ""))
  ) {
    if !viewer.formToken.isEmpty { input(.type("hidden"), .name("token"), .value(viewer.formToken)) }
    if let draft {
      input(.type("hidden"), .name("draft"), .value(draft.context))
      if let keptAt = draft.keptAt { restored(keptAt, draft.fresh, viewer) }
    }
    content()
  }
}

/// Says that the form holds words that were not sent, and how to be rid of them.
private func restored(_ keptAt: Instant, _ fresh: String, _ viewer: Viewer) -> HTML {
  note {
    p {
      "What you wrote here and did not send is back, from "
      timeTag(keptAt, viewer)
      ". "
      quietLink("Begin anew", fresh)
    }
  }
}
