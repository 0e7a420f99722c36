import Storage

/// Every SQL statement about the words that occur, by which mistyped ones are mended.
///
/// Two words that differ by one typing error (a letter missing, added, changed, or two swapped) have a piece in common:
/// the word itself or the word without one letter. So looking a word up needs one query by equality, on both engines.
/// Source of the idea: Mor & Fraenkel 1982, "A hash code method for detecting and correcting spelling errors".
struct SpellingStore {
  let db: any Transaction

  /// Lengths of words that are kept: shorter ones are all alike, longer ones are seldom words.
  private static let lengths = 4...24

  /// - Parameter texts: folded.
  func learn(_ texts: [String]) throws {
    let words = Set(texts.flatMap { $0.split(separator: " ").filter(Self.isWord).map(String.init) })
    for start in stride(from: 0, to: words.count, by: 2000) {
      try add(Array(words.sorted().dropFirst(start).prefix(2000)))
    }
  }

  private func add(_ words: [String]) throws {
    let known = Set(
      try db.rows("SELECT word FROM search_word WHERE word IN \(SQL.list(words))").map {
        try $0.read("word", as: String.self)
      })
    let new = words.filter { !known.contains($0) }
    guard !new.isEmpty else { return }
    try db.insertMany(
      into: "search_word", columns: ["word"], rows: new.map { [$0] }, conflict: "ON CONFLICT (word) DO NOTHING")
    try db.insertMany(
      into: "search_spelling", columns: ["piece", "word"],
      rows: new.flatMap { word in Self.pieces(word).map { [$0, word] } },
      conflict: "ON CONFLICT (piece, word) DO NOTHING")
  }

  private static func isWord(_ word: Substring) -> Bool {
    lengths.contains(word.count) && word.allSatisfy(\.isLetter)
  }

  /// The text with each unknown word replaced by the known one that it is likeliest meant to be; nil when none is.
  ///
  /// The last word may be begun in a way that its stem does not begin: "conferen" is completed to "conference", whose
  /// stem is "confer".
  func mended(_ text: String) throws -> String? {
    let words = text.split(separator: " ").prefix(12).map(String.init)
    let mended = try words.enumerated().map { index, word in
      let completed = index == words.count - 1 ? try completed(word) : nil
      return try completed ?? mendedWord(word) ?? word
    }
    return mended == words ? nil : mended.joined(separator: " ")
  }

  /// The shortest of the first words that begin so; nil when the word is known itself, or none does.
  private func completed(_ word: String) throws -> String? {
    guard Self.isWord(Substring(word)) else { return nil }
    let words = try db.rows(
      "SELECT word FROM search_word WHERE word >= \(word) AND word < \(word + "\u{10FFFD}") ORDER BY word LIMIT 20"
    ).map { try $0.read("word", as: String.self) }.filter { $0.hasPrefix(word) }
    return words.contains(word) ? nil : words.min { ($0.count, $0) < ($1.count, $1) }
  }

  private func mendedWord(_ word: String) throws -> String? {
    guard Self.isWord(Substring(word)), try db.rows("SELECT word FROM search_word WHERE word = \(word)").isEmpty else {
      return nil
    }
    let near = try db.rows(
      "SELECT DISTINCT word FROM search_spelling WHERE piece IN \(SQL.list(Self.pieces(word))) LIMIT 200"
    ).map { try $0.read("word", as: String.self) }
    return near.min { Self.distance(word, $0) < Self.distance(word, $1) }
  }

  /// The word, and the word without each of its letters.
  private static func pieces(_ word: String) -> [String] {
    let letters = Array(word)
    return Array(Set([word] + letters.indices.map { String(letters[..<$0] + letters[($0 + 1)...]) })).sorted()
  }

  /// First by whether the first letter is right, then by length, then by the alphabet.
  private static func distance(_ typed: String, _ word: String) -> (Int, Int, String) {
    (typed.first == word.first ? 0 : 1, abs(typed.count - word.count), word)
  }
}
