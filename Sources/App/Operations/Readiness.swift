import Foundation
import Logging
import Storage

/// Whether the site can do its work now: what /readyz says.
struct Readiness: Sendable {
  enum Status: String, Sendable, Comparable {
    case pass, warn, fail

    private var rank: Int { self == .pass ? 0 : self == .warn ? 1 : 2 }
    static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
  }

  struct Check: Sendable, Equatable {
    let name: String
    let status: Status
    /// What was seen; nil where there is nothing to count.
    let value: Int64?
    let unit: String
    /// What is wrong; empty when nothing is.
    let output: String
  }

  /// What was found at a moment.
  struct Report: Sendable, Equatable {
    let at: Instant
    let checks: [Check]

    var status: Status { checks.map(\.status).max() ?? .pass }
  }

  /// Under the second the site is not ready: SQLite needs room for its log, and letters for their files.
  static let littleSpace: Int64 = 1 << 30
  static let noSpace: Int64 = 64 << 20
  /// Letters and jobs that are late by so much are worth a look.
  static let late = Span.minutes(15)
  /// A database that does not take a write within this time is not there.
  static let patience = Duration.seconds(5)

  let site: Site

  func report() async -> Report {
    let now = site.now()
    var checks = [await writing(now), disk()]
    if let state = try? await site.database.read({ db in try OperationsStore(db: db).state(now: now) }) {
      checks += [mail(state, now), jobs(state, now)]
    }
    return Report(at: now, checks: checks)
  }

  private func writing(_ now: Instant) async -> Check {
    func check(_ status: Status, _ output: String) -> Check {
      Check(name: "database:write", status: status, value: nil, unit: "", output: output)
    }
    do {
      try await within(Self.patience) {
        try await site.database.write { db in try JobStore(db: db).note(JobStore.proof, now: now) }
      }
      return check(.pass, "")
    } catch {
      site.log.error("not ready: the database takes no write", metadata: ["error": "\(String(reflecting: error))"])
      return check(.fail, "The database takes no write; the log says why.")
    }
  }

  private func disk() -> Check {
    let free = Machine.freeBytes(at: site.settings[.data])
    let status: Status = (free ?? 0) < Self.noSpace ? .fail : (free ?? 0) < Self.littleSpace ? .warn : .pass
    return Check(
      name: "disk:free", status: free == nil ? .warn : status, value: free, unit: "bytes",
      output: status == .pass ? "" : "There is little room where the data folder lies.")
  }

  private func mail(_ state: OperationsState, _ now: Instant) -> Check {
    let age = state.oldestLetter.map { now - $0 } ?? .seconds(0)
    return Check(
      name: "mail:age", status: lateness(age), value: Int64(age.wholeSeconds), unit: "s",
      output: age < Self.late ? "" : "Letters do not leave; the office sees why under Outbox.")
  }

  private func jobs(_ state: OperationsState, _ now: Instant) -> Check {
    let oldest = state.jobs.min { $0.dueAt < $1.dueAt }
    let age = max(.seconds(0), oldest.map { now - $0.dueAt } ?? .seconds(0))
    let failing = state.jobs.filter { $0.trouble != nil }.map(\.name)
    let late = age < Self.late ? [] : [oldest?.name ?? ""]
    let status = max(lateness(age), failing.isEmpty ? .pass : .warn)
    return Check(
      name: "jobs:age", status: status, value: Int64(age.wholeSeconds), unit: "s",
      output: status == .pass ? "" : "Not done: \(Set(failing + late).sorted().joined(separator: ", ")).")
  }

  private func lateness(_ age: Span) -> Status {
    if let limit = site.settings.readyLimit, age >= limit { return .fail }
    return age < Self.late ? .pass : .warn
  }
}

extension Readiness.Report {
  /// As `application/health+json` (draft-inadarei-api-health-check-06).
  ///
  /// - Parameter inFull: with what was seen, for operators; anybody may know what works and what does not.
  func json(inFull: Bool) -> [UInt8] {
    let time = Date(timeIntervalSince1970: Double(at.milliseconds) / 1000).ISO8601Format()
    var named: [String: [Entry]] = [:]
    for check in checks {
      named[check.name] = [
        Entry(
          status: check.status.rawValue, time: time, observedValue: inFull ? check.value : nil,
          observedUnit: inFull && check.value != nil ? check.unit : nil,
          output: inFull && !check.output.isEmpty ? check.output : nil)
      ]
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let body = try? encoder.encode(Body(status: status.rawValue, version: Program.version, checks: named))
    return Array(body ?? Data(#"{"status":"fail"}"#.utf8)) + Array("\n".utf8)
  }

  private struct Entry: Encodable {
    let status: String
    let time: String
    let observedValue: Int64?
    let observedUnit: String?
    let output: String?
  }

  private struct Body: Encodable {
    let status: String
    let version: String
    let checks: [String: [Entry]]
  }
}

/// Runs `work`, and cancels it when it takes longer than `limit`.
///
/// - Throws: `DatabaseError.timeout` in that case; what `work` throws.
func within<Value: Sendable>(_ limit: Duration, _ work: @escaping @Sendable () async throws -> Value) async throws
  -> Value
{
  try await withThrowingTaskGroup(of: Value.self) { group in
    group.addTask { try await work() }
    group.addTask {
      try await Task.sleep(for: limit)
      throw DatabaseError.timeout("no answer within \(limit)")
    }
    defer { group.cancelAll() }
    guard let first = try await group.next() else { throw CancellationError() }
    return first
  }
}
