import Markup

/// A list of `row`s. `j` and `k` move between them.
func rows(@HTMLBuilder content: Content) -> HTML { ul(.class("rows"), content: content) }

/// One thing in a list: its title is the link; a tag at the side says when or why; the text says what.
///
/// - Parameters:
///   - level: of the heading, one below the one above the list: 2 under a page's title, 3 under a section's.
///   - more: what else stands in the row, under the text.
func row(
  _ title: String, _ path: String, tag words: String? = nil, text: String? = nil, level: Int = 3,
  @HTMLBuilder more: Content = HTML.init
) -> HTML {
  row(
    title, path, tag: words.map { HTML(text: $0) } ?? HTML(), text: text.map { HTML(text: $0) } ?? HTML(),
    level: level, more: more)
}

/// The same with markup in its parts: a `timeTag` at the side, marked words of a search in the text.
func row(
  _ title: String, _ path: String, tag side: HTML, text: HTML, level: Int = 3, @HTMLBuilder more: Content = HTML.init
) -> HTML {
  li(.class("row")) {
    heading(level) { a(.href(path)) { title } }
    if !side.isEmpty { span(.class("tag")) { side } }
    if !text.isEmpty { p { text } }
    more()
  }
}

/// What stands where a list is empty: what belongs here, and the first step.
///
/// - Parameter action: a `buttonLink` or a form, the page's primary action.
func emptyState(_ title: String, _ text: String, @HTMLBuilder action: Content = HTML.init) -> HTML {
  div(.class("empty")) {
    p(.class("title")) { title }
    p { text }
    action()
  }
}

/// Links to the neighbours of a long list. Nil leaves one out; both nil gives nothing.
func pager(
  newer: String?, older: String?, newerWords: String = "Newer", olderWords: String = "Older", label: String = "Pages",
  middle: String? = nil
) -> HTML {
  guard newer != nil || older != nil else { return HTML() }
  return nav(.class("pager"), .aria(.label, label)) {
    if let newer { a(.class("newer"), .href(newer), .rel("prev")) { "← \(newerWords)" } }
    if let middle { span(.class("quiet")) { middle } }
    if let older { a(.class("older"), .href(older), .rel("next")) { "\(olderWords) →" } }
  }
}

/// One of several views of the same thing.
struct Tab: Sendable, Equatable {
  let name: String
  let path: String
  let isCurrent: Bool
  /// How many things the view holds; nil leaves it unsaid.
  let count: Int?

  init(_ name: String, _ path: String, isCurrent: Bool = false, count: Int? = nil) {
    self.name = name
    self.path = path
    self.isCurrent = isCurrent
    self.count = count
  }
}

/// Views of the same thing, each with an address of its own.
func tabs(_ tabs: [Tab], label: String) -> HTML {
  nav(.class("tabs"), .aria(.label, label)) {
    ul {
      for tab in tabs {
        li {
          a(.href(tab.path), .when(tab.isCurrent, .aria(.current, "page"))) {
            tab.name
            if let count = tab.count { span(.class("quiet")) { " \(grouped(count))" } }
          }
        }
      }
    }
  }
}

/// A heading of level 1 to 4; others become the nearest.
func heading(_ level: Int, @HTMLBuilder content: Content) -> HTML {
  switch level {
  case ...1: h1(content: content)
  case 2: h2(content: content)
  case 3: h3(content: content)
  default: h4(content: content)
  }
}
