import Markup

/// A whole page. Knows nothing of HTTP, so the gallery and the snapshot tests can show it as it is.
package struct Page: Sendable {
  /// Which entry of the main menu is marked as the current one.
  package enum Section: String, Sendable, CaseIterable {
    case today, ideas, projects, discussion, schools, people, office, none
  }

  package let title: String
  package let section: Section
  package let content: HTML
  /// The address that search engines shall keep; nil for the page's own.
  package var canonical: String?
  /// One sentence for link previews and search engines.
  package var summary: String?
  /// Path of the Atom feed of what this page lists.
  package var feed: String?
  /// The words that stand in the search box.
  package var query = ""
  /// What has just been done, said once above the content: "Your trial is registered."
  package var notice: String?
  /// Path to which a POST takes back what `notice` tells of.
  package var undo: String?

  package init(_ title: String, section: Section = .none, @HTMLBuilder content: Content) {
    self.title = title
    self.section = section
    self.content = content()
  }
}
