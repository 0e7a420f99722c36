/// What processes that share a database tell each other, in the transaction that it is about. It names, and says nothing
/// more: whoever hears it looks for themselves, with their own rights.
enum ProcessWord: Equatable, Sendable {
  /// What is kept of pages may be old; said by the process with this cache.
  case changed(by: String)
  case posted(Discussion.ID)
  /// A person's session or right has ended.
  case access(Person.ID)

  var text: String {
    switch self {
    case .changed(let cache): "changed \(cache)"
    case .posted(let discussion): "posted \(discussion)"
    case .access(let person): "access \(person)"
    }
  }

  /// Nil for what a newer program says.
  init?(_ text: String) {
    let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return nil }
    switch parts[0] {
    case "changed": self = .changed(by: parts[1])
    case "posted": self = .posted(Discussion.ID(parts[1]))
    case "access": self = .access(Person.ID(parts[1]))
    default: return nil
    }
  }
}
