/// What a process hears from those that share its database.
public enum DatabaseEvent: Sendable, Equatable {
  /// From here on everything is heard. What was notified before may have been missed.
  case listening
  /// Nothing is heard until `listening` comes again.
  case interrupted
  /// A transaction said so, and is committed.
  case notified(String)
}

/// What the running task changes, for those who keep something in memory.
public enum Announcement {
  /// Notified with every write of the running task and its children, as if each called `Transaction.notify`.
  @TaskLocal public static var current: String?
}

/// What a transaction notifies once it is committed; each word once.
struct Notifications {
  private(set) var words: [String] = []
  private var known: Set<String> = []

  var count: Int { words.count }

  mutating func add(_ word: String) {
    if known.insert(word).inserted { words.append(word) }
  }

  /// Forgets those after the first `count`: their savepoint was rolled back.
  mutating func shorten(to count: Int) {
    for word in words[count...] { known.remove(word) }
    words.removeLast(words.count - count)
  }
}
