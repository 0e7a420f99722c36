import Foundation

/// A letter as a mail file (RFC 5322), in UTF-8, its text in base 64 (RFC 2045), its subject as RFC 2047 asks.
enum EmailFile {
  static func text(_ letter: SentLetter, from: String, zone: LeagueZone) -> String {
    var lines = [
      "From: \(encoded("League")) <\(oneLine(from))>", "To: <\(oneLine(letter.address))>",
      "Subject: \(encoded(letter.subject))", "Date: \(date(letter.createdAt))",
      "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64",
      "Auto-Submitted: auto-generated", "X-Auto-Response-Suppress: All",
    ]
    let own = letter.headers.split(separator: "\n").map(String.init)
    if !own.contains(where: { $0.hasPrefix("Message-ID:") }) { lines.append("Message-ID: <\(letter.id)@league>") }
    lines += own
    return (lines + [""] + wrapped(Data(letter.body.utf8).base64EncodedString())).joined(separator: "\r\n") + "\r\n"
  }

  private static func encoded(_ text: String) -> String {
    let plain = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    if plain { return text }
    // An encoded word holds at most 75 characters: 45 bytes of text make 60.
    var words: [String] = []
    var bytes: [UInt8] = []
    for character in text {
      if bytes.count + character.utf8.count > 45 {
        words.append(word(bytes))
        bytes = []
      }
      bytes += Array(character.utf8)
    }
    return (words + [word(bytes)]).joined(separator: "\r\n ")
  }

  private static func word(_ bytes: [UInt8]) -> String { "=?utf-8?B?\(Data(bytes).base64EncodedString())?=" }

  private static func wrapped(_ text: String) -> [String] {
    stride(from: 0, to: text.utf8.count, by: 76).map { start in
      String(text.dropFirst(start).prefix(76))
    }
  }

  private static func date(_ instant: Instant) -> String {
    let utc = LeagueZone.utc
    let day = utc.date(of: instant)
    let spoken = day.spoken.split(separator: " ")
    return
      "\(spoken[0]), \(two(day.day)) \(spoken[2]) \(day.year) \(utc.clock(instant)):\(two(Int(instant.milliseconds / 1000 % 60))) +0000"
  }
}
