import Markup
import Storage

/// What another feature shows of a project on the project's page: its measures, what is said about it.
struct ProjectSection: Sendable {
  enum Place: Sendable {
    /// Under the aim, above the driver diagram.
    case top
    /// In the column of reading, after the cycles.
    case main
    /// In the side column.
    case side
  }

  let place: Place
  let content: HTML
}

/// Reads, in the page's own transaction, what a feature has to show of a project to a viewer; nil for nothing.
typealias ProjectSectionSource = @Sendable (any Transaction, Project, Viewer) throws -> ProjectSection?

/// The features that speak on a project's page, in the order of their sections.
enum ProjectSections {
  static let sources: [ProjectSectionSource] = [MeasureSection.source]

  static func all(_ db: any Transaction, _ project: Project, _ viewer: Viewer) throws -> [ProjectSection] {
    try sources.compactMap { try $0(db, project, viewer) }
  }
}
