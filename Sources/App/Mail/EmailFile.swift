import Foundation

/// A letter as a mail file (RFC 5322): lines that end in CR LF and hold at most 76 characters where they can be broken,
/// words outside of ASCII as RFC 2047 asks, the text in UTF-8 as quoted-printable (RFC 2045).
enum EmailFile {
  static func text(_ letter: SentLetter, settings: Settings) -> String {
    let from = settings[.mailFrom]
    let own = letter.headers.split(separator: "\n").compactMap { line -> (String, String)? in
      let halves = line.split(separator: ":", maxSplits: 1)
      guard halves.count == 2, isName(halves[0]) else { return nil }
      return (String(halves[0]), halves[1].trimmed)
    }
    var headers = [
      ("From", "\(phrase(settings[.leagueName])) <\(oneLine(from))>"), ("To", "<\(oneLine(letter.address))>"),
      ("Subject", words(oneLine(letter.subject).trimmed)), ("Date", date(letter.createdAt)),
    ]
    if !own.contains(where: { $0.0.lowercased() == "message-id" }) {
      headers.append(("Message-ID", "<\(letter.id)@\(from.split(separator: "@").last ?? "localhost")>"))
    }
    headers += own
    // An answer to a letter says so itself (RFC 3834, section 5).
    if !own.contains(where: { $0.0.lowercased() == "auto-submitted" }) {
      headers.append(("Auto-Submitted", "auto-generated"))
    }
    headers += [
      ("X-Auto-Response-Suppress", "All"), ("MIME-Version", "1.0"),
      ("Content-Type", "text/plain; charset=utf-8"), ("Content-Transfer-Encoding", "quoted-printable"),
    ]
    return headers.map { folded("\($0.0): \(oneLine($0.1))") }.joined() + "\r\n" + quotedPrintable(letter.body)
  }

  /// RFC 5322, section 3.6.8.
  private static func isName(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
  }

  /// Breaks a header before its words, so that lines hold 76 characters unless a word is longer.
  private static func folded(_ header: String) -> String {
    var (lines, line) = ([String](), "")
    for word in header.split(separator: " ", omittingEmptySubsequences: false) {
      if !line.isEmpty, line.utf8.count + 1 + word.utf8.count > 76, !word.isEmpty, lines.count > 0 || line.contains(" ")
      {
        lines.append(line)
        line = " " + word
      } else {
        line += line.isEmpty ? String(word) : " " + word
      }
    }
    return (lines + [line]).joined(separator: "\r\n") + "\r\n"
  }

  // MARK: words (RFC 2047)

  /// A person's or a network's name before an address.
  private static func phrase(_ text: String) -> String {
    let isAtoms = text.utf8.allSatisfy {
      $0 == 0x20 || (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
    }
    return isAtoms ? text : encoded(text)
  }

  private static func words(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F } && !text.contains("=?")
    // One word that is longer than a line could not be folded otherwise.
    let isFoldable = !text.split(separator: " ", omittingEmptySubsequences: false).contains {
      $0.isEmpty || $0.utf8.count > 60
    }
    return isPlain && isFoldable ? text : encoded(text)
  }

  /// An encoded word holds at most 75 characters: 45 bytes of text make 60. None splits a scalar.
  private static func encoded(_ text: String) -> String {
    var (words, bytes) = ([String](), [UInt8]())
    for scalar in oneLine(text).unicodeScalars {
      let next = Array(String(scalar).utf8)
      if bytes.count + next.count > 42 {
        words.append(word(bytes))
        bytes = []
      }
      bytes += next
    }
    return (words + [word(bytes)]).joined(separator: " ")
  }

  private static func word(_ bytes: [UInt8]) -> String { "=?utf-8?B?\(Data(bytes).base64EncodedString())?=" }

  // MARK: the text (RFC 2045, section 6.7)

  private static func quotedPrintable(_ text: String) -> String {
    let lines = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
      .split(separator: "\n", omittingEmptySubsequences: false)
    return lines.map { quoted(Array($0.utf8)) + "\r\n" }.joined()
  }

  private static func quoted(_ bytes: [UInt8]) -> String {
    var (done, line) = ("", "")
    for (index, byte) in bytes.enumerated() {
      let isLast = index == bytes.count - 1
      let isPlain = (0x21...0x7E).contains(byte) && byte != 0x3D || (byte == 0x20 || byte == 0x09) && !isLast
      let next = isPlain ? String(UnicodeScalar(byte)) : "=" + hex(byte)
      if line.utf8.count + next.utf8.count > (isLast ? 76 : 75) {
        done += line + "=\r\n"
        line = ""
      }
      line += next
    }
    return done + line
  }

  private static func hex(_ byte: UInt8) -> String {
    let text = String(byte, radix: 16, uppercase: true)
    return text.utf8.count == 1 ? "0" + text : text
  }

  private static func date(_ instant: Instant) -> String {
    let utc = LeagueZone.utc
    let day = utc.date(of: instant)
    let spoken = day.spoken.split(separator: " ")
    return
      "\(spoken[0]), \(two(day.day)) \(spoken[2]) \(day.year) \(utc.clock(instant)):\(two(Int(instant.milliseconds / 1000 % 60))) +0000"
  }
}
