import Markup
import Storage

/// People called by `@handle` in a text.
struct Mentions: Sendable, Equatable {
  /// Handle → person; only handles that somebody bears.
  let people: [String: Person.ID]
  /// Those called outside of quotations, who are told.
  let called: Set<Person.ID>

  static let none = Mentions(people: [:], called: [])

  /// A text calls at most this many people; further names stay plain text.
  static let limit = 20

  static func find(in text: String, _ db: any Transaction) throws -> Mentions {
    let handles = handles(in: text)
    guard !handles.isEmpty else { return .none }
    let pairs = try db.rows(
      "SELECT handle, id FROM person WHERE handle IN \(SQL.list(handles)) AND merged_into IS NULL"
    ).map { (try $0.read("handle", as: String.self), try $0.read("id", as: Person.ID.self)) }
    let people = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    let own = withoutCode(text).split(separator: "\n").filter { !$0.hasPrefix(">") }.joined(separator: "\n")
    return Mentions(people: people, called: Set(Self.handles(in: own).compactMap { people[$0] }))
  }

  /// Without fenced blocks and code within a line: what stands there is shown, not said.
  private static func withoutCode(_ text: String) -> String {
    var isFenced = false
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
      let isFence = line.drop { $0 == " " }.hasPrefix("```") || line.drop { $0 == " " }.hasPrefix("~~~")
      if isFence { isFenced.toggle() }
      return !isFenced && !isFence
    }
    return lines.joined(separator: "\n").replacing(/`[^`\n]*`/, with: " ")
  }

  static func handles(in text: String) -> [String] {
    var found: [String] = []
    for match in text.matches(of: /(?:^|[\s(\[*_>])@([\p{L}\p{N}][\p{L}\p{N}-]{0,60})/) {
      let handle = String(match.output.1).lowercased()
      if !found.contains(handle) { found.append(handle) }
      if found.count == limit { break }
    }
    return found
  }

  /// The Markdown as HTML for storing, each known handle outside of links and code a link to its person.
  func rendered(_ text: String) -> String {
    let html = Markdown.html(text).string
    guard !people.isEmpty else { return html }
    var (out, depth) = ("", 0)
    var rest = html[...]
    while let open = rest.firstIndex(of: "<") {
      out += depth == 0 ? linked(rest[..<open]) : String(rest[..<open])
      guard let close = rest[open...].firstIndex(of: ">") else { break }
      let tag = rest[open...close]
      if Self.isClosed.contains(where: { tag.hasPrefix("<\($0)>") || tag.hasPrefix("<\($0) ") }) { depth += 1 }
      if Self.isClosed.contains(where: { tag == "</\($0)>" }) { depth -= 1 }
      out += tag
      rest = rest[rest.index(after: close)...]
    }
    return out + (depth == 0 ? linked(rest) : String(rest))
  }

  /// Elements in which nothing is made a link.
  private static let isClosed = ["a", "code", "pre"]

  private func linked(_ text: Substring) -> String {
    guard text.contains("@") else { return String(text) }
    return String(text).replacing(/(^|[^\p{L}\p{N}.@\/])@([\p{L}\p{N}][\p{L}\p{N}-]{0,60})/) { match -> String in
      guard let person = people[match.output.2.lowercased()] else { return String(match.output.0) }
      // A person's id is letters, digits and hyphens; a handle as well.
      return
        "\(match.output.1)<a class=\"mention\" href=\"/people/\(percentEncoded(person.description))\">@\(match.output.2)</a>"
    }
  }
}
