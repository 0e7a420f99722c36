import Foundation
import Storage

/// Moves everything to another database, of the same engine or the other one, and proves that it arrived.
package struct DatabaseMove: Sendable {
  let source: DatabasePlace
  let target: DatabasePlace
  /// For the copy that is under way; nobody else may read it.
  let scratch: URL
  let progress: @Sendable (String) -> Void

  package init(
    from source: DatabasePlace, to target: DatabasePlace, scratch: URL, progress: @escaping @Sendable (String) -> Void
  ) {
    self.source = source
    self.target = target
    self.scratch = scratch
    self.progress = progress
  }

  /// The source is only read. A move that was interrupted leaves an empty target and starts again from its beginning.
  ///
  /// - Throws: `BackupError.inUse` for either; `targetNotEmpty`; `differs` when the target does not hold the
  ///   same, or the source changed meanwhile.
  package func run(now: Instant) async throws -> BackupManifest {
    try await source.refuseWhenInUse()
    guard try await target.isEmpty() else { throw BackupError.targetNotEmpty(target.words) }
    return try await Self.run(
      from: try await source.open(), scratch: scratch, now: now, progress,
      restore: { url in
        try await Restore(of: url, passphrase: "", replaces: false, now: now, progress: progress).run(to: target)
      })
  }

  static func run(
    from source: any Database, scratch: URL, now: Instant, _ progress: @escaping @Sendable (String) -> Void,
    restore: (URL) async throws -> BackupManifest
  ) async throws -> BackupManifest {
    try FileManager.default.makePrivateFolder(scratch)
    let copy = scratch.appending(path: "moving.backup")
    defer { try? FileManager.default.removeItem(at: copy) }
    progress("Reading")
    let read = try await Backup(of: source, to: copy).run(now: now, progress)
    progress("Writing")
    let arrived = try await restore(copy)
    progress("Comparing with where it came from")
    let still = try await source.read { db in
      try db.liftTimeLimit()
      return try db.manifest(takenAt: now)
    }
    let changes = arrived.differences(to: read) + still.differences(to: read)
    guard changes.isEmpty else { throw BackupError.differs(changes + ["the source was changed while it was moved"]) }
    return arrived
  }
}
