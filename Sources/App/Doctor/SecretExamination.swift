import Foundation
import Storage

/// The server's secret, and whether it opens what is sealed in the database.
struct SecretExamination: Sendable {
  let settings: Settings
  let database: any Database

  static let setIt =
    "umask 077; openssl rand -hex 32 > FILE; LEAGUE_SERVER_SECRET_FILE=FILE for every server, then start them"

  func findings() async -> [Finding] {
    do {
      let seal = try ServerSecret.find(settings)
      let count = try await database.read { db in try AuthenticatorKeyStore(db: db, seal: seal).count() }
      if count.closed > 0 { return [.bad("secret", ServerSecret.words(count), cure: ServerSecret.cure)] }
      if seal == nil, ServerSecret.file(settings) == nil {
        return [
          .warning(
            "secret",
            "No server_secret is set: the database and its backups hold \(count.bare) keys of authenticator "
              + "apps open.", cure: Self.setIt)
        ]
      }
      if count.bare > 0 {
        return [
          .warning(
            "secret", "\(count.bare) keys of authenticator apps lie open.", cure: "start the server: it seals them")
        ]
      }
      return [.good("secret", "Keys of authenticator apps are sealed under a secret that is in no backup.")]
    } catch {
      return [
        .bad("secret", "The server's secret cannot be looked at: \(Doctor.words(error))", cure: ServerSecret.cure)
      ]
    }
  }
}
