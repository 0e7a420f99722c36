import Markup

/// Text in which the words that were looked for are marked.
struct Marked {
  private let stems: Set<String>
  private let begun: String
  /// With what a word must begin to be one of those; nil where that cannot be told by a letter without an accent.
  private let initials: Set<UInt8>?

  /// - Parameter query: as it was looked for.
  init(_ query: String) {
    let words = folded(query).split(separator: " ").map(String.init)
    stems = Set(words.map(Self.stem))
    begun = words.last ?? ""
    initials = words.allSatisfy { $0.utf8.first.map { $0 < 0x80 } ?? false } ? Set(words.compactMap(\.utf8.first)) : nil
  }

  func html(_ text: String) -> HTML {
    var (parts, start, plain): ([HTML], String.Index, String.Index) = ([], text.startIndex, text.startIndex)
    while start < text.endIndex {
      let piece = Self.piece(of: text, from: start)
      if piece.isWord, fits(piece.text) {
        parts += [HTML(text: String(text[plain..<start])), mark { String(piece.text) }]
        plain = piece.text.endIndex
      }
      start = piece.text.endIndex
    }
    return HTMLBuilder.buildArray(parts + [HTML(text: String(text[plain...]))])
  }

  /// The part of the text around the first word that was looked for, marked; its beginning when none is in it.
  func excerpt(_ text: String, limit: Int = 220) -> HTML {
    guard isLonger(text, than: limit) else { return html(text) }
    guard let hit = firstHit(in: text), isLonger(text[..<hit], than: limit / 2) else {
      return html(String(text.prefix(limit)) + "…")
    }
    let rest = text[text.index(hit, offsetBy: -(limit / 3))...]
    let cut = rest[(rest.firstIndex(of: " ") ?? rest.startIndex)...]
    return html("…" + cut.prefix(limit) + (isLonger(cut, than: limit) ? "…" : ""))
  }

  /// Counts no further than it must.
  private func isLonger(_ text: some StringProtocol, than limit: Int) -> Bool {
    text.index(text.startIndex, offsetBy: limit + 1, limitedBy: text.endIndex) != nil
  }

  private func firstHit(in text: String) -> String.Index? {
    var start = text.startIndex
    while start < text.endIndex {
      let piece = Self.piece(of: text, from: start)
      if piece.isWord, fits(piece.text) { return start }
      start = piece.text.endIndex
    }
    return nil
  }

  private func fits(_ word: Substring) -> Bool {
    // Neither folding nor the stem changes a first letter without an accent.
    if let initials, let first = word.utf8.first, first < 0x80, !initials.contains(first | 0x20) { return false }
    let word = folded(String(word))
    return stems.contains(Self.stem(word)) || (begun.count > 1 && word.hasPrefix(begun))
  }

  /// The run of letters and digits, or of what stands between them, that begins at `start`, which is before the end.
  private static func piece(of text: String, from start: String.Index) -> (text: Substring, isWord: Bool) {
    let (bytes, signs) = (text.utf8, text.unicodeScalars)
    let isWord = belongsToWords(signs[start])
    var end = start
    while end < text.endIndex {
      let byte = bytes[end]
      guard (byte < 0x80 ? belongsToWords(byte) : belongsToWords(signs[end])) == isWord else { break }
      end = byte < 0x80 ? bytes.index(after: end) : signs.index(after: end)
    }
    return (text[start..<end], isWord)
  }

  /// Letters, digits, and the accents that stand behind letters.
  private static func belongsToWords(_ sign: Unicode.Scalar) -> Bool {
    if sign.isASCII { return belongsToWords(UInt8(sign.value)) }
    return sign.properties.isAlphabetic || sign.properties.numericType != nil
      || sign.properties.generalCategory == .nonspacingMark
  }

  private static func belongsToWords(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
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
