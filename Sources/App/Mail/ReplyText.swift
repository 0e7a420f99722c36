/// What somebody wrote in an answer by letter: without what their mail program quoted below it, and without a signature.
///
/// Whoever answers between or below the quoted lines keeps those quotations that an answer follows; nothing that was
/// written is thrown away for standing in an unusual place.
struct ReplyText {
  static func trimmed(_ text: String) -> String {
    let lines = text.replacing("\u{A0}", with: " ").replacing("\u{200B}", with: "")
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let cut = firstCut(in: lines) else { return joined(withoutOuterQuotes(withoutSignature(lines))) }
    let own = withoutOuterQuotes(withoutSignature(Array(lines[..<cut.start])))
    let below = withoutSignature(Array(lines[cut.end...]))
    guard cut.isAttribution, answersBelow(below) else { return joined(own) }
    return joined(own + ["", ""] + withoutOuterQuotes(below))
  }

  private static func joined(_ lines: [String]) -> String {
    lines.joined(separator: "\n").replacing(/\n{3,}/, with: "\n\n").trimmed
  }

  // MARK: where the quoted letter begins

  private struct Cut {
    let start: Int
    /// The first line behind the words that introduce it.
    let end: Int
    /// Whether quoted lines follow, between which somebody may answer.
    let isAttribution: Bool
  }

  private static func firstCut(in lines: [String]) -> Cut? {
    for index in lines.indices where !lines[index].isBlank {
      if let end = attributionEnd(lines, index) { return Cut(start: index, end: end, isAttribution: true) }
      if isSeparator(lines[index]) || isHeaderBlock(lines, index) {
        let before = index > 0 && lines[index - 1].trimmed.allSatisfy { $0 == "_" || $0 == "-" } ? index - 1 : index
        return Cut(start: before, end: lines.count, isAttribution: false)
      }
    }
    return nil
  }

  /// "On Tue, 24 Nov 2026 at 07:12, Dana <…> wrote:", also where it was broken into up to four lines. A date or an address
  /// stands in it: "On Monday Dana wrote:" are somebody's own words.
  private static func attributionEnd(_ lines: [String], _ start: Int) -> Int? {
    guard beginsAttribution(lines[start]) else { return nil }
    var sentence = ""
    for index in start..<min(lines.count, start + 4) {
      guard !lines[index].isBlank, !lines[index].hasPrefix(">"), sentence.count < 500 else { return nil }
      sentence += (sentence.isEmpty ? "" : " ") + lines[index].trimmed.prefix(400)
      guard sentence.hasSuffix(":") else { continue }
      let isOne =
        sentence.contains { $0.isNumber || $0 == "@" }
        && sentence.contains(
          /(?i)\b(wrote|writes|a écrit|escribió|escreveu|schrieb|ha scritto|schreef|skrev)\b[^:]{0,100}\s?:$/)
      return isOne ? index + 1 : nil
    }
    return nil
  }

  private static func beginsAttribution(_ line: String) -> Bool {
    line.prefix(400).contains(/(?i)^\s*(On|Le|El|Em|Am|Il|Op|Den)\s/)
      || line.prefix(400).contains(/(?i)(<[^<>\s]+@[^<>\s]+>).{0,40}(wrote|a écrit|escribió|schrieb)\s?:\s*$/)
  }

  private static func isSeparator(_ line: String) -> Bool {
    line.prefix(120).contains(
      /(?i)^\s*-{2,}\s*(original message|original-nachricht|ursprüngliche nachricht|message d.origine|mensaje original|mensagem original|forwarded message|reply message)\s*-{2,}\s*$/
    )
  }

  /// Outlook's "From: … Sent: … To: … Subject: …".
  private static func isHeaderBlock(_ lines: [String], _ start: Int) -> Bool {
    guard lines[start].prefix(300).contains(/(?i)^\s*\**(from|de|von|van|da)\s?:\**\s*\S/) else { return false }
    let others = lines[start..<min(lines.count, start + 8)].dropFirst().filter { line in
      line.prefix(300).contains(
        /(?i)^\s*\**(sent|date|to|cc|subject|envoyé|à|objet|gesendet|an|betreff|enviado( el)?|para|asunto|assunto|data|verzonden|aan|onderwerp)\s?:\**\s/
      )
    }
    return others.count >= 2
  }

  // MARK: quotations and signatures

  /// Whether somebody wrote below or between the quoted lines.
  private static func answersBelow(_ lines: [String]) -> Bool {
    guard let first = lines.firstIndex(where: { !$0.isBlank }), lines[first].hasPrefix(">") else { return false }
    return lines[first...].contains { !$0.isBlank && !$0.hasPrefix(">") }
  }

  /// Quotations that no words precede, or none follow, are what the thread holds already.
  private static func withoutOuterQuotes(_ lines: [String]) -> [String] {
    let isOuter = { (line: String) in line.isBlank || line.hasPrefix(">") }
    return Array(lines.drop(while: isOuter).reversed().drop(while: isOuter).reversed())
  }

  /// Cuts at "-- ", and at the line that a telephone adds. Quoted lines stay.
  private static func withoutSignature(_ lines: [String]) -> [String] {
    if let mark = lines.firstIndex(where: { $0 == "-- " || $0 == "--" || $0 == "—" }) { return Array(lines[..<mark]) }
    guard let last = lines.lastIndex(where: { !$0.isBlank && !$0.hasPrefix(">") }), isAddedByProgram(lines[last]) else {
      return lines
    }
    return Array(lines[..<last]) + lines[(last + 1)...]
  }

  private static func isAddedByProgram(_ line: String) -> Bool {
    line.prefix(200).contains(
      /(?i)^\s*(sent (from|with|via) (my )?(iphone|ipad|android|galaxy|samsung|mobile|phone|mail for windows|outlook|yahoo|proton|gmail)|get \[?outlook for|envoyé (de|depuis) mon|enviado desde mi|enviado do meu|von meinem .{1,30} gesendet|gesendet von|inviato da)/
    )
  }
}

extension String {
  fileprivate var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
