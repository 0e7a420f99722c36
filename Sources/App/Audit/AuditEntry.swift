import Storage

/// One line of the log: who did, or looked at, what with a right that others do not have.
struct AuditEntry: Sendable, Equatable {
  enum Kind: String, Sendable, CaseIterable {
    case act
    /// Something was looked at that is hidden from others.
    case view

    var words: String { self == .act ? "Acts" : "Views" }
  }

  let id: String
  let at: Instant
  let kind: Kind
  /// Nil for the command line.
  let person: Person.ID?
  let name: String
  /// The person as whom it was done.
  let asPerson: Person.ID?
  let asName: String
  let action: String
  let noun: String
  let nounID: String
  /// The person's name where the noun is a person, the school's where it is a school; else empty.
  let nounName: String
  let detail: String

  /// Where the noun can be seen.
  var path: String? {
    switch noun {
    case "person": "/office/people/\(nounID)"
    case "school": "/schools/\(nounID)"
    case "project": "/projects/\(nounID)"
    case "idea": "/ideas/\(nounID)"
    case "trial": "/trials/\(nounID)"
    case "post": "/posts/\(nounID)"
    default: nil
    }
  }
}

/// What the office looks for in the log.
struct AuditFilter: Sendable, Equatable {
  /// An address, or the beginning of a name, of who did it or as whom or to whom it was done.
  var who = ""
  var action = ""
  var kind: AuditEntry.Kind?
  var noun = ""
  var nounID = ""
  var from: CalendarDate?
  /// The last day, whole.
  var to: CalendarDate?

  init() {}

  init(_ fields: Fields) {
    who = String(fields["who"].prefix(254))
    action = String(fields["action"].prefix(100))
    kind = AuditEntry.Kind(rawValue: fields["kind"])
    noun = String(fields["noun"].prefix(40))
    nounID = String(fields["about"].prefix(64))
    from = CalendarDate(fields["from"])
    to = CalendarDate(fields["to"])
  }

  var isSet: Bool { self != AuditFilter() }

  /// As the query of an address.
  var query: String {
    [
      ("who", who), ("action", action), ("kind", kind?.rawValue ?? ""), ("noun", noun), ("about", nounID),
      ("from", from?.description ?? ""), ("to", to?.description ?? ""),
    ].filter { !$0.1.isEmpty }.map { "\($0.0)=\(percentEncoded($0.1))" }.joined(separator: "&")
  }
}
