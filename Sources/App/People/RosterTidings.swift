import Storage

/// Who is told on the site of what happens to a school's roster. Where a letter goes out as well, the notice needs none.
struct RosterTidings {
  let db: any Transaction
  let school: School
  let now: Instant

  private var subject: String { "roster:\(school.id)" }
  private var path: String { "/schools/\(school.id)/roster" }

  /// Somebody asks to be on the roster; its leads decide.
  func asked(_ request: RosterRequest.ID, by viewer: Viewer) throws {
    try tellLeads("\(viewer.name) asks to be on the roster of \(school.name)", by: viewer, event: Self.event(request))
  }

  /// Somebody with an address of the school came in by themselves.
  func joined(_ role: String, by viewer: Viewer) throws {
    try tellLeads("\(viewer.name) joined \(school.name)", by: viewer, event: "joined:\(role)")
  }

  private func tellLeads(_ words: String, by viewer: Viewer, event: String) throws {
    for lead in try RosterStore(db: db).leads(of: school.id, now: now) {
      try NoticeStore(db: db).tell(
        lead, kind: "roster", subject: subject, path: path, words: words, why: "you lead the school", by: viewer.person,
        id: "\(event)-\(lead)", now: now, event: event, isWritten: true)
    }
  }

  /// Tells who asked; for the leads it is done.
  func decided(_ request: RosterRequest, approved: Bool, by viewer: Viewer) throws {
    try tell(
      request.person,
      approved ? "You are on the roster of \(school.name)" : "\(school.name) did not put you on its roster",
      why: "you asked to be", by: viewer, event: "decided:\(request.id)", isWritten: true)
    for lead in try RosterStore(db: db).leads(of: school.id, now: now) {
      try NoticeStore(db: db).markRead(event: Self.event(request.id), of: lead, now: now)
    }
  }

  /// A lead put somebody on the roster.
  func added(_ person: Person.ID, role: String, by viewer: Viewer) throws {
    try tell(
      person, "\(viewer.name) put you on the roster of \(school.name)", why: "a lead of the school named you",
      by: viewer, event: "added:\(role)", isWritten: true)
  }

  /// A term was ended; no letter goes out beside it.
  func ended(_ entry: RosterEntry, reason: String, by viewer: Viewer) throws {
    try tell(
      entry.person, "Your term at \(school.name) has ended" + (reason.isEmpty ? "" : ": \(reason)"),
      why: "you were on its roster", by: viewer, event: "ended:\(entry.id)", isWritten: false)
  }

  private func tell(
    _ person: Person.ID, _ words: String, why: String, by viewer: Viewer, event: String, isWritten: Bool
  ) throws {
    try NoticeStore(db: db).tell(
      person, kind: "roster", subject: subject, path: "/schools/\(school.id)", words: words, why: why,
      by: viewer.person, id: "\(event)-\(person)", now: now, event: event, isWritten: isWritten)
  }

  private static func event(_ request: RosterRequest.ID) -> String { "asked:\(request)" }
}
