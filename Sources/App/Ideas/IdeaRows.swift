import Foundation
import Storage

extension SchoolGlance {
  /// The columns of a school called `s` that a glance is read from.
  static let columns: SQL =
    """
    s.id AS school_id, s.name AS school_name, s.state AS school_state, s.students AS school_students,
    s.locale AS school_locale, s.grade_low AS school_grade_low, s.grade_high AS school_grade_high,
    s.kind AS school_kind
    """
}

extension SchoolGlance: RowReadable {
  package init(row: Row) throws {
    id = try row.read("school_id")
    name = try row.read("school_name")
    state = try row.read("school_state")
    students = try row.read("school_students")
    locale = try row.read("school_locale")
    gradeLow = try row.read("school_grade_low")
    gradeHigh = try row.read("school_grade_high")
    kind = try row.read("school_kind")
  }
}

extension Idea: RowReadable {
  package init(row: Row) throws {
    let outdatedAt: Instant? = try row.read("outdated_at")
    id = try row.read("id")
    state = State(rawValue: try row.read("state")) ?? .draft
    version = try row.read("version")
    content = try IdeaContent(row: row)
    problemHTML = try row.read("problem_html")
    practiceHTML = try row.read("practice_html")
    school = try SchoolGlance(row: row)
    owner = Person(id: try row.read("owner_id"), name: try row.read("owner_name"))
    createdAt = try row.read("created_at")
    publishedAt = try row.read("published_at")
    changedAt = try row.read("changed_at")
    reviewedOn = try row.day("reviewed_on")
    reviewDue = try row.day("review_due")
    let reason = try row.read("outdated_reason", as: String.self)
    outdated = outdatedAt.map { Outdated(at: $0, reason: reason) }
    adaptedFrom = try row.read("adapted_from")
    adaptation = try row.read("adaptation")
  }
}

extension IdeaContent {
  fileprivate init(row: Row) throws {
    self.init(
      title: try row.read("title"), summary: try row.read("summary"), problem: try row.read("problem"),
      practice: try row.read("practice"), effort: Effort(rawValue: try row.read("effort")) ?? .medium,
      grades: GradeSpan(low: try row.read("grade_low"), high: try row.read("grade_high")) ?? .all)
    core = try Self.lines(row, "core")
    adaptable = try Self.lines(row, "adaptable")
    conditions = try Self.lines(row, "conditions")
    effortWords = try row.read("effort_words")
    cost = YearlyCost(low: try row.read("cost_low"), high: try row.read("cost_high"), words: try row.read("cost_words"))
    topics = try row.read("topics", as: String.self).split(separator: " ").map(String.init)
    subjects = try row.read("subjects", as: String.self).split(separator: " ").map(String.init)
  }

  private static func lines(_ row: Row, _ column: String) throws -> [String] {
    try row.read(column, as: String.self).split(separator: "\n").map(String.init)
  }
}

extension IdeaVersion: RowReadable {
  init(row: Row) throws {
    number = try row.read("number")
    content = try JSONDecoder().decode(IdeaContent.self, from: Data(row.read("content", as: String.self).utf8))
    at = try row.read("at")
    by = Person(id: try row.read("by_id"), name: try row.read("by_name"))
    note = try row.read("note")
  }

  /// The content as it is kept: JSON with its names in order, so that equal contents are equal texts.
  static func text(of content: IdeaContent) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(content), as: UTF8.self)
  }
}

extension IdeaReview: RowReadable {
  init(row: Row) throws {
    at = try row.read("at")
    by = Person(id: try row.read("by_id"), name: try row.read("by_name"))
    finding = Finding(rawValue: try row.read("finding")) ?? .verified
    reason = try row.read("reason")
  }
}

extension IdeaGlance: RowReadable {
  init(row: Row) throws {
    id = try row.read("id")
    title = try row.read("title")
    school = try SchoolGlance(row: row)
    adaptation = try row.read("adaptation")
  }
}
