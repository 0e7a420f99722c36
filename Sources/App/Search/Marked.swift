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
    let word = folded(String(word))
    return stems.contains(Self.stem(word)) || (begun.count > 1 && word.hasPrefix(begun))
  }

  /// Runs of letters and digits, and what stands between them.
  private static func pieces(_ text: String) -> [(text: Substring, isWord: Bool)] {
    var pieces: [(text: Substring, isWord: Bool)] = []
    var start = text.startIndex
    while start < text.endIndex {
      pieces.append(piece(of: text, from: start))
      start = pieces[pieces.count - 1].text.endIndex
    }
    return pieces
  }

  /// The run that begins at `start`, which is before the end.
  private static func piece(of text: String, from start: String.Index) -> (text: Substring, isWord: Bool) {
    let signs = text.unicodeScalars
    let isWord = belongsToWords(signs[start])
    let end = signs[start...].firstIndex { belongsToWords($0) != isWord } ?? text.endIndex
    return (text[start..<end], isWord)
  }

  /// Letters, digits, and the accents that stand behind letters.
  private static func belongsToWords(_ sign: Unicode.Scalar) -> Bool {
    if sign.isASCII { return (0x30...0x39).contains(sign.value) || (0x61...0x7A).contains(sign.value | 0x20) }
    return sign.properties.isAlphabetic || sign.properties.numericType != nil
      || sign.properties.generalCategory == .nonspacingMark
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
