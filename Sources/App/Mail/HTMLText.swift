/// The words of an HTML letter as plain text: paragraphs, list items, links, and quotations behind `>`. What it makes is
/// text like any other that somebody typed, and is never put on a page as HTML.
struct HTMLText {
  static func plain(_ html: String) -> String {
    var reader = HTMLText()
    reader.read(Array(html.unicodeScalars))
    return reader.finished
  }

  private var lines: [String] = []
  private var line = ""
  private var quotes = 0
  /// `start`: in bytes of the line.
  private var link: (address: String, start: Int)?
  private var isPreformatted = false

  private static let hidden: Set<String> = ["head", "style", "script", "title", "template", "noscript", "svg", "math"]
  private static let blocks: Set<String> = [
    "div", "p", "tr", "table", "ul", "ol", "li", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
    "section",
    "article", "header", "footer", "body", "dl", "dt", "dd",
  ]
  private static let apart: Set<String> = [
    "p", "ul", "ol", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "table",
  ]

  private var finished: String {
    var all = lines
    all.append(prefix + line)
    return all.joined(separator: "\n").replacing(/\n{3,}/, with: "\n\n").trimmed
  }

  private var prefix: String { quotes == 0 ? "" : String(repeating: ">", count: min(quotes, 9)) + " " }

  private mutating func read(_ text: [Unicode.Scalar]) {
    var place = 0
    var waitsFor: String?
    while place < text.count {
      guard text[place] == "<" else {
        if waitsFor == nil { place = add(text, from: place) } else { place += 1 }
        continue
      }
      if text[place...].starts(with: "<!--".unicodeScalars) {
        place = Self.end(of: "-->", in: text, from: place + 4)
        continue
      }
      let end = Self.tagEnd(text, from: place)
      let tag = Tag(text[place..<end])
      place = end
      if let name = waitsFor {
        if tag.isClosing, tag.name == name { waitsFor = nil }
      } else if Self.hidden.contains(tag.name), !tag.isClosing, !tag.isEmpty {
        waitsFor = tag.name
      } else {
        act(on: tag)
      }
    }
  }

  // MARK: tags

  private struct Tag {
    let name: String
    let isClosing: Bool
    let isEmpty: Bool
    let text: String

    init(_ scalars: ArraySlice<Unicode.Scalar>) {
      text = String(String.UnicodeScalarView(scalars.prefix(4000)))
      let inner = text.dropFirst()
      isClosing = inner.hasPrefix("/")
      isEmpty = text.hasSuffix("/>")
      name = String(inner.drop { $0 == "/" }.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }).lowercased()
    }

    /// Only of addresses that a reader can follow.
    var address: String? {
      guard let match = text.firstMatch(of: /(?i)\shref\s*=\s*["']?(https?:\/\/[^\s"'<>]{1,1000})/) else { return nil }
      return HTMLText.decoded(String(match.output.1))
    }
  }

  private mutating func act(on tag: Tag) {
    if tag.name == "br" { return breakLine() }
    if tag.name == "a" { return tag.isClosing ? endLink() : beginLink(tag) }
    guard Self.blocks.contains(tag.name) else { return }
    if !line.isEmpty || tag.name == "hr" { breakLine() }
    if tag.name == "blockquote", tag.isClosing { quotes = max(0, quotes - 1) }
    if Self.apart.contains(tag.name), let last = lines.last, last.trimmed.trimmingPrefix(/>+/).trimmed != "" {
      lines.append(prefix.trimmed)
    }
    if tag.name == "blockquote", !tag.isClosing { quotes += 1 }
    if tag.name == "pre" { isPreformatted = !tag.isClosing }
    if tag.name == "li", !tag.isClosing { line = "- " }
    if tag.name == "hr" { lines.append(prefix + "---") }
  }

  private mutating func breakLine() {
    lines.append((prefix + line).trimmedEnd)
    line = ""
  }

  private mutating func beginLink(_ tag: Tag) { link = tag.address.map { ($0, line.utf8.count) } }

  private mutating func endLink() {
    defer { link = nil }
    guard let link, link.start <= line.utf8.count else { return }
    let place = line.utf8.index(line.startIndex, offsetBy: link.start)
    let words = String(line[place...])
    guard !words.isEmpty, words != link.address, !words.contains("["), !words.contains("]") else { return }
    line = line[..<place] + "[\(words)](\(link.address))"
  }

  // MARK: words

  /// Adds what stands up to the next tag, and gives its end.
  private mutating func add(_ text: [Unicode.Scalar], from start: Int) -> Int {
    let end = text[start...].firstIndex(of: "<") ?? text.count
    let words = Self.decoded(String(String.UnicodeScalarView(text[start..<end])))
    for character in words {
      if isPreformatted, character.isNewline {
        breakLine()
      } else if character.isWhitespace {
        if !line.isEmpty, !line.hasSuffix(" ") { line.append(" ") }
      } else {
        line.append(character)
      }
    }
    return end
  }

  private static let named: [String: String] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "ndash": "–", "mdash": "—", "hellip": "…",
    "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "bull": "•", "eacute": "é", "egrave": "è", "agrave": "à",
    "ccedil": "ç", "uuml": "ü", "ouml": "ö", "auml": "ä", "szlig": "ß", "ntilde": "ñ", "copy": "©", "reg": "®",
    "euro": "€", "frac12": "½", "times": "×", "deg": "°", "zwnj": "", "zwj": "", "shy": "",
  ]

  static func decoded(_ text: String) -> String {
    guard text.contains("&") else { return text }
    return text.replacing(/&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,10});/) { match -> String in
      let name = match.output.1
      guard name.hasPrefix("#") else { return named[String(name)] ?? String(match.output.0) }
      let isHex = name.dropFirst().first.map { $0 == "x" || $0 == "X" } ?? false
      let number = UInt32(name.dropFirst(isHex ? 2 : 1), radix: isHex ? 16 : 10)
      return number.flatMap(Unicode.Scalar.init).map { String(Character($0)) } ?? "\u{FFFD}"
    }
  }

  // MARK: places

  /// The place behind the tag that begins at `start`; a `>` within an attribute does not end it.
  private static func tagEnd(_ text: [Unicode.Scalar], from start: Int) -> Int {
    var quote: Unicode.Scalar?
    for place in start..<text.count {
      let scalar = text[place]
      if let open = quote {
        if scalar == open { quote = nil }
      } else if scalar == ">" {
        return place + 1
      } else if scalar == "\"" || scalar == "'" {
        quote = scalar
      }
    }
    return text.count
  }

  private static func end(of mark: String, in text: [Unicode.Scalar], from start: Int) -> Int {
    let wanted = Array(mark.unicodeScalars)
    guard start < text.count else { return text.count }
    for place in start..<text.count where text[place] == wanted[0] && text[place...].starts(with: wanted) {
      return place + wanted.count
    }
    return text.count
  }
}

extension String {
  fileprivate var trimmedEnd: String { String(reversed().drop { $0.isWhitespace }.reversed()) }
}
