import Markup
import Storage

/// What another feature shows of a school on the school's page: its membership, what it tried, who works there.
struct SchoolSection: Sendable {
  enum Place: Sendable {
    /// Under the title, above what the school says of itself.
    case top
    /// In the column of reading, after the school's own words.
    case main
    /// In the side column, after the facts.
    case side
  }

  let place: Place
  let content: HTML
}

/// Reads, in the page's own transaction, what a feature has to show of a school to a viewer; nil for nothing.
typealias SchoolSectionSource = @Sendable (any Transaction, School, Viewer) throws -> SchoolSection?

/// The features that speak on a school's page, in the order of their sections.
enum SchoolSections {
  static let sources: [SchoolSectionSource] = []

  static func all(_ db: any Transaction, _ school: School, _ viewer: Viewer) throws -> [SchoolSection] {
    try sources.compactMap { try $0(db, school, viewer) }
  }
}
