import Foundation

/// What ideas are about: the League's own topics, by area, and the school subjects. Read at start from `Data/areas.json`,
/// `Data/topics.json` and `Data/subjects.json`; keys never change, so ideas keep their place when a name does.
package struct Taxonomy: Sendable, Equatable {
  package struct Area: Sendable, Equatable, Codable {
    package let key: String
    package let name: String
  }

  package struct Topic: Sendable, Equatable, Codable {
    package let key: String
    package let name: String
    /// Key of an `Area`.
    package let area: String
    package let definition: String
  }

  package struct Subject: Sendable, Equatable, Codable {
    package let key: String
    package let name: String
  }

  package let areas: [Area]
  package let topics: [Topic]
  package let subjects: [Subject]
  private let names: [String: String]

  package init(areas: [Area] = [], topics: [Topic] = [], subjects: [Subject] = []) {
    self.areas = areas
    self.topics = topics
    self.subjects = subjects
    let named = topics.map { ($0.key, $0.name) } + subjects.map { ("subject:\($0.key)", $0.name) }
    names = Dictionary(named) { first, _ in first }
  }

  /// - Parameter folder: the one that holds the three files.
  /// - Throws: when a file is missing or is not as described.
  package init(folder: URL) throws {
    func read<Entry: Decodable>(_ name: String) throws -> [Entry] {
      try JSONDecoder().decode([Entry].self, from: Data(contentsOf: folder.appending(path: name)))
    }
    self.init(
      areas: try read("areas.json"), topics: try read("topics.json"), subjects: try read("subjects.json"))
  }

  /// The topic's name; the key itself where a later edition dropped it.
  func topicName(_ key: String) -> String { names[key] ?? key }
  func subjectName(_ key: String) -> String { names["subject:\(key)"] ?? key }

  func hasTopic(_ key: String) -> Bool { names[key] != nil }
  func hasSubject(_ key: String) -> Bool { names["subject:\(key)"] != nil }
}
