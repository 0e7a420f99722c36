import Markup

/// A form that changes something: always POST, always with the session's token.
///
/// - Parameter id: names the form for a button that stands outside of it.
func postForm(
  _ action: String, _ viewer: Viewer, class classes: String = "", id: String? = nil, @HTMLBuilder content: Content
) -> HTML {
  form(.method("post"), .action(action), .class(classes), id.map { .id($0) } ?? .when(false, .hidden)) {
    if !viewer.formToken.isEmpty { input(.type("hidden"), .name("token"), .value(viewer.formToken)) }
    content()
  }
}
