import Synchronization

/// The names that a case's family asked for, to find a field that nobody reads and that is a known one written wrongly:
/// an answer without it would not be what was asked for. Fields that are like none are remarks, and passed over.
public final class AskedFields: Sendable {
  /// By the path of an object, the positions in lists left out.
  private let names = Mutex<[String: Set<String>]>([:])

  public init() {}

  func add(_ name: String, at path: String) {
    let path = Self.unnumbered(path)
    names.withLock { _ = $0[path, default: []].insert(name) }
  }

  private static func unnumbered(_ path: String) -> String { path.replacing(/\[[0-9]+\]/, with: "[]") }

  /// Short names are too easily alike, and reference cases carry remarks of their own.
  private static let shortest = 5
  private static let remarks: Set = [
    "name", "note", "notes", "source", "published", "reference_run", "expected", "accept", "tolerance", "title", "url",
    "comment", "description",
  ]

  /// - Throws: `StatisticsError.input` for the first field that was not read and is nearly one that was asked for.
  func check(_ input: CaseInput) throws {
    let names = names.withLock { $0 }
    try Self.check(input, names)
  }

  private static func check(_ input: CaseInput, _ names: [String: Set<String>]) throws {
    switch input.value {
    case .list: for item in try input.list() { try check(item, names) }
    case .object:
      let (fields, asked) = (try input.fields(), names[unnumbered(input.path)] ?? [])
      let present = Set(fields.map(\.name))
      for field in fields where !asked.contains(field.name) && !remarks.contains(field.name) {
        guard field.name.count >= shortest else { continue }
        let missing = asked.subtracting(present).filter { $0.count >= shortest && $0.first == field.name.first }
        guard let near = Nearest.name(to: field.name, among: missing.sorted()) else { continue }
        throw field.input.refusal("is unknown; did you mean \"\(near)\"?")
      }
      for field in fields where asked.contains(field.name) { try check(field.input, names) }
    default: break
    }
  }
}
