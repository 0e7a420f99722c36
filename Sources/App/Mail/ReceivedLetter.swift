import CMime
import Foundation

/// A letter as it came (RFC 5322 and MIME), taken apart by GMime. Nothing in it is believed yet.
struct ReceivedLetter: Sendable {
  struct Header: Sendable, Equatable {
    /// In small letters.
    let name: String
    let value: String
  }

  struct Leaf: Sendable, Equatable {
    /// "text/plain".
    let type: String
    let text: String
    let isAttachment: Bool
    let isFlowed: Bool
    let deletesSpaces: Bool
    /// See `league_leaf.alternatives`.
    let alternatives: Int
  }

  /// From top to bottom.
  let headers: [Header]
  /// Addresses in From, as written.
  let senders: [String]
  let leaves: [Leaf]

  private static let headerLimit = 1000

  /// Nil for what is no letter at all.
  init?(_ bytes: [UInt8]) {
    // No header may hold a zero, and it would end a C string before its end.
    let clean = bytes.filter { $0 != 0 }
    let read = clean.withUnsafeBytes { raw in
      league_mail_read(raw.baseAddress?.assumingMemoryBound(to: CChar.self), raw.count)
    }
    guard !clean.isEmpty, let mail = read else { return nil }
    defer { league_mail_free(mail) }
    headers = (0..<min(Self.headerLimit, Int(league_mail_headers(mail)))).compactMap { index in
      var value: UnsafePointer<CChar>?
      guard let name = league_mail_header(mail, Int32(index), &value) else { return nil }
      return Header(name: Self.text(name).lowercased(), value: Self.text(value).trimmed)
    }
    senders = (0..<min(20, Int(league_mail_senders(mail)))).compactMap { index in
      league_mail_sender(mail, Int32(index)).map(Self.text)
    }
    leaves = withUnsafeBytes(of: &mail.pointee.leaves) { raw in
      raw.bindMemory(to: league_leaf.self).prefix(mail.pointee.count).map(Self.leaf)
    }
  }

  private static func leaf(_ leaf: league_leaf) -> Leaf {
    let bytes = UnsafeRawBufferPointer(start: leaf.bytes, count: leaf.bytes == nil ? 0 : leaf.length)
    let type = withUnsafeBytes(of: leaf.type) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    return Leaf(
      type: type, text: String(decoding: bytes, as: UTF8.self), isAttachment: leaf.is_attachment != 0,
      isFlowed: leaf.is_flowed != 0, deletesSpaces: leaf.deletes_spaces != 0, alternatives: Int(leaf.alternatives))
  }

  private static func text(_ pointer: UnsafePointer<CChar>?) -> String { pointer.map { String(cString: $0) } ?? "" }

  func all(_ name: String) -> [String] { headers.filter { $0.name == name }.map(\.value) }

  /// The first of that name; empty without one.
  subscript(_ name: String) -> String { headers.first { $0.name == name }?.value ?? "" }
}

extension ReceivedLetter {
  /// The one who says to have written it; nil when there are several, or none (RFC 5322, section 3.6.2, allows more).
  var sender: EmailAddress? {
    guard all("from").count == 1, senders.count == 1 else { return nil }
    return EmailAddress(senders[0])
  }

  /// Whether a program wrote it (RFC 3834, and what older programs say instead): it is never answered, nor posted.
  ///
  /// - Parameter envelope: the envelope's sender; empty for letters that nobody answers.
  func isAutomatic(envelope: String?) -> Bool {
    let submitted = self["auto-submitted"].lowercased().prefix { $0 != ";" && $0 != " " }
    if !submitted.isEmpty, submitted != "no" { return true }
    if ["bulk", "junk", "list", "auto_reply"].contains(self["precedence"].lowercased()) { return true }
    let marks = [
      "x-auto-response-suppress", "x-autoreply", "x-autorespond", "x-auto-reply", "x-autoresponder", "list-id",
      "list-unsubscribe", "x-league-holds",
    ]
    if headers.contains(where: { marks.contains($0.name) }) { return true }
    if self["content-type"].lowercased().hasPrefix("multipart/report") { return true }
    let path = envelope ?? all("return-path").first
    return path.map { ["", "<>", "mailer-daemon"].contains($0.trimmed.lowercased()) } ?? false
  }

  /// The words that its writer wrote, as plain text: of each text what stands in plain, else what HTML says.
  var words: String {
    var pieces: [String] = []
    var settled: Set<Int> = []
    for leaf in leaves where !leaf.isAttachment && leaf.type.hasPrefix("text/") {
      guard leaf.alternatives > 0 else {
        pieces.append(Self.plain(leaf))
        continue
      }
      guard settled.insert(leaf.alternatives).inserted else { continue }
      let choices = leaves.filter { $0.alternatives == leaf.alternatives && !$0.isAttachment }
      let texts = choices.filter { $0.type == "text/plain" }.map(Self.plain)
      let text = texts.joined(separator: "\n")
      pieces.append(text.trimmed.isEmpty ? choices.first { $0.type == "text/html" }.map(Self.plain) ?? "" : text)
    }
    return pieces.map(\.trimmed).filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  /// Longer texts are cut: what is quoted at their end is thrown away in any case.
  private static let textLimit = 250_000

  private static func plain(_ leaf: Leaf) -> String {
    let text = String(leaf.text.prefix(textLimit)).replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    switch leaf.type {
    case "text/html": return HTMLText.plain(text)
    case "text/plain": return leaf.isFlowed ? flowed(text, deletesSpaces: leaf.deletesSpaces) : text
    default: return ""
    }
  }

  /// Joins the lines that its program broke (RFC 3676): those that end in a space, within the same depth of quotation.
  static func flowed(_ text: String, deletesSpaces: Bool) -> String {
    var lines: [(depth: Int, text: String, goesOn: Bool)] = []
    for raw in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let depth = raw.prefix { $0 == ">" }.count
      var line = raw.dropFirst(depth)
      if line.hasPrefix(" ") { line = line.dropFirst() }
      let goesOn = line.hasSuffix(" ") && line != "-- "
      let words = goesOn && deletesSpaces ? line.dropLast() : line
      if let last = lines.last, last.goesOn, last.depth == depth, line != "-- " {
        lines[lines.count - 1] = (depth, last.text + words, goesOn)
      } else {
        lines.append((depth, String(words), goesOn))
      }
    }
    return lines.map { line in
      line.depth == 0 ? line.text : String(repeating: ">", count: line.depth) + " " + line.text
    }.joined(separator: "\n")
  }
}
