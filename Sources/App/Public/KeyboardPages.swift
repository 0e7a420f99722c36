import Markup

/// The page that explains how to move without a mouse, and how to switch single keys off.
enum KeyboardPages {
  static func show() -> Page {
    var page = Page("Moving by keyboard") {
      column {
        h1 { "Moving by keyboard" }
        lede(
          "Everything in League can be done with Tab, Enter and the arrows. Where scripts run, single keys are quicker."
        )
        dataTable(
          "Keys", columns: [TableColumn("Key"), TableColumn("What it does")], rows: keys.map(keyRow),
          isCaptionHidden: true)
        p { "No key does any of this while you type in a field." }
        part("Switching them off") {
          p {
            "If single keys are in your way, with speech input for instance, press ? and take the tick from "
            "“Single keys move about”. The choice is kept in this browser. In your account, under Letters and keys, "
            "it holds in every browser."
          }
          button(.class("button second needs-script"), .type("button"), .data("data-keys-help", "")) { "Show the keys" }
        }
      }
    }
    page.summary = "Single keys that move about in League, and how to switch them off."
    return page
  }

  private static let keys: [(keys: [String], words: String)] = [
    (["?"], "Show all keys of the page, with the switch"), (["/"], "Search"),
    (["j"], "Next in a list"), (["k"], "The one before"), (["o"], "Open it; Enter does the same"),
    (["g", "t"], "Go to Today; g and the first letter of each entry of the main menu goes there"),
    (["g", "n"], "Go to your notices"), (["r"], "Reply, in a discussion"),
    (["Ctrl", "Enter"], "Send what you are writing (⌘ Enter on a Mac)"),
    (["Ctrl", "B"], "Bold, in a text; I for italic, K for a link"), (["Esc"], "Close what is open"),
  ]

  private static func keyRow(_ each: (keys: [String], words: String)) -> [HTML] {
    let caps = each.keys.map { key in HTML("kbd", [], HTML(text: key)) }
    let joined = caps.dropFirst().reduce(caps.first ?? HTML()) { $0 + HTML(text: " ") + $1 }
    return [joined, HTML(text: each.words)]
  }
}
