import Foundation
import Storage

/// Proves that a backup can be restored, by restoring it into a scratch file that is thrown away.
package struct BackupVerification: Sendable {
  let url: URL
  let passphrase: String

  package init(of url: URL, passphrase: String = "") {
    self.url = url
    self.passphrase = passphrase
  }

  /// Restores, compares every count and sum, lets SQLite check the file, and then notes beside the backup that it holds.
  ///
  /// - Parameter folder: where the scratch file lies meanwhile; it takes about as much room as the database.
  /// - Throws: `BackupError`, with what is damaged and where.
  package func run(
    in folder: URL, now: Instant, _ progress: @escaping @Sendable (String) -> Void = { _ in }
  ) async throws -> BackupManifest {
    try FileManager.default.makePrivateFolder(folder)
    let scratch = folder.appending(path: "verifying-\(UUID().uuidString).sqlite").path
    defer { Restore.remove(scratch) }
    let manifest = try await Restore.fill(scratch, BackupLoad(url: url, passphrase: passphrase), progress)
    // A read-only folder keeps no note; the proof stands all the same.
    if let note = try? JSONEncoder().encode(BackupProof(verifiedAt: now.milliseconds, rows: manifest.rows)) {
      try? note.write(to: BackupProof.url(of: url), options: .atomic)
    }
    return manifest
  }
}

/// The note beside a backup that it was restored and compared.
package struct BackupProof: Codable, Sendable, Equatable {
  /// Milliseconds since 1970.
  package let verifiedAt: Int64
  package let rows: Int

  static func url(of backup: URL) -> URL { backup.appendingPathExtension("verified") }

  static func find(_ backup: URL) -> BackupProof? {
    (try? Data(contentsOf: url(of: backup))).flatMap { try? JSONDecoder().decode(Self.self, from: $0) }
  }
}
