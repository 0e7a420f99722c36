import Foundation
import Markup

/// A text that everybody may read, written in `Data/public` and set once at start.
package struct PublicText: Sendable {
  /// Where it is served, without the slash: `help/trials`.
  let path: String
  let title: String
  /// One sentence: stands under the title and in search engines.
  let summary: String
  let body: HTML
}

/// All public texts, in the order in which they lead on to each other.
package struct PublicTexts: Sendable {
  let all: [PublicText]

  /// None, for commands that show no page.
  package init() { all = [] }

  /// Where each text is served; its file has the same name with `-` for `/`, and ends in `.md`.
  static let paths = [
    "about", "claims", "families", "help/joining", "help/trials", "privacy", "accessibility",
  ]

  /// - Parameter folder: `Data/public`.
  /// - Throws: when a text is missing or has no title.
  package init(folder: URL) throws {
    all = try Self.paths.map { path in
      let name = path.replacing("/", with: "-") + ".md"
      let source = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      guard let text = PublicText(path: path, source: source) else {
        throw SettingsError(
          description: "Data/public/\(name) must begin with its title and summary between lines of ---")
      }
      return text
    }
  }

  func find(_ path: String) -> PublicText? { all.first { $0.path == path } }
}

extension PublicText {
  /// Nil when the head of the file is not as described.
  ///
  /// - Parameter source: `title:` and `summary:` between two lines of `---`, then Markdown that begins with the title.
  init?(path: String, source: String) {
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.first == "---", let end = lines.dropFirst().firstIndex(of: "---") else { return nil }
    func value(_ name: String) -> String? {
      lines[1..<end].first { $0.hasPrefix("\(name): ") }.map { String($0.dropFirst(name.count + 2)) }
    }
    guard let title = value("title"), let summary = value("summary") else { return nil }
    let body = lines[(end + 1)...].drop { $0.isEmpty || $0.hasPrefix("# ") }
    self.init(
      path: path, title: title, summary: summary,
      body: Markdown.html(body.joined(separator: "\n"), headingsFrom: 1))
  }
}
