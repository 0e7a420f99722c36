import Foundation
import Storage

/// Looks at everything that keeps a League healthy, and says of each trouble what cures it.
package struct Doctor: Sendable {
  let settings: Settings
  /// A selector of the mail server's DKIM key; nil leaves DKIM out.
  let dkimSelector: String?
  let now: Instant

  package init(settings: Settings, dkimSelector: String?, now: Instant) {
    self.settings = settings
    self.dkimSelector = dkimSelector
    self.now = now
  }

  /// In the order in which somebody would mend them.
  package func examine() async -> [Finding] {
    var findings = PlaceExamination(settings: settings, now: now).findings()
    findings += CertificateExamination(settings: settings, now: now).findings()
    var inbox: InboxState?
    do {
      let database = try await DatabasePlace(settings.databasePath).open()
      inbox = try? await database.read { db in try OperationsStore(db: db).inbox() }
      findings += await DatabaseExamination(settings: settings, database: database, now: now).findings()
      findings += await SecretExamination(settings: settings, database: database).findings()
    } catch {
      findings.append(
        .bad("database", "The database cannot be opened: \(Self.words(error))", cure: "league config (see `database`)"))
    }
    findings += BackupExamination(settings: settings, now: now).findings()
    findings += await MailExamination(settings: settings, dkimSelector: dkimSelector, inbox: inbox, now: now)
      .findings()
    return findings
  }

  /// Does what the program can do by itself about a finding.
  ///
  /// - Returns: what was done; nil when only people can do something.
  package func cure(_ finding: Finding) async throws -> String? {
    guard let remedy = finding.remedy else { return nil }
    switch remedy {
    case .closeToOthers(let path, let mode):
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
      return "Only the owner can read \(path) now."
    case .makeFolder(let path):
      try FileManager.default.makePrivateFolder(URL(filePath: path))
      return "Made \(path)."
    case .refreshStatistics:
      try await database().refreshStatistics()
      let now = now
      try await database().write { db in
        _ = try JobStore(db: db).claim("statistics", first: now, now: now, until: now)
        try JobStore(db: db).succeed("statistics", now: now, due: now + .days(1))
      }
      return "Counted the tables anew."
    case .writeLogIntoFile:
      try await (database() as? SQLiteDatabase)?.writeLogIntoFile()
      return "Wrote the log into the database file."
    case .releaseJob(let name):
      let now = now
      try await database().write { db in try JobStore(db: db).release(name, now: now) }
      return "The job \(name) is due now."
    case .makeMailKey:
      let (now, fresh) = (now, Secrets.token())
      try await database().write { db in _ = try MailKeyStore(db: db).key(fresh: fresh, now: now) }
      return "Made the key that signs the League's own addresses."
    }
  }

  private func database() async throws -> any Database { try await DatabasePlace(settings.databasePath).open() }

  /// An error in words for operators: of ours its description, of the system its own.
  static func words(_ error: any Error) -> String {
    error is CocoaError ? error.localizedDescription : "\(error)"
  }
}
