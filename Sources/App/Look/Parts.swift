import Markup

/// What the reader came for: a sentence, a picture of it, and how sure we are.
///
/// - Parameters:
///   - sentence: plain words, the answer itself.
///   - rest: what the sentence goes on to say; it stands back.
///   - sure: how sure we are and what it rests on, the statistic after the words.
///   - picture: a verdict strip, a key; drawn between the two.
func answer(
  _ sentence: String, rest: String = "", sure: HTML = HTML(), label: String = "What the League knows",
  @HTMLBuilder picture: Content = HTML.init
) -> HTML {
  section(.class("answer"), .aria(.label, label)) {
    p(.class("sentence")) { sentence }
    if !rest.isEmpty { p(.class("rest")) { rest } }
    picture()
    if !sure.isEmpty { p(.class("sure")) { sure } }
  }
}

/// The page in two columns, which become one on a narrow screen: `spread { … } side: { panel("…") { … } }`.
func spread(@HTMLBuilder main: Content, @HTMLBuilder side: Content) -> HTML {
  div(.class("spread")) {
    div(.class("column"), content: main)
    div(.class("side"), content: side)
  }
}

/// A page without a second column, at reading width.
func column(@HTMLBuilder content: Content) -> HTML { div(.class("column alone"), content: content) }

/// A short section of the second column.
func panel(_ title: String, @HTMLBuilder content: Content) -> HTML {
  section(.class("panel")) {
    h2 { title }
    content()
  }
}

/// A section of a page, with its heading and a quiet link at the heading's end.
func part(_ title: String, id: String? = nil, more: HTML = HTML(), @HTMLBuilder content: Content) -> HTML {
  section(.class("part"), id.map { .id($0) } ?? .when(false, .hidden)) {
    div(.class("part-head")) {
      h2 { title }
      more
    }
    content()
  }
}

/// Says what has been done, with the way back where there is one.
///
/// - Parameter undo: the path to which a POST takes it back.
func undoNotice(_ words: String, undo: String?, _ viewer: Viewer) -> HTML {
  div(.class("notice"), .role("status")) {
    p { words }
    if let undo { buttonForm("Undo", undo, viewer) }
  }
}

/// Words that explain a page to whoever may act on it: a state, a limit, what happens next.
func note(@HTMLBuilder content: Content) -> HTML { div(.class("note"), content: content) }

/// More for those who want it, folded away; opens without script.
func folded(_ title: String, isOpen: Bool = false, @HTMLBuilder content: Content) -> HTML {
  details(.class("folded"), .when(isOpen, .init("open"))) {
    summary { title }
    content()
  }
}
