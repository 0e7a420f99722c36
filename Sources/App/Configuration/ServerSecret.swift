import Foundation
import SignIn
import Storage

/// The secret under which the database's own secrets are sealed: as set, else, with a SQLite file, the one that the
/// first start puts beside it. It is in no backup, so that whoever finds a backup cannot make anybody's digits.
package enum ServerSecret {
  package static func path(beside database: String) -> String { database + ".secret" }

  /// - Returns: nil where none is set and none lies beside the database.
  /// - Throws: `OpeningTrouble` for a file that cannot be read.
  package static func find(_ settings: Settings) throws -> KeySeal? {
    if !settings[.serverSecret].isEmpty { return KeySeal(secret: settings[.serverSecret]) }
    guard let path = file(settings), FileManager.default.fileExists(atPath: path) else { return nil }
    guard let text = try? String(contentsOfFile: path, encoding: .utf8).trimmed, text.count >= Settings.secretLength
    else { throw OpeningTrouble.secret(path, "it cannot be read, or is cut off") }
    return KeySeal(secret: text)
  }

  /// As `find`; makes the file where there is none.
  package static func findOrMake(_ settings: Settings) throws -> KeySeal? {
    if let found = try find(settings) { return found }
    guard let path = file(settings) else { return nil }
    do { try make(path) } catch { throw OpeningTrouble.secret(path, Doctor.words(error)) }
    return try find(settings)
  }

  /// The file beside the database; nil on PostgreSQL, or where the secret is set.
  package static func file(_ settings: Settings) -> String? {
    guard settings[.serverSecret].isEmpty, case .file(let path) = DatabasePlace(settings.databasePath) else {
      return nil
    }
    return Self.path(beside: path)
  }

  /// Whole and on the disk before it has its name; of two processes that start at once, one is first.
  private static func make(_ path: String) throws {
    let (files, scratch) = (FileManager.default, "\(path).\(getpid())")
    defer { try? files.removeItem(atPath: scratch) }
    let text = Data("\(Secrets.token())\n".utf8)
    guard files.createFile(atPath: scratch, contents: nil, attributes: [.posixPermissions: 0o600]) else {
      throw CocoaError(.fileWriteNoPermission, userInfo: [NSFilePathErrorKey: path])
    }
    let file = try FileHandle(forWritingTo: URL(filePath: scratch))
    try file.write(contentsOf: text)
    try file.synchronize()
    try file.close()
    do { try files.linkItem(atPath: scratch, toPath: path) } catch  where files.fileExists(atPath: path) { return }
    // The folder's entry, too: a key sealed under a secret that a power cut took would never open again.
    let folder = open(URL(filePath: path).deletingLastPathComponent().path, O_RDONLY | O_DIRECTORY)
    if folder >= 0 {
      fsync(folder)
      close(folder)
    }
  }
}

extension ServerSecret {
  /// What to do when keys are sealed under another secret.
  package static let cure =
    "put the former server_secret back (or the file that lay beside the database); else people take a recovery code, "
    + "and the office takes their second step away under Office › People (league person remove-second-step EMAIL)"

  /// What is wrong with the secret for this database, in words for operators; nil when every key opens.
  package static func trouble(_ settings: Settings) async throws -> String? {
    let seal = try find(settings)
    let count = try await DatabasePlace(settings.databasePath).read { db in
      try AuthenticatorKeyStore(db: db, seal: seal).count()
    }
    return count.closed == 0 ? nil : words(count)
  }

  static func words(_ count: AuthenticatorKeyStore.Count) -> String {
    "\(count.closed) of \(count.closed + count.sealed + count.bare) keys of authenticator apps are sealed under another "
      + "server secret: their owners' digits cannot be checked."
  }
}
