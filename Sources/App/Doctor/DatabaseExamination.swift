import Foundation
import Storage

/// The database: its schema, whether it is whole, its log and statistics, the clock, jobs and letters.
struct DatabaseExamination: Sendable {
  let settings: Settings
  let database: any Database
  let now: Instant

  /// From here on SQLite's log is worth a look: somebody reads for very long, or writes very much.
  static let largeLog: Int64 = 256 << 20

  func findings() async -> [Finding] {
    let schema = await attempt("database.schema") { [try await self.schema()] }
    guard schema.allSatisfy({ $0.grade == .good }) else { return schema }
    return await schema + attempt("database.integrity") { try await integrity() } + log()
      + attempt("clock") { try await clock() } + attempt("jobs") { try await jobsAndLetters() }
  }

  private func attempt(_ check: String, _ work: () async throws -> [Finding]) async -> [Finding] {
    do { return try await work() } catch {
      return [.bad(check, "It cannot be looked at: \(Doctor.words(error))", cure: "league config (see `database`)")]
    }
  }

  private func schema() async throws -> Finding {
    let applied = try await database.appliedMigrations()
    let known = Site.migrations.map(\.name)
    let newer = applied.filter { !known.contains($0) }
    if !newer.isEmpty {
      return .bad(
        "database.schema", DatabaseError.newerSchema(newer).description,
        cure: "install the newer program, or league restore (a backup from before)")
    }
    let missing = known.filter { !applied.contains($0) }
    guard missing.isEmpty else {
      return .warning("database.schema", "It wants \(missing.joined(separator: ", ")).", cure: "league migrate")
    }
    return .good("database.schema", "It is at this program's schema, \(known.last ?? "").")
  }

  private func integrity() async throws -> [Finding] {
    let (damages, broken) = try await database.read { db in
      try db.liftTimeLimit()
      return (try db.damages(), try db.brokenReferences())
    }
    let cure = "league restore (the last good backup) --replace"
    return [
      damages.isEmpty
        ? .good("database.integrity", "It is whole.")
        : .bad("database.integrity", "It is damaged: \(damages.prefix(3).joined(separator: "; "))", cure: cure),
      broken.isEmpty
        ? .good("database.references", "Every row that is referred to is there.")
        : .bad("database.references", "Rows are missing: \(broken.prefix(3).joined(separator: "; "))", cure: cure),
    ]
  }

  /// The size of SQLite's write-ahead log.
  private func log() -> [Finding] {
    guard case .file(let path) = DatabasePlace(settings.databasePath) else { return [] }
    let size = (try? FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int64) ?? 0
    let words = "The write-ahead log holds \(size >> 20) MB."
    guard size > Self.largeLog else { return [.good("database.log", words)] }
    return [.warning("database.log", words, cure: "league doctor --fix", .writeLogIntoFile)]
  }

  /// A clock that went back gives new things old names; one that differs from the database server's confuses logs.
  private func clock() async throws -> [Finding] {
    let (newest, server) = try await database.read { db in
      (try OperationsStore(db: db).newest(), try db.serverMilliseconds())
    }
    if let newest, newest - now > .minutes(5) {
      return [
        .bad(
          "clock", "The database holds letters from \((newest - now).wholeSeconds / 60) minutes in the future.",
          cure: "timedatectl set-ntp true")
      ]
    }
    if let server, abs(server - Instant.system().milliseconds) > 5_000 {
      return [
        .warning(
          "clock", "The database server's clock differs by \(abs(server - Instant.system().milliseconds) / 1000) s.",
          cure: "timedatectl set-ntp true (on both machines)")
      ]
    }
    return [.good("clock", "Nothing in the database is from the future.")]
  }

  private func jobsAndLetters() async throws -> [Finding] {
    let now = now
    let state = try await database.read { db in try OperationsStore(db: db).state(now: now) }
    return [statistics(state.jobs)] + jobs(state.jobs) + letters(state)
  }

  private func statistics(_ jobs: [JobRecord]) -> Finding {
    let last = jobs.first { $0.name == "statistics" }?.succeededAt
    if let last, now - last < .days(3) {
      return .good("database.statistics", "The tables were counted \((now - last).wholeSeconds / 3600) hours ago.")
    }
    return .warning(
      "database.statistics",
      last == nil ? "The tables were never counted by the server." : "The tables were counted days ago.",
      cure: "league doctor --fix", .refreshStatistics)
  }

  private func jobs(_ jobs: [JobRecord]) -> [Finding] {
    let troubled = jobs.filter { $0.trouble != nil || now - $0.dueAt > .hours(2) }
    if troubled.isEmpty { return [.good("jobs", "No job is late.")] }
    return troubled.map { job in
      let why = job.trouble.map { "it failed: \($0.prefix(200))" } ?? "is the server running?"
      return .warning(
        "jobs.\(job.name)", "It has been due for \(max(0, (now - job.dueAt).wholeSeconds / 60)) minutes; \(why)",
        cure: "league doctor --fix, with the server running", .releaseJob(job.name))
    }
  }

  private func letters(_ state: OperationsState) -> [Finding] {
    var found: [Finding] = []
    if let oldest = state.oldestLetter, now - oldest > .hours(1) {
      found.append(
        .warning(
          "mail.waiting",
          "\(state.waitingLetters) letters wait, the oldest for \((now - oldest).wholeSeconds / 3600) hours.",
          cure: "start the server; what the mail server says stands under Office › Outbox"))
    }
    if state.failedLetters > 0 {
      found.append(
        .warning(
          "mail.failed", "\(state.failedLetters) letters failed for good.",
          cure: "Office › Outbox shows why, and sends them again"))
    }
    return found.isEmpty ? [.good("mail.waiting", "No letter is stuck.")] : found
  }
}
