import Markup

enum KeptFormPages {
  /// The kept words, to be read, copied or sent once more.
  static func show(_ kept: KeptForm, _ viewer: Viewer) -> Page {
    Page("Your words are here") {
      h1 { "Your words are here" }
      p { "Your session had ended when you sent them. Nothing was saved yet: look once more and send them." }
      postForm(kept.path, viewer) {
        for name in unique(kept.fields.names) {
          for value in kept.fields.all(name) {
            input(.type("hidden"), .name(name), .value(value))
            if value.count > 20 { blockquote { p { value } } }
          }
        }
        button(.type("submit"), .class("button")) { "Send it now" }
      }
    }
  }

  private static func unique(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}
