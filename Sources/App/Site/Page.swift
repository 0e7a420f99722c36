import Markup

/// A whole page. Knows nothing of HTTP, so the gallery and the snapshot tests can show it as it is.
package struct Page: Sendable {
  /// Which entry of the main menu is marked as the current one.
  package enum Section: String, Sendable, CaseIterable {
    case today, ideas, discussion, schools, people, office, none
  }

  package let title: String
  package let section: Section
  package let content: HTML
  /// Path of this list's or noun's feed or address that search engines shall keep; nil for the page's own.
  package var canonical: String?
  /// One sentence for link previews and search engines.
  package var summary: String?

  package init(_ title: String, section: Section = .none, @HTMLBuilder content: Content) {
    self.title = title
    self.section = section
    self.content = content()
  }
}
