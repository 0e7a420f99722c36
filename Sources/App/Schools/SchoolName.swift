/// How the names of schools are set, compared and searched.
enum SchoolName {
  /// A name that a file writes in capitals, set as a person would write it: "ST. MARY'S HS" → "St. Mary's HS".
  ///
  /// Names with any lower-case letter are left as they are.
  static func set(_ text: String) -> String {
    guard !text.contains(where: \.isLowercase), text.contains(where: \.isLetter) else { return text }
    let words = text.split(separator: " ").enumerated().map { index, word in setWord(String(word), isFirst: index == 0)
    }
    return words.joined(separator: " ")
  }

  private static func setWord(_ word: String, isFirst: Bool) -> String {
    let bare = word.filter(\.isLetter)
    if asItIs.contains(bare) || isInitials(bare) { return word }
    if !isFirst, small.contains(word) { return word.lowercased() }
    var result = ""
    var beginsPart = true
    for (index, letter) in word.enumerated() {
      result += beginsPart || result.hasSuffix("Mc") ? letter.uppercased() : letter.lowercased()
      let isEnding = letter == "'" && word.count - index <= 3
      beginsPart = !letter.isLetter && !letter.isNumber && !isEnding
    }
    return result
  }

  private static let asItIs: Set = [
    "RSU", "SAU", "MSAD", "AOS", "NFI", "CAPS", "YMCA", "US", "NE", "SE", "PO", "II", "III", "IV", "VI", "VII", "VIII",
    "XII", "XXIII",
  ]
  private static let small: Set = ["OF", "THE", "AND", "AT", "IN", "FOR", "ON", "DE", "LA"]

  /// A word without a vowel is initials, but for everyday abbreviations.
  private static func isInitials(_ word: String) -> Bool {
    word.count > 1 && !word.contains { "AEIOUY".contains($0) } && !abbreviations.contains(word)
  }

  private static let abbreviations: Set = [
    "ST", "DR", "MT", "FT", "JR", "SR", "RD", "LN", "HWY", "BLVD", "CTR", "SQ", "PKWY", "RT", "PL", "CT", "CV", "MR",
    "MRS", "FR", "BR", "SCH", "GR", "TPKE", "TRL", "PK", "BLDG", "HTS", "MC", "TH", "RDG", "ND", "RM", "FL",
  ]

  // MARK: search

  /// What a school is found by: pieces of three letters of the words of its name and town.
  ///
  /// Words that most schools bear tell nothing, so they are kept whole, as `=high`: one piece that costs little.
  static func pieces(_ folded: String) -> Set<String> {
    var pieces: Set<String> = []
    for word in folded.split(separator: " ") {
      if common.contains(String(word)) {
        pieces.insert("=\(word)")
      } else {
        pieces.formUnion(trigrams(word))
      }
    }
    return pieces
  }

  /// Words of a query that tell one school from another.
  static func telling(_ folded: String) -> [Substring] {
    folded.split(separator: " ").filter { !common.contains(String($0)) }
  }

  private static let common: Set = [
    "high", "school", "schools", "regional", "academy", "middle", "senior", "junior", "sr", "jr", "hs", "ms", "the",
    "of", "and", "at", "for", "charter", "public", "district", "technical", "vocational", "secondary", "center",
    "christian", "catholic", "community", "county",
  ]

  /// Pieces of a word with a mark before it and after it: "bath" → "^ba", "bat", "ath", "th$". Short words stay whole.
  private static func trigrams(_ word: Substring) -> Set<String> {
    let letters = Array("^" + word + "$")
    guard letters.count > 3 else { return [String(letters)] }
    return Set((0...letters.count - 3).map { String(letters[$0..<$0 + 3]) })
  }

  // MARK: likeness

  /// How well a query fits a name and town, 0…1; 0 when too few of its words fit theirs.
  ///
  /// A word fits when it begins one of theirs, or differs from it (or from its beginning) by few typing errors. One word
  /// may fit nothing, if it is short, or one of three or more and not in everyday use, and if another fits that tells this school from others: so a
  /// slip, a small word or an abbreviation does not hide a name that is right otherwise.
  static func fit(_ query: String, _ text: String) -> Double {
    let wanted = query.split(separator: " ")
    let offered = text.split(separator: " ")
    guard !wanted.isEmpty else { return 0 }
    var sum = 0.0
    var missed: [Substring] = []
    var tells = false
    for word in wanted {
      let ways = [word] + [spelledOut[String(word)]].compactMap(\.self)
      let best = offered.flatMap { there in ways.map { fit($0, word: there) } }.max() ?? 0
      if best == 0 { missed.append(word) } else if !common.contains(String(word)) { tells = true }
      sum += best
    }
    guard let slip = missed.first else { return sum / Double(wanted.count) }
    guard missed.count == 1, tells, slip.count <= 3 || wanted.count >= 3 && !common.contains(String(slip)) else {
      return 0
    }
    return sum / Double(wanted.count)
  }

  /// Abbreviations that are no beginning of their word.
  private static let spelledOut: [String: Substring] = ["mt": "mount", "ft": "fort"]

  private static func fit(_ typed: Substring, word: Substring) -> Double {
    if typed == word { return 1 }
    if word.hasPrefix(typed) { return 0.9 }
    let allowed = typed.count <= 3 ? 0 : typed.count <= 6 ? 1 : 2
    guard allowed > 0, word.count + allowed >= typed.count else { return 0 }
    let whole = word.count <= typed.count + allowed ? typingErrors(typed, word) : allowed + 1
    if whole <= allowed { return 0.8 - 0.1 * Double(whole) }
    let start = typingErrors(typed, word.prefix(typed.count))
    return start <= allowed ? 0.7 - 0.1 * Double(start) : 0
  }

  /// The fewest letters put in, left out, changed, or exchanged with their neighbour that turn one into the other.
  ///
  /// Source: optimal string alignment distance; Damerau, CACM 7(3), 1964.
  static func typingErrors(_ left: some StringProtocol, _ right: some StringProtocol) -> Int {
    let (a, b) = (Array(left.unicodeScalars), Array(right.unicodeScalars))
    var before: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var least = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { least = min(least, before[j - 1] + 1) }
        row.append(least)
      }
      (before, last) = (last, row)
    }
    return last[b.count]
  }

  /// The share of pieces that two names have in common (Jaccard), 0…1, common words left aside.
  static func likeness(_ left: String, _ right: String) -> Double {
    let (a, b) = (pieces(left).filter { !$0.hasPrefix("=") }, pieces(right).filter { !$0.hasPrefix("=") })
    let all = a.union(b).count
    return all == 0 ? (left == right ? 1 : 0) : Double(a.intersection(b).count) / Double(all)
  }
}
