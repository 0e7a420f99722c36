import Logging
import ServiceLifecycle
import Storage

/// Turns notices into letters, twice a minute, until the server ends.
package struct NoticeLetters: Service {
  let site: Site

  package init(site: Site) { self.site = site }

  package func run() async throws {
    try? await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        await compose()
        try await Task.sleep(for: .seconds(30))
      }
    }
  }

  /// One round. Each letter is written, and its notices settled, in one transaction; one that fails waits for the next.
  package func compose() async {
    let now = site.now()
    do {
      let due = try await site.database.read { db in try LetterQueue(db: db).due(now: now) }
      for (person, subject) in due { try await write(to: person, about: subject, now: now) }
    } catch {
      site.log.error("notices wait for their letters", metadata: ["error": "\(String(reflecting: error))"])
    }
  }

  private func write(to person: Person.ID, about subject: String, now: Instant) async throws {
    let (token, id) = (site.newSecret(), site.newID())
    let letters = NoticeLetter(settings: site.settings, zone: site.settings.zone)
    try await site.database.write { db in
      let queue = LetterQueue(db: db)
      if let waiting = try queue.letter(to: person, about: subject), let address = EmailAddress(waiting.email) {
        try LetterStopStore(db: db).add(token: token, person: person, subject: subject, now: now)
        try MailStore(db: db).add(letters.letter(waiting, to: address, token: token, id: id), now: now)
      }
      try queue.settle(person, subject, now: now)
    }
  }
}
