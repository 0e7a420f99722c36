import Logging
import Storage

/// Erases those whose wait is over, each in a transaction of its own: one that fails waits, and says why.
struct Eraser {
  let site: Site

  func run() async throws {
    let now = site.now()
    let due = try await site.database.read { db in try ErasureStore(db: db).due(now: now) }
    for erasure in due {
      do {
        try await erase(erasure, now: now)
      } catch {
        site.log.error("erasure waits", metadata: ["id": "\(erasure.id)", "error": "\(String(reflecting: error))"])
        let trouble = if case Refusal.conflict(let words) = error { words } else { "A fault of ours; see the log." }
        try await site.database.write { db in try ErasureStore(db: db).markFailed(erasure.id, trouble: trouble) }
      }
    }
  }

  private func erase(_ erasure: Erasure, now: Instant) async throws {
    let (audit, letterID, settings) = (site.newID(), site.newID(), site.settings)
    try await site.database.write { db in
      // A hold may have been placed, or the wish taken back, since the list was read.
      guard try LegalHoldStore(db: db).inForce(on: erasure.person) == nil,
        try ErasureStore(db: db).open(of: erasure.person)?.id == erasure.id
      else { return }
      let store = PersonDataStore(db: db)
      if try store.isLastOfOffice(erasure.person, now: now) {
        throw Refusal.conflict("The League would be without an office.")
      }
      let address = try store.erase(erasure.person, now: now)
      try ErasureStore(db: db).markDone(erasure.id, now: now)
      try AuditStore(db: db).add(id: audit, by: nil, "account erased", "person", "\(erasure.person)", now: now)
      if let email = EmailAddress(address) {
        try MailStore(db: db).add(AccountCareLetters.erased(to: email, id: letterID, settings), now: now)
      }
    }
  }
}
