/// A school's word on the addresses of its domain: which provider speaks for them, and whether only that one does.
struct DomainRule: Sendable, Hashable {
  /// Lower case, without @.
  let domain: String
  let school: School.ID
  let schoolName: String
  /// The id of a provider of the settings; one that was taken out of them opens nothing.
  let provider: String
  /// Whether codes by mail open nothing for these addresses.
  let isRequired: Bool
}

/// What the office typed about a domain.
struct DomainRuleForm: Sendable {
  var domain = ""
  /// The school's page, id or official id.
  var school = ""
  var provider = ""
  var isRequired = false

  init() {}

  init(_ fields: Fields) {
    domain = fields["domain"]
    school = fields["school"]
    provider = fields["provider"]
    isRequired = fields["required"] == "on"
  }

  /// Domains at which anybody gets an address speak for no school.
  private static let open: Set<String> = [
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com", "icloud.com",
    "aol.com", "comcast.net", "proton.me", "protonmail.com",
  ]

  /// - Throws: `Refusal.invalid`.
  func checked(providers: [Provider]) throws -> (domain: String, provider: Provider) {
    var problems: Problems = [:]
    let plain = domain.lowercased().hasPrefix("@") ? String(domain.lowercased().dropFirst()) : domain.lowercased()
    if EmailAddress("a@\(plain)")?.domain != plain {
      problems["domain"] = "Write what stands behind the @ of the school's addresses, such as northfield.org."
    } else if Self.open.contains(plain) {
      problems["domain"] = "Anybody gets an address at \(plain): it speaks for no school."
    }
    let chosen = providers.first { $0.id == provider }
    if chosen == nil { problems["provider"] = "Choose one of the services." }
    guard let chosen, problems.isEmpty else { throw Refusal.invalid(problems) }
    return (plain, chosen)
  }
}
