import Foundation
import NIOPosix

/// Whether letters can leave, and whether others will believe them.
struct MailExamination: Sendable {
  let settings: Settings
  let dkimSelector: String?
  /// Nil when the database could not be asked.
  var inbox: InboxState?
  let now: Instant
  var resolver = Resolver.system()

  func findings() async -> [Finding] {
    guard !settings[.mailServer].isEmpty, !settings.isDemo else {
      return [
        .warning(
          "mail.server", "Letters stay in \(settings.dataPath("outbox")) and reach nobody.",
          cure: "league.conf: mail_server = smtp://mail.example.org:587")
      ]
    }
    return [await handshake()] + (await records()) + (await answers())
  }

  /// Whether answers to letters come back.
  private func answers() async -> [Finding] {
    guard let address = EmailAddress(settings[.replyAddress]) else { return [] }
    let (domain, host) = (address.domain, URL(string: settings[.mailServer])?.host() ?? "mail.\(address.domain)")
    let exchange = await record(
      "mail.answers.address", at: domain, begins: "", type: DNSMessage.exchange,
      cure: "publish at \(domain): MX 10 \(host)", problem: { _ in nil })
    guard let inbox else { return [exchange] }
    guard inbox.hasKey else {
      return [
        exchange,
        .warning(
          "mail.answers", "There is no key yet that signs the addresses for answers.", cure: "league doctor --fix",
          .makeMailKey),
      ]
    }
    guard let last = inbox.receivedAt else {
      return [
        exchange,
        .warning(
          "mail.answers", "No letter has come in yet.",
          cure: "let the mail server pipe what comes to \(address) and to what has a + there into: league mail receive"),
      ]
    }
    return [
      exchange, .good("mail.answers", "A letter came in \(max(0, (now - last).wholeSeconds / 3600)) hours ago."),
    ]
  }

  private func handshake() async -> Finding {
    let trouble = await SMTPCourier(settings: settings).greet()
    guard let trouble else { return .good("mail.server", "\(settings[.mailServer]) takes letters from us.") }
    return .bad(
      "mail.server", "\(settings[.mailServer]) does not take letters: \(trouble)",
      cure: "league.conf: mail_server, mail_tls, mail_user; LEAGUE_MAIL_PASSWORD_FILE")
  }

  /// SPF (RFC 7208), DMARC (RFC 7489) and DKIM (RFC 6376) of the domain that letters come from.
  private func records() async -> [Finding] {
    let domain = settings[.mailFrom].split(separator: "@").last.map(String.init) ?? ""
    guard domain.contains(".") else {
      return [
        .bad(
          "mail.from", "Letters come from \(settings[.mailFrom]), to which nobody can answer.",
          cure: "league.conf: mail_from = league@example.org")
      ]
    }
    let host = URL(string: settings[.mailServer])?.host() ?? "mail.\(domain)"
    var found = [
      await record(
        "mail.spf", at: domain, begins: "v=spf1", cure: "publish at \(domain): TXT \"v=spf1 a:\(host) -all\"",
        problem: { $0.contains("+all") ? "allows everybody to write in your name" : nil }),
      await record(
        "mail.dmarc", at: "_dmarc.\(domain)", begins: "v=DMARC1",
        cure: "publish at _dmarc.\(domain): TXT \"v=DMARC1; p=quarantine; rua=mailto:postmaster@\(domain)\"",
        problem: { $0.contains("p=") ? nil : "says no policy" }),
    ]
    if let selector = dkimSelector {
      found.append(
        await record(
          "mail.dkim", at: "\(selector)._domainkey.\(domain)", begins: "", cure: "publish the mail server's key there",
          problem: { $0.firstMatch(of: /p=\s*[A-Za-z0-9+\/]/) == nil ? "holds no key" : nil }))
    } else {
      found.append(
        .warning(
          "mail.dkim", "Whether the mail server's signature can be checked was not looked at.",
          cure: "league doctor --dkim-selector NAME"))
    }
    return found
  }

  private func record(
    _ check: String, at name: String, begins: String, type: UInt16 = DNSMessage.text, cure: String,
    problem: (String) -> String?
  ) async -> Finding {
    guard let resolver else {
      return .warning(check, "This machine knows no name server.", cure: "/etc/resolv.conf: nameserver 9.9.9.9")
    }
    switch await resolver.texts(of: name, type: type) {
    case nil, .failed:
      return .warning(check, "The name server did not answer for \(name).", cure: "league doctor, once more")
    case .noSuchName: return .warning(check, "There is no record at \(name).", cure: cure)
    case .texts(let texts):
      let records = texts.filter { $0.lowercased().hasPrefix(begins.lowercased()) }
      guard let record = records.first else { return .warning(check, "There is no record at \(name).", cure: cure) }
      if records.count > 1, !begins.isEmpty {
        return .bad(check, "There are \(records.count) records at \(name); receivers then ignore all.", cure: cure)
      }
      if let trouble = problem(record) { return .bad(check, "The record at \(name) \(trouble).", cure: cure) }
      return .good(check, "\(name) has its record.")
    }
  }
}
