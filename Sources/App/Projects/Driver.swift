import Foundation

/// One line of a driver diagram: what moves the aim, what moves that, what is changed.
struct Driver: Sendable, Equatable, Identifiable {
  enum Kind: String, Sendable { case primary, secondary, change }

  let id: Identifier<Driver>
  var parent: Identifier<Driver>?
  let kind: Kind
  let words: String
  /// The idea of the library that a change is.
  var idea: Idea.ID?
}

/// A driver diagram as an outline: one driver a line, two spaces for each step to the right.
///
/// A change that is an idea of the library carries the idea's address at its end: `Weekly conference /ideas/42`.
enum DriverOutline {
  /// The most lines of a diagram: it must stay readable on a page.
  static let limit = 80

  static func text(of drivers: [Driver]) -> String {
    drivers.map { driver in
      let indent = driver.kind == .primary ? "" : driver.kind == .secondary ? "  " : "    "
      return indent + driver.words + (driver.idea.map { " /ideas/\($0)" } ?? "")
    }.joined(separator: "\n")
  }

  /// Reads an outline; a driver whose kind, words and idea stand in `old` keeps its id.
  ///
  /// - Throws: `Refusal.invalid` for the field `outline`, naming the line.
  static func drivers(of text: String, old: [Driver], newID: () -> String) throws(Refusal) -> [Driver] {
    var unused = old
    var found: [Driver] = []
    var last: [Driver.Kind: Driver.ID] = [:]
    for (index, line) in text.split(separator: "\n").enumerated() where line.contains(where: { !$0.isWhitespace }) {
      let kind = kind(of: line)
      let (words, idea) = parts(of: line)
      let parent: Driver.ID? = kind == .primary ? nil : last[kind == .secondary ? .primary : .secondary]
      guard kind == .primary || parent != nil else {
        throw .invalid(["outline": "Line \(index + 1) stands too far right: nothing above it holds it."])
      }
      guard !words.isEmpty, words.count <= 160 else {
        throw .invalid(["outline": "Line \(index + 1) needs between 1 and 160 characters."])
      }
      let place = unused.firstIndex { $0.kind == kind && ($0.words == words || idea != nil && $0.idea == idea) }
      let id = place.map { unused.remove(at: $0).id } ?? Driver.ID(newID())
      found.append(Driver(id: id, parent: parent, kind: kind, words: words, idea: idea))
      last[kind] = id
      if kind == .primary { last[.secondary] = nil }
    }
    guard found.count <= limit else {
      throw .invalid(["outline": "At most \(limit) lines; there are \(found.count). Leave out what nobody will change."]
      )
    }
    return found
  }

  private static func kind(of line: Substring) -> Driver.Kind {
    let width = line.prefix { $0 == " " || $0 == "\t" }.reduce(0) { $0 + ($1 == "\t" ? 2 : 1) }
    return width < 2 ? .primary : width < 4 ? .secondary : .change
  }

  private static func parts(of line: Substring) -> (words: String, idea: Idea.ID?) {
    var words = line.split(whereSeparator: \.isWhitespace).map(String.init)
    if let first = words.first, first.allSatisfy({ "-*•–".contains($0) }) { words.removeFirst() }
    guard let address = words.last, let mark = address.range(of: "/ideas/"), mark.upperBound < address.endIndex
    else { return (words.joined(separator: " "), nil) }
    let id = address[mark.upperBound...].prefix { !"/?#".contains($0) }
    let rest = words.dropLast().joined(separator: " ")
    return (rest.isEmpty ? "Idea of the library" : rest, Idea.ID(String(id.prefix(64))))
  }
}

/// A measure of a project, and the driver that it hangs on.
struct HungMeasure: Sendable, Equatable, Identifiable {
  let id: Identifier<Measure>
  let name: String
  var driver: Driver.ID?
}

extension DriverOutline {
  /// The outline with an idea of the library as one more change under `parent`, which is a secondary driver.
  static func adding(_ idea: Idea.ID, _ title: String, under parent: Driver.ID, to drivers: [Driver]) -> String? {
    guard let place = drivers.firstIndex(where: { $0.id == parent && $0.kind == .secondary }) else { return nil }
    let end = drivers[(place + 1)...].firstIndex { $0.kind != .change } ?? drivers.endIndex
    var lines = text(of: drivers).split(separator: "\n").map(String.init)
    lines.insert("    \(title.prefix(140)) /ideas/\(idea)", at: end)
    return lines.joined(separator: "\n")
  }
}
