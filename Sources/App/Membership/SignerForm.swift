/// A signer as named by the school: right, and ready to be written to.
struct SignerNaming: Sendable, Equatable {
  let role: SignerRole
  let name: String
  let email: EmailAddress
}

/// The names and addresses that were typed for the seats of an agreement: fields `name-<role>` and `email-<role>`.
struct SignerForm: Sendable, Equatable {
  let roles: [SignerRole]
  private let fields: Fields

  init(_ roles: [SignerRole], _ fields: Fields = Fields()) {
    self.roles = roles
    self.fields = fields
  }

  func name(_ role: SignerRole) -> String { fields["name-\(role.key)"] }
  func email(_ role: SignerRole) -> String { fields["email-\(role.key)"] }

  /// What is wrong, by field.
  var problems: Problems {
    var problems: Problems = [:]
    var seen: [String: SignerRole] = [:]
    for role in roles {
      if name(role).isEmpty || name(role).count > 100 {
        problems["name-\(role.key)"] = "Write the name, at most 100 characters."
      }
      guard let address = EmailAddress(email(role)) else {
        problems["email-\(role.key)"] = "Write an email address, such as name@school.org."
        continue
      }
      if let other = seen[address.description] {
        problems["email-\(role.key)"] =
          "The \(other.words.lowercased()) has this address. Each signs from an address of their own."
      }
      seen[address.description] = role
    }
    return problems
  }

  /// - Throws: `Refusal.invalid` with `problems`.
  func checked() throws(Refusal) -> [SignerNaming] {
    guard problems.isEmpty else { throw .invalid(problems) }
    return roles.compactMap { role in
      EmailAddress(email(role)).map { SignerNaming(role: role, name: name(role), email: $0) }
    }
  }
}
