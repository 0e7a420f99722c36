import Foundation

/// A service at which people have an account already and through which they may sign in (OpenID Connect).
package struct Provider: Sendable, Hashable {
  /// As addresses carry it, such as `google`.
  let id: String
  /// As pages show it.
  let name: String
  let issuer: String
  /// What the provider calls the League.
  let client: String
  let secret: String

  /// From the settings `providers` and `provider_secrets`.
  ///
  /// - Throws: `SettingsError` that names the entry.
  static func all(_ written: String, secrets: String) throws -> [Provider] {
    let pairs = entries(secrets).map { $0.split(separator: " ", maxSplits: 1).map(\.trimmed) }
    guard pairs.allSatisfy({ $0.count == 2 }) else {
      throw SettingsError(description: "provider_secrets: write each entry as a provider's name and its secret")
    }
    let known = Dictionary(pairs.map { ($0[0], $0[1]) }) { first, _ in first }
    let providers = try entries(written).map { entry in
      let words = entry.split(separator: " ").map(String.init)
      guard words.count == 3, let url = URL(string: words[1]), isBelievable(url) else {
        throw SettingsError(
          description:
            "providers = \(entry): write a name, the issuer's https address and the client id, with spaces between")
      }
      let id = String(folded(words[0]).map { $0.isLetter || $0.isNumber ? $0 : "-" })
      guard let secret = known[words[0]] else {
        throw SettingsError(description: "provider_secrets says nothing of \(words[0]), which providers names")
      }
      return Provider(
        id: id, name: words[0].replacing("_", with: " "),
        issuer: words[1].hasSuffix("/") ? String(words[1].dropLast()) : words[1],
        client: words[2], secret: secret)
    }
    guard Set(providers.map(\.id)).count == providers.count else {
      throw SettingsError(description: "providers = \(written): two have the same name")
    }
    return providers
  }

  private static func entries(_ text: String) -> [String] {
    text.split(separator: ",").map(\.trimmed).filter { !$0.isEmpty }
  }

  private static func isBelievable(_ url: URL) -> Bool {
    let isHere = ["localhost", "127.0.0.1"].contains(url.host() ?? "")
    return url.scheme == "https" || (url.scheme == "http" && isHere)
  }

  /// Google gives its accounts to any address; only `hd` says that the organisation behind the domain did (Google
  /// Identity, "Authenticate the user's account").
  var saysHostedDomain: Bool { issuer == "https://accounts.google.com" }
}

/// An account at a provider, as it showed itself.
struct ProviderIdentity: Sendable, Hashable {
  let issuer: String
  let subject: String
  let email: EmailAddress
  let name: String
  /// The domain for whose addresses the provider speaks; nil when it does not vouch for this one.
  let vouchedDomain: String?
}
