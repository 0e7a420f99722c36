/// The office's care for accounts, and the audit log.
enum AccountCareSamples {
  static let all: [Sample] = [
    Sample("accounts/show", "An account", AccountCarePages.show(care(), .sampleOffice), for: .sampleOffice),
    Sample(
      "accounts/no-reason", "An act without a reason",
      AccountCarePages.show(
        care(), problems: ["suspension": "Say why, in at most 300 characters: it is kept, and the person can read it."],
        .sampleOffice), for: .sampleOffice),
    Sample(
      "accounts/held", "Suspended, held, and to be erased",
      AccountCarePages.show(
        care(
          suspendedAt: now - .days(2),
          hold: LegalHold(placedAt: now - .days(30), reason: "Records asked for by a court"),
          erasure: Erasure(
            id: "e-1", person: Person.ID("p-1"), askedAt: now - .days(20), dueAt: now - .days(6),
            trouble: "the database was busy")), .sampleOffice), for: .sampleOffice),
    Sample(
      "accounts/erased", "An erased account", AccountCarePages.show(care(erasedAt: now - .days(1)), .sampleOffice),
      for: .sampleOffice),
    Sample("accounts/record", "What was done with one's account", AccountCarePages.record(log, .sampleLead)),
    Sample("accounts/record-empty", "Nothing was done with it", AccountCarePages.record([], .sampleLead)),
    Sample("accounts/data", "One's own data", PersonDataPages.show(nil, isHeld: false, .sampleLead)),
    Sample(
      "accounts/data-leaving", "Somebody who leaves, and is held",
      PersonDataPages.show(
        Erasure(
          id: "e-2", person: Person.ID("p-2"), askedAt: now - .days(1), dueAt: now + .days(13), trouble: nil),
        isHeld: true, .sampleLead)),
    Sample(
      "office/audit", "The audit log",
      AuditPages.list(
        log, AuditFilter(), actions: ["account suspended", "role given"], older: "/office/audit?before=1&id=a",
        .sampleOffice), for: .sampleOffice),
    Sample(
      "office/audit-empty", "The audit log, nothing found",
      AuditPages.list(
        [], AuditFilter(Fields(["who": "nobody@nowhere.example"])), actions: [], older: nil, .sampleOffice),
      for: .sampleOffice),
  ]

  private static let now = Viewer.sampleNow

  private static func care(
    suspendedAt: Instant? = nil, hold: LegalHold? = nil, erasure: Erasure? = nil, erasedAt: Instant? = nil
  ) -> AccountCare {
    AccountCare(
      id: Person.ID("p-1"), name: "Ruth Ouellette", email: "ruth@ashuelot.example", createdAt: now - .days(700),
      suspendedAt: suspendedAt, suspendedReason: suspendedAt == nil ? "" : "Posted a list of students, twice.",
      erasedAt: erasedAt, hasSecondFactor: true,
      sessions: suspendedAt == nil && erasedAt == nil
        ? [
          Session(
            id: Session.ID("s-1"), person: Person.ID("p-1"), createdAt: now - .days(3), seenAt: now - .hours(1),
            expiresAt: now + .days(50), agent: "Firefox", address: "192.0.2.7", secondFactorAt: nil,
            provedAt: now - .days(3))
        ] : [], roles: [], hold: hold, erasure: erasure, log: log)
  }

  private static let log = [
    entry("a-3", "acted as a person", detail: "She cannot see her roster", ago: .hours(2)),
    AuditEntry(
      id: "a-2", at: now - .hours(3), kind: .view, person: Person.ID("p-office"), name: "Marguerite Thibodeau",
      asPerson: Person.ID("p-1"), asName: "Ruth Ouellette", action: "did it as a person", noun: "person",
      nounID: "p-1", nounName: "Ruth Ouellette", detail: "/account/profile"),
    entry("a-1", "role given", person: nil, detail: "lead", ago: .days(80)),
  ]

  private static func entry(
    _ id: String, _ action: String, person: Person.ID? = Person.ID("p-office"), detail: String, ago: Span
  ) -> AuditEntry {
    AuditEntry(
      id: id, at: now - ago, kind: .act, person: person,
      name: person == nil ? "Command line" : "Marguerite Thibodeau", asPerson: nil, asName: "", action: action,
      noun: "person", nounID: "p-1", nounName: "Ruth Ouellette", detail: detail)
  }
}
