import Foundation
import Logging
import ServiceLifecycle
import Storage

/// Takes letters from the database to the mail server, or to a folder while none is set, until the server ends.
///
/// Several processes may do so at once: a letter is claimed before it is carried, and is another's only when the claim has
/// ended. A process that dies between the mail server's yes and its own note leaves a letter that is sent twice, with the
/// same Message-ID, and never one that is lost.
package struct Outbox: Service {
  let site: Site
  let courier: any Courier

  /// Longer than any courier takes for one letter.
  static let claim = Span.minutes(5)
  /// The longest pause between two rounds while the mail server does not answer.
  private static let longestPause = 60

  init(site: Site, courier: any Courier) {
    self.site = site
    self.courier = courier
  }

  /// To the mail server that is set; the demonstration's letters, and those of a site without one, go to `folder`.
  package init(site: Site, folder: URL) {
    let hasServer = !site.settings[.mailServer].isEmpty && !site.settings.isDemo
    self.init(site: site, courier: hasServer ? SMTPCourier(settings: site.settings) : FolderCourier(folder: folder))
  }

  package func run() async throws {
    try? await cancelWhenGracefulShutdown {
      var pause = 1
      while !Task.isCancelled {
        pause = await deliver() ? 1 : min(Self.longestPause, pause * 2)
        try await Task.sleep(for: .seconds(pause))
      }
    }
  }

  /// One round: every letter that is due. A letter that cannot be carried waits and is tried again.
  ///
  /// - Returns: false when the round ended early since nothing can be carried now.
  @discardableResult package func deliver() async -> Bool {
    do {
      while !Task.isCancelled, let letter = try await claimed() {
        guard try await carry(letter) else { return false }
      }
      return true
    } catch {
      site.log.error("letters wait", metadata: ["error": "\(String(reflecting: error))"])
      return false
    }
  }

  private struct Claimed {
    let letter: SentLetter
    /// The envelope's: of its own a letter, so that what comes back says which one.
    let sender: String
  }

  private func claimed() async throws -> Claimed? {
    let (now, settings, fresh) = (site.now(), site.settings, site.newSecret())
    return try await site.database.write { db in
      guard let letter = try MailStore(db: db).claim(now: now, until: now + Self.claim) else { return nil }
      let usual = settings[.mailSender].isEmpty ? settings[.mailFrom] : settings[.mailSender]
      guard !settings[.bounceAddress].isEmpty else { return Claimed(letter: letter, sender: usual) }
      let key = try MailKeyStore(db: db).key(fresh: fresh, now: now)
      let address = SignedAddress(settings[.bounceAddress], key: key)
      return Claimed(letter: letter, sender: address?.bounce(letter.id) ?? usual)
    }
  }

  private func carry(_ claimed: Claimed) async throws -> Bool {
    let (settings, letter, sender) = (site.settings, claimed.letter, claimed.sender)
    let text = EmailFile.text(letter, settings: settings)
    let outcome = await courier.carry(text, id: letter.id, from: sender, to: letter.address)
    let (now, database) = (site.now(), site.database)
    // A task of its own: what became of the letter is kept even when the server ends meanwhile and cancels this one.
    try await Task {
      try await database.write { db in
        let store = MailStore(db: db)
        switch outcome {
        case .taken: try store.markSent(letter.id, now: now)
        case .refused(let words):
          try store.markFailed(letter.id, trouble: words, now: now)
          if let status = DeliveryStatus(words), status.isOfAddress {
            try AddressTroubleStore(db: db).note(letter.address, status, words: words, now: now)
          }
        case .later(let words, _): try store.postpone(letter, trouble: words, now: now)
        }
      }
    }.value
    if case .later(let words, isServer: true) = outcome {
      site.log.warning("the mail server does not take letters", metadata: ["trouble": "\(words)"])
      return false
    }
    return true
  }
}
