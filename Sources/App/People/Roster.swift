/// One person's role at a school, as the school's lead sees it.
struct RosterEntry: Sendable, Identifiable, Equatable {
  let id: Identifier<RosterEntry>
  let school: School.ID
  let person: Person.ID
  let name: String
  let email: String
  let kind: Role.Kind
  let title: String
  let startsAt: Instant
  let endsAt: Instant?
  let endReason: String

  func holds(at now: Instant) -> Bool { startsAt <= now && (endsAt.map { $0 > now } ?? true) }
}

/// Somebody who asks to be put on a school's roster.
struct RosterRequest: Sendable, Identifiable, Equatable {
  let id: Identifier<RosterRequest>
  let school: School.ID
  let person: Person.ID
  let name: String
  let email: String
  let title: String
  let words: String
  let at: Instant
}

/// A person to be put on a roster, as typed into the invitation or read from a line of a file.
struct RosterNaming: Sendable, Equatable {
  let name: String
  let email: EmailAddress
  let kind: Role.Kind
  let title: String
  var starts: CalendarDate?
  /// The last day.
  var ends: CalendarDate?
}

/// What was typed into the invitation: fields `name`, `email`, `role`, `title`, `starts`, `ends`.
struct RosterForm: Sendable, Equatable {
  let fields: Fields

  init(_ fields: Fields = Fields()) { self.fields = fields }

  /// - Throws: `Refusal.invalid`, naming each field and what to do about it.
  func checked(today: CalendarDate) throws(Refusal) -> RosterNaming {
    var problems: Problems = [:]
    let (name, title) = (fields["name"], fields["title"])
    if name.isEmpty || name.count > 100 { problems["name"] = "Write the name, at most 100 characters." }
    if title.count > 100 { problems["title"] = "Shorten it to 100 characters." }
    let email = EmailAddress(fields["email"])
    if email == nil { problems["email"] = "Write an email address, such as name@school.org." }
    let starts = fields["starts"].isEmpty ? today : CalendarDate(fields["starts"])
    if starts == nil { problems["starts"] = "Write a day, such as \(today)." }
    let ends = fields["ends"].isEmpty ? nil : CalendarDate(fields["ends"])
    if !fields["ends"].isEmpty, ends == nil { problems["ends"] = "Write a day, such as \(today), or leave it empty." }
    if let ends, ends < today { problems["ends"] = "That day lies behind us. Write a later one, or leave it empty." }
    if let starts, let ends, ends < starts { problems["ends"] = "It ends before it starts. Mend one of the two days." }
    guard problems.isEmpty, let email else { throw .invalid(problems) }
    return RosterNaming(
      name: name, email: email, kind: fields["role"] == "lead" ? .lead : .educator, title: title, starts: starts,
      ends: ends)
  }
}

/// Mail domains that everybody can have an address in, so that they tell nothing of a school.
enum PublicMail {
  static let domains: Set<String> = [
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com", "icloud.com",
    "me.com", "aol.com", "proton.me", "protonmail.com", "gmx.com", "mail.com", "comcast.net", "verizon.net",
  ]
}
