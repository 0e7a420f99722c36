import Foundation
import Storage

/// What /metrics says: this process's meters, and what all processes share in the database.
struct Metrics: Sendable {
  let site: Site

  func text() async -> String {
    let now = site.now()
    var text = MetricsText()
    add(site.meters.counts, to: &text)
    addMachine(to: &text)
    let state = try? await site.database.read { db in try OperationsStore(db: db).state(now: now) }
    text.gauge("league_database_up", "1 when the database answered this request.", state == nil ? 0 : 1)
    if let state { add(state, now: now, to: &text) }
    return text.text
  }

  private func add(_ counts: Meters.Counts, to text: inout MetricsText) {
    let answered = counts.answered.sorted {
      ($0.key.route, $0.key.method, $0.key.status) < ($1.key.route, $1.key.method, $1.key.status)
    }
    text.counter(
      "league_requests_total", "Requests answered, by route and status.",
      answered.map {
        (["method": $0.key.method, "route": $0.key.route, "status": "\($0.key.status)"], Double($0.value))
      })
    text.histograms(
      "league_request_seconds", "Time from a request to its answer, by route.", label: "route",
      counts.latency.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    text.gauge("league_requests_in_flight", "Requests being answered.", Double(counts.inFlight))
    text.gauge("league_event_streams", "Pages that are told of news while they are read.", Double(site.streams.count))
    text.histograms(
      "league_database_wait_seconds", "A request's wait for a connection of the database.", label: nil,
      [("", counts.poolWait)])
    text.histograms(
      "league_database_seconds", "A request's time with the database.", label: nil, [("", counts.databaseTime)])
    text.counter(
      "league_database_statements_total", "Statements of requests.", [(MetricsText.Labels(), Double(counts.statements))]
    )
    text.counter(
      "league_slow_statements_total", "Statements over slow_query_ms; the log names them.",
      [(MetricsText.Labels(), Double(counts.slowStatements))])
  }

  private func addMachine(to text: inout MetricsText) {
    if let bytes = Machine.residentBytes {
      text.gauge("process_resident_memory_bytes", "Resident memory size in bytes.", Double(bytes))
    }
    if let files = Machine.openFiles {
      text.gauge("process_open_fds", "Number of open file descriptors.", Double(files))
    }
    text.counter(
      "process_cpu_seconds_total", "Total user and system CPU time spent in seconds.",
      [(MetricsText.Labels(), Machine.processorSeconds)])
    text.gauge(
      "process_start_time_seconds", "Start time of the process since unix epoch in seconds.",
      Machine.start.timeIntervalSince1970.rounded())
    if let bytes = Machine.freeBytes(at: site.settings[.data]) {
      text.gauge("league_disk_free_bytes", "Free bytes where the data folder lies.", Double(bytes))
    }
  }

  private func add(_ state: OperationsState, now: Instant, to text: inout MetricsText) {
    text.gauge("league_mail_waiting", "Letters that are due and have not left.", Double(state.waitingLetters))
    let age = state.oldestLetter.map { Double((now - $0).milliseconds) / 1000 } ?? 0
    text.gauge("league_mail_oldest_age_seconds", "Age of the oldest letter that has not left; 0 without one.", age)
    text.gauge("league_mail_failed", "Letters that failed for good.", Double(state.failedLetters))
    func seconds(_ moment: Instant?) -> Double { Double(moment?.milliseconds ?? 0) / 1000 }
    text.gauge(
      "league_job_last_success_timestamp_seconds", "When a job was last done; 0 for never.",
      state.jobs.map { (["job": $0.name], seconds($0.succeededAt)) })
    text.gauge(
      "league_job_failing", "1 while the last attempt at a job failed.",
      state.jobs.map { (["job": $0.name], $0.trouble == nil ? 0 : 1) })
    text.gauge(
      "league_job_overdue_seconds", "For how long a job has been due; 0 when it is not.",
      state.jobs.map { (["job": $0.name], max(0, Double((now - $0.dueAt).milliseconds) / 1000)) })
  }
}
