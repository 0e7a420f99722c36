import Markup

/// Says at the head of a form what is wrong, each problem a link to its field. Nothing when nothing is wrong.
///
/// - Parameter order: field names from top to bottom; problems of other fields follow, by name.
func formErrors(_ problems: Problems, order: [String] = []) -> HTML {
  guard !problems.isEmpty else { return HTML() }
  let listed = order.filter { problems[$0] != nil }
  let others = problems.keys.filter { !listed.contains($0) }.sorted()
  return div(.class("problems"), .role("alert"), .tabindex(-1), .id("problems"), .init("autofocus")) {
    p {
      strong { problems.count == 1 ? "One thing to mend." : "\(problems.count) things to mend." }
      " What you wrote is still here."
    }
    ul {
      for name in listed + others {
        li { a(.href("#\(fieldID(name))")) { problems[name] ?? "" } }
      }
    }
  }
}

/// The end of a form: its one primary button, and beside it a quiet way out.
///
/// - Parameter otherwise: quiet links or buttons, such as `quietLink("Cancel", "/ideas")`.
func submit(_ words: String, @HTMLBuilder otherwise: Content = HTML.init) -> HTML {
  div(.class("actions")) {
    button(.class("button"), .type("submit")) { words }
    otherwise()
  }
}

/// A second button of a form, told from the first by its name and value.
func quietSubmit(_ words: String, name: String, value: String) -> HTML {
  button(.class("plain"), .type("submit"), .name(name), .value(value), .init("formnovalidate")) { words }
}

/// A link that looks like a button. One on a page is `primary`: the thing to do next.
func buttonLink(_ words: String, _ path: String, primary: Bool = true) -> HTML {
  a(.class(primary ? "button" : "button second"), .href(path)) { words }
}

/// A link of the weight of text that stands beside a button.
func quietLink(_ words: String, _ path: String) -> HTML {
  a(.class("plain"), .href(path)) { words }
}

/// Buttons and quiet links in one line.
func actions(@HTMLBuilder content: Content) -> HTML { div(.class("actions"), content: content) }

/// A form of one button, for an act that needs no words.
func buttonForm(_ words: String, _ action: String, _ viewer: Viewer, class classes: String = "plain") -> HTML {
  postForm(action, viewer, class: "inline") { button(.class(classes)) { words } }
}

/// Filters over a list, kept in the URL. The fields go inside; `clear` is the list's own path.
///
/// - Parameter isFiltered: whether any filter is set, so that "Clear" has something to do.
func filterForm(
  _ action: String, isFiltered: Bool = false, label: String = "Filter the list", @HTMLBuilder fields: Content
) -> HTML {
  form(.class("filters"), .action(action), .aria(.label, label)) {
    fields()
    div(.class("actions")) {
      button(.class("button second")) { "Show" }
      if isFiltered { quietLink("Clear", action) }
    }
  }
}
