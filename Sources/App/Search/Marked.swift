import Markup

/// Text in which the words that were looked for are marked.
struct Marked {
  private let stems: Set<String>
  private let begun: String

  /// - Parameter query: as it was looked for.
  init(_ query: String) {
    let words = folded(query).split(separator: " ").map(String.init)
    stems = Set(words.map(Self.stem))
    begun = words.last ?? ""
  }

  func html(_ text: String) -> HTML {
    HTML {
      for (piece, isWord) in Self.pieces(text) {
        if isWord, fits(piece) { mark { String(piece) } } else { String(piece) }
      }
    }
  }

  /// The part of the text around the first word that was looked for, marked; its beginning when none is in it.
  func excerpt(_ text: String, limit: Int = 220) -> HTML {
    let pieces = Self.pieces(text)
    guard let hit = pieces.first(where: { $0.isWord && fits($0.text) }), text.count > limit else {
      return html(text.count > limit ? String(text.prefix(limit)) + "…" : text)
    }
    let before = text.distance(from: text.startIndex, to: hit.text.startIndex)
    guard before > limit / 2 else { return html(String(text.prefix(limit)) + "…") }
    let rest = text[text.index(hit.text.startIndex, offsetBy: -(limit / 3))...]
    let start = rest.firstIndex(of: " ") ?? rest.startIndex
    let cut = rest[start...]
    return html("…" + cut.prefix(limit) + (cut.count > limit ? "…" : ""))
  }

  private func fits(_ word: Substring) -> Bool {
    let word = folded(String(word))
    return stems.contains(Self.stem(word)) || (begun.count > 1 && word.hasPrefix(begun))
  }

  /// Runs of letters and digits, and what stands between them.
  private static func pieces(_ text: String) -> [(text: Substring, isWord: Bool)] {
    var pieces: [(text: Substring, isWord: Bool)] = []
    var start = text.startIndex
    while start < text.endIndex {
      let isWord = text[start].isLetter || text[start].isNumber
      let end = text[start...].firstIndex { ($0.isLetter || $0.isNumber) != isWord } ?? text.endIndex
      pieces.append((text[start..<end], isWord))
      start = end
    }
    return pieces
  }

  /// A rough stem, for marking only: the engines' own decides what is found.
  private static func stem(_ word: String) -> String {
    for ending in ["ations", "ation", "ments", "ment", "ings", "ing", "edly", "ies", "ed", "es", "ly", "s", "e", "y"]
    where word.count - ending.count >= 3 && word.hasSuffix(ending) {
      return String(word.dropLast(ending.count))
    }
    return word
  }
}
