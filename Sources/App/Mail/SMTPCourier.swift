import CCurl
import Foundation
import NIOPosix

/// Hands letters to a mail server (RFC 5321) through libcurl, each on a connection of its own.
struct SMTPCourier: Courier {
  let settings: Settings
  /// Until the server must have answered a command.
  var answerTimeout = Span.seconds(30)
  /// For the whole letter; well under the time for which the outbox claims it.
  var timeout = Span.seconds(120)

  func carry(_ text: String, id: String, from sender: String, to address: String) async -> Handover {
    do {
      return try await NIOThreadPool.singleton.runIfActive { send(text, from: sender, to: address) }
    } catch {
      return .later("the program ends", isServer: true)
    }
  }

  /// Connects, encrypts and signs in, and sends nothing.
  ///
  /// - Returns: why it cannot; nil when it can.
  func greet() async -> String? {
    let outcome = try? await NIOThreadPool.singleton.runIfActive { send("", from: "", to: nil) }
    switch outcome {
    case .taken: return nil
    case .later(let words, _)?, .refused(let words)?: return words
    case nil: return "the program ends"
    }
  }

  /// - Parameter address: nil to greet only.
  private func send(_ text: String, from sender: String, to address: String?) -> Handover {
    let (user, authorities) = (settings[.mailUser], settings[.mailAuthorities])
    let answer = withCStrings(
      [settings[.mailServer], user, settings[.mailPassword], authorities, "<\(sender)>", "<\(address ?? "")>", text]
    ) { texts in
      var letter = league_letter()
      letter.url = texts[0]
      letter.user = user.isEmpty ? nil : texts[1]
      letter.password = texts[2]
      letter.authorities = authorities.isEmpty ? nil : texts[3]
      letter.tls = encryption
      letter.connect_timeout = Int(answerTimeout.milliseconds)
      letter.timeout = Int(timeout.milliseconds)
      letter.sender = texts[4]
      letter.recipient = address == nil ? nil : texts[5]
      letter.text = texts[6]
      letter.length = text.utf8.count
      return league_send(&letter)
    }
    return Self.judge(answer)
  }

  private var encryption: Int {
    switch settings[.mailTLS] {
    case "no": Int(CURLUSESSL_NONE.rawValue)
    case "offered": Int(CURLUSESSL_TRY.rawValue)
    default: Int(CURLUSESSL_ALL.rawValue)
    }
  }

  private static func judge(_ answer: league_answer) -> Handover {
    if answer.code == CURLE_OK { return .taken }
    let heard = withUnsafeBytes(of: answer.words) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self).trimmed }
    let meaning = String(cString: curl_easy_strerror(answer.code))
    let spoke = answer.code == CURLE_SEND_ERROR || answer.code == CURLE_WEIRD_SERVER_REPLY
    guard spoke, answer.status >= 400 else { return .later(meaning, isServer: true) }
    // 500…504 and 530…538 speak of the way of asking or of signing in, not of this letter (RFC 5321, 4.2.3; RFC 4954, 6).
    let isAboutUs = (500...504).contains(answer.status) || (530...538).contains(answer.status)
    if answer.status == 421 || isAboutUs { return .later(heard, isServer: true) }
    return answer.status >= 500 ? .refused(heard) : .later(heard, isServer: false)
  }
}

/// Runs `work` with all of `texts` as C strings.
private func withCStrings<Value>(_ texts: [String], _ work: ([UnsafePointer<CChar>]) -> Value) -> Value {
  func next(_ rest: ArraySlice<String>, _ pointers: [UnsafePointer<CChar>]) -> Value {
    guard let first = rest.first else { return work(pointers) }
    return first.withCString { next(rest.dropFirst(), pointers + [$0]) }
  }
  return next(texts[...], [])
}
