import Markup

/// A public text, with the others beside it.
enum PublicTextPages {
  static func show(_ text: PublicText, among all: [PublicText]) -> Page {
    var page = Page(text.title) {
      spread {
        h1 { text.title }
        lede(text.summary)
        markdownBody(text.body)
      } side: {
        nav(.class("panel"), .aria(.label, "More to read")) {
          h2 { "More to read" }
          ul(.class("plain-list")) {
            for other in all where other.path != text.path {
              li { a(.href("/\(other.path)")) { other.title } }
            }
          }
        }
      }
    }
    page.summary = text.summary
    return page
  }
}
