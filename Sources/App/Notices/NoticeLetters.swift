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
    let (now, zone) = (site.now(), site.settings.zone)
    do {
      let due = try await site.database.read { db in try LetterQueue(db: db, zone: zone).due(now: now) }
      for (person, subject) in due {
        do { try await write(to: person, about: subject, now: now) } catch { complain(error) }
      }
    } catch {
      complain(error)
    }
  }

  private func complain(_ error: any Error) {
    site.log.error("notices wait for their letters", metadata: ["error": "\(String(reflecting: error))"])
  }

  private func write(to person: Person.ID, about subject: String, now: Instant) async throws {
    let (token, id, zone) = (site.newSecret(), site.newID(), site.settings.zone)
    let (settings, fresh) = (site.settings, site.newSecret())
    let letters = NoticeLetter(settings: settings, zone: zone)
    try await site.database.write { db in
      let queue = LetterQueue(db: db, zone: zone)
      guard try queue.sort(person, subject, now: now) else { return }
      if let waiting = try queue.letter(to: person, about: subject, now: now) {
        try LetterStopStore(db: db).add(token: token, person: person, waiting.stop, now: now)
        let replyTo = try Self.replyTo(waiting, settings, freshKey: fresh, now: now, db)
        try MailStore(db: db).add(letters.letter(waiting, replyTo: replyTo, token: token, id: id), now: now)
      }
      try queue.settle(person, subject, now: now)
    }
  }

  /// Where an answer by letter goes: nil where no mail server brings them, and for whoever may not answer so.
  private static func replyTo(
    _ waiting: WaitingLetter, _ settings: Settings, freshKey: String, now: Instant, _ db: any Transaction
  ) throws -> String? {
    guard let discussion = waiting.discussion, !settings[.replyAddress].isEmpty,
      try waiting.reader.mayReply(settings, db)
    else { return nil }
    let key = try MailKeyStore(db: db).key(fresh: freshKey, now: now)
    return SignedAddress(settings[.replyAddress], key: key)?.reply(waiting.reader.person, discussion.id)
  }

  /// The letters of the day or the week that are due: a job of its own, so that one process writes them. Each person's
  /// notices are settled with the letter, so that nothing is told twice even by two.
  func composeDigests() async throws {
    let (now, zone) = (site.now(), site.settings.zone)
    var (last, failure): (Person.ID?, (any Error)?) = (nil, nil)
    while true {
      let people = try await site.database.read { [last] db in
        try LetterQueue(db: db, zone: zone).digests(now: now, after: last)
      }
      guard !people.isEmpty else { break }
      for person in people {
        // One person's trouble must not keep the letters of all who follow.
        do { try await writeDigest(to: person, now: now) } catch { failure = error }
      }
      last = people.last
    }
    if let failure { throw failure }
  }

  private func writeDigest(to person: Person.ID, now: Instant) async throws {
    let (token, id, zone) = (site.newSecret(), site.newID(), site.settings.zone)
    let letters = DigestLetter(settings: site.settings)
    try await site.database.write { db in
      let queue = LetterQueue(db: db, zone: zone)
      guard try queue.mayWriteDigest(to: person, now: now) else { return }
      if let digest = try queue.digest(for: person, now: now) {
        try LetterStopStore(db: db).add(token: token, person: person, .digest, now: now)
        try MailStore(db: db).add(letters.letter(digest, token: token, id: id), now: now)
      }
      try queue.settleDigest(of: person, now: now)
    }
  }
}
