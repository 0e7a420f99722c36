import CCurl
import Foundation

/// The certificates of the authorities that this machine believes, by which League knows mail servers and providers.
enum Authorities {
  /// The file that libcurl reads; nil when it was built without one.
  static let path = league_authorities().map { String(cString: $0) }

  /// Why mail servers or providers cannot be believed; nil when they can, or when there is none that would have to be.
  static func trouble(_ settings: Settings, at path: String? = path) -> String? {
    let hasMail = !settings[.mailServer].isEmpty && settings[.mailAuthorities].isEmpty && settings[.mailTLS] != "no"
    let hasProviders = settings.providers.contains { $0.issuer.hasPrefix("https:") }
    guard hasMail || hasProviders, let path, !FileManager.default.fileExists(atPath: path) else { return nil }
    return "No certificate of a mail server or a sign-in service can be believed: \(path) is missing."
  }

  static let cure = "apt-get install ca-certificates"
}
