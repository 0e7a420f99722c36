import Markup

/// A trial as a short story: its verdict's glyph at the side, the school, what it is, then what happened.
///
/// - Parameters:
///   - glyph: what stands at the side, such as a verdict's glyph with its word.
///   - about: one quiet line under the title: "Rural, 410 students, grades 9–12 · Maine".
///   - rests: one quiet line under the words: what the story rests on.
///   - id: the place that a strip or a chart links to.
func story(
  _ title: String, _ path: String, glyph: HTML, about: String? = nil, rests: HTML = HTML(), id: String? = nil,
  level: Int = 3, @HTMLBuilder words: Content
) -> HTML {
  article(.class("story"), id.map { .id($0) } ?? .when(false, .hidden)) {
    div(.class("mark")) { glyph }
    div {
      heading(level) { a(.href(path)) { title } }
      if let about { p(.class("quiet")) { about } }
      words()
      if !rests.isEmpty { p(.class("rests")) { rests } }
    }
  }
}

/// One contribution to a thread: its `postWords`, then what can be done with it.
///
/// - Parameter id: the place that a permalink leads to.
func post(
  by name: String, id: String, isAccepted: Bool = false, said: HTML, @HTMLBuilder acts: Content = HTML.init
) -> HTML {
  article(.class(isAccepted ? "post accepted" : "post"), .id(id)) {
    initialsDisc(name)
    div {
      said
      let below = acts()
      if !below.isEmpty { div(.class("acts")) { below } }
    }
  }
}

/// Who says something, from where and when; then the words.
///
/// - Parameters:
///   - when: a `timeTag`, best inside a link to the post itself.
///   - state: a word beside the name, such as "accepted answer" or "edited".
func postWords(
  by name: String, _ path: String, school: String? = nil, when: HTML, state: HTML = HTML(), body: HTML
) -> HTML {
  HTML {
    header {
      a(.class("by"), .href(path)) { name }
      if let school { span(.class("quiet")) { school } }
      if !state.isEmpty { span(.class("state")) { state } }
      span(.class("tag")) { when }
    }
    markdownBody(body)
  }
}

/// Marks the place in a thread from which on everything is new to the reader.
func newSinceLastVisit(_ words: String = "New since your last visit") -> HTML {
  p(.class("since"), .id("new")) { span { words } }
}

/// Few large figures in a line, each with what it counts.
func figures(_ pairs: [(figure: String, words: String)]) -> HTML {
  dl(.class("figures")) {
    for pair in pairs {
      div {
        dt { pair.words }
        dd { pair.figure }
      }
    }
  }
}

/// The stages of a journey, such as joining; those behind are marked done.
///
/// - Parameter current: index of the stage that the reader is at; past the end when all are done.
func stages(_ names: [String], current: Int, label: String = "Stages") -> HTML {
  ol(.class("stages"), .aria(.label, label)) {
    for (index, name) in names.enumerated() {
      li(
        .when(index < current, .class("done")), .when(index == current, .aria(.current, "step"))
      ) {
        name
        if index < current { span(.class("unseen")) { " (done)" } }
      }
    }
  }
}

/// The head of a public page: large words on one side, a picture on the other.
func opening(@HTMLBuilder words: Content, @HTMLBuilder picture: Content) -> HTML {
  div(.class("opening")) {
    div(.class("words"), content: words)
    div(.class("picture"), content: picture)
  }
}

/// Sections side by side where there is room.
func abreast(@HTMLBuilder content: Content) -> HTML { div(.class("abreast"), content: content) }
