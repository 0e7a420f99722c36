import Foundation
import HTTPTypes
import Storage
import Synchronization
import TestDatabase
import Testing

@testable import App

struct OperationsTests {
  private struct Health: Decodable {
    struct Check: Decodable {
      let status: String
      let observedValue: Int?
      let output: String?
    }
    let status: String
    let checks: [String: [Check]]
  }

  private func readiness(_ world: TestWorld, token: String = "") async throws -> (Answered, Health) {
    let headers = token.isEmpty ? [:] : ["authorization": "Bearer \(token)"]
    let answer = try await Browser(world.site).get("/readyz", headers: headers)
    return (answer, try JSONDecoder().decode(Health.self, from: Data(answer.text.utf8)))
  }

  private func write(_ world: TestWorld, _ work: @escaping @Sendable (any Transaction) throws -> Void) async throws {
    try await world.site.database.write(work)
  }

  private func letter(_ id: String) throws -> Letter {
    Letter(id: id, to: try #require(EmailAddress("ana@league.test")), subject: "Hello", body: "Hello\n")
  }

  // MARK: ready

  @Test(arguments: Engine.available) func aSiteThatWorksIsReady(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (answer, health) = try await readiness(world)
    #expect(answer.status == 200)
    #expect(answer.headers[.contentType] == "application/health+json")
    #expect(health.status == "pass" || health.checks["disk:free"]?[0].status == "warn")
    #expect(Set(health.checks.keys) == ["database:write", "disk:free", "mail:age", "jobs:age"])
    // What was seen is the operators' business.
    #expect(health.checks.values.allSatisfy { $0[0].observedValue == nil && $0[0].output == nil })
  }

  @Test func aDatabaseThatTakesNoWriteIsNotReady() async throws {
    let broken = try await TestWorld { ReadOnlyDatabase(base: $0) }
    let (answer, health) = try await readiness(broken)
    #expect(answer.status == 503)
    #expect(health.status == "fail")
    #expect(health.checks["database:write"]?[0].status == "fail")
  }

  @Test(arguments: Engine.available) func lettersThatDoNotLeaveWarnAndThenFail(engine: Engine) async throws {
    for (limit, status) in [("6", 503), ("0", 200)] {
      let world = try await TestWorld(engine, settings: ["ready_hours=\(limit)", "metrics_token=t"])
      let (now, letter) = (world.now, try letter("one"))
      try await write(world) { try MailStore(db: $0).add(letter, now: now) }
      world.pass(.hours(1))
      let report = await Readiness(site: world.site).report()
      #expect(report.checks.first { $0.name == "mail:age" }?.status == .warn)
      #expect(report.checks.first { $0.name == "mail:age" }?.value == 3600)
      world.pass(.hours(6))
      let (answer, health) = try await readiness(world, token: "t")
      #expect(answer.status == status)
      #expect(health.checks["mail:age"]?[0].observedValue == 7 * 3600)
      #expect(health.checks["mail:age"]?[0].output?.contains("Outbox") == true)
    }
  }

  /// A letter that the mail server did not take is due later again and again; it still waits since it was written.
  @Test func aPostponedLetterKeepsItsAge() async throws {
    let world = try await TestWorld()
    let (now, letter) = (world.now, try letter("one"))
    try await write(world) { db in
      try MailStore(db: db).add(letter, now: now)
      try db.run("UPDATE mail SET tries = 5, due_at = \(now + .hours(9)) WHERE id = 'one'")
    }
    world.pass(.hours(7))
    let report = await Readiness(site: world.site).report()
    #expect(report.checks.first { $0.name == "mail:age" }?.status == .fail)
  }

  @Test func aJobThatIsLateOrFailsIsNamed() async throws {
    let world = try await TestWorld(settings: ["metrics_token=t"])
    let now = world.now
    try await write(world) { db in
      _ = try JobStore(db: db).claim("evidence", first: now, now: now, until: now)
      try JobStore(db: db).fail("evidence", trouble: "no", now: now, due: now + .minutes(10))
    }
    var report = await Readiness(site: world.site).report()
    #expect(report.status >= .warn)
    #expect(report.checks.first { $0.name == "jobs:age" }?.output == "Not done: evidence.")
    world.pass(.hours(7))
    report = await Readiness(site: world.site).report()
    #expect(report.checks.first { $0.name == "jobs:age" }?.status == .fail)
  }

  // MARK: jobs

  @Test(arguments: Engine.available) func aJobIsDoneOnceByOneOfManyProcesses(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let done = Tally()
    let houses = (0..<6).map { _ in
      Housekeeping(site: world.site, jobs: [Job("count", every: .hours(1)) { _ in done.raise() }])
    }
    func everybody() async {
      await withDiscardingTaskGroup { group in for house in houses { group.addTask { await house.round() } } }
    }
    await everybody()
    #expect(done.value == 1)
    world.pass(.minutes(59))
    await everybody()
    #expect(done.value == 1)
    world.pass(.minutes(2))
    await everybody()
    #expect(done.value == 2)
  }

  @Test func aJobThatFailsKeepsNoOtherFromItsTurnAndIsTriedAgain() async throws {
    struct Broken: Error {}
    let world = try await TestWorld()
    let (tried, other) = (Tally(), Tally())
    let house = Housekeeping(
      site: world.site,
      jobs: [
        Job("broken", every: .days(1)) { _ in
          tried.raise()
          throw Broken()
        },
        Job("other", every: .days(1)) { _ in other.raise() },
      ])
    await house.round()
    world.pass(Job.retry)
    await house.round()
    #expect(tried.value == 2)
    #expect(other.value == 1)
    let record = try await world.site.database.read { try JobStore(db: $0).find("broken") }
    #expect(record?.trouble?.contains("Broken") == true)
    #expect(record?.succeededAt == nil)
  }

  @Test func aJobLearnsWhenItWasLastDone() async throws {
    let (world, seen) = (try await TestWorld(), Tally())
    let first = world.now
    let house = Housekeeping(
      site: world.site, jobs: [Job("a", every: .hours(1)) { last in if last == first { seen.raise() } }])
    await house.round()
    #expect(seen.value == 0)
    world.pass(.hours(1))
    await house.round()
    #expect(seen.value == 1)
  }

  /// A process that dies in the middle of its job leaves it to the others, after a while.
  @Test func aClaimEnds() async throws {
    let world = try await TestWorld()
    let now = world.now
    func claim(at moment: Instant) async throws -> Bool {
      try await world.site.database.write { db in
        try JobStore(db: db).claim("a", first: now, now: moment, until: moment + Job.claim)
      }
    }
    #expect(try await claim(at: now))
    #expect(try await !claim(at: now + .minutes(29)))
    #expect(try await claim(at: now + .minutes(30)))
  }

  // MARK: metrics

  @Test func metricsAreForWhoeverHoldsTheToken() async throws {
    let world = try await TestWorld(settings: ["metrics_token=correct-horse"])
    let browser = Browser(world.site)
    #expect(try await browser.get("/metrics").status == 404)
    #expect(try await browser.get("/metrics", headers: ["authorization": "Bearer wrong"]).status == 404)
    let answer = try await browser.get("/metrics", headers: ["authorization": "Bearer correct-horse"])
    #expect(answer.status == 200)
    #expect(!answer.text.contains("correct-horse"))
    let closed = try await TestWorld()
    #expect(try await Browser(closed.site).get("/metrics", headers: ["authorization": "Bearer "]).status == 404)
  }

  @Test(arguments: Engine.available) func metricsCountWhatWasAsked(engine: Engine) async throws {
    let world = try await TestWorld(engine, settings: ["metrics_token=t"])
    let (now, letter) = (world.now, try letter("one"))
    try await write(world) { try MailStore(db: $0).add(letter, now: now) }
    world.pass(.seconds(90))
    let browser = try await world.browser(as: .educator)
    for path in ["/schools/ashuelot", "/schools/ashuelot", "/schools/nowhere", "/no/such/page/dana%40league.test"] {
      _ = try await browser.get(path)
    }
    _ = try await browser.send(.init("GUESS") ?? .get, "/ideas", body: "")
    let text = try await browser.get("/metrics", headers: ["authorization": "Bearer t"]).text
    let lines = Set(text.split(separator: "\n").map(String.init))
    #expect(lines.contains(#"league_requests_total{method="GET",route="/schools/{id}",status="200"} 2"#))
    #expect(lines.contains(#"league_requests_total{method="GET",route="/schools/{id}",status="404"} 1"#))
    #expect(lines.contains(#"league_request_seconds_count{route="/schools/{id}"} 3"#))
    #expect(lines.contains(#"league_request_seconds_bucket{route="/schools/{id}",le="+Inf"} 3"#))
    #expect(lines.contains("league_mail_waiting 1"))
    #expect(lines.contains("league_mail_oldest_age_seconds 90"))
    #expect(lines.contains("league_database_up 1"))
    #expect(text.contains(#"method="other""#))
    #expect(!text.contains("GUESS") && !text.contains("league.test") && !text.contains("ashuelot"))
    // Every line is a comment or a sample as the format has it.
    for line in lines where !line.hasPrefix("# ") {
      #expect(line.wholeMatch(of: /[a-z_]+(\{.*\})? -?[0-9.e+-]+/) != nil, "\(line)")
    }
  }

  @Test func metricsAnswerWithoutADatabase() async throws {
    let world = try await TestWorld(settings: ["metrics_token=t"]) { ClosedDatabase(dialect: $0.dialect, base: $0) }
    let lines = await Metrics(site: world.site).text().split(separator: "\n")
    #expect(lines.contains("league_database_up 1"))
    (world.site.database as? ClosedDatabase)?.closed.store(true, ordering: .relaxed)
    let without = await Metrics(site: world.site).text().split(separator: "\n")
    #expect(without.contains("league_database_up 0"))
    #expect(without.contains { $0.hasPrefix("process_resident_memory_bytes ") })
  }

  // MARK: systemd

  @Test func aPassedSocketIsTakenOnlyWhenItIsOurs() {
    #expect(Listener.passed(["LISTEN_PID": "7", "LISTEN_FDS": "1"], process: 7) == .inherited(descriptor: 3))
    let two = ["LISTEN_PID": "7", "LISTEN_FDS": "2"]
    #expect(Listener.passed(two, process: 7, place: 1) == .inherited(descriptor: 4))
    #expect(Listener.passed(["LISTEN_PID": "7", "LISTEN_FDS": "1"], process: 7, place: 1) == nil)
    #expect(Listener.passed(["LISTEN_PID": "8", "LISTEN_FDS": "1"], process: 7) == nil)
    #expect(Listener.passed(["LISTEN_PID": "7", "LISTEN_FDS": "0"], process: 7) == nil)
    #expect(Listener.passed(["LISTEN_FDS": "1"], process: 7) == nil)
  }

  @Test func nobodyIsToldWhereNobodyListens() throws {
    #expect(SystemdNotice([:]) == nil)
    let notice = try #require(SystemdNotice(["NOTIFY_SOCKET": "/nowhere/at/all", "WATCHDOG_USEC": "3000000"]))
    #expect(notice.watchdog == .milliseconds(1500))
    #expect(!notice.send("READY=1"))
    let long = try #require(SystemdNotice(["NOTIFY_SOCKET": "/" + String(repeating: "a", count: 200)]))
    #expect(!long.send("READY=1"))
  }

  @Test func aHistogramCountsEachTimeOnce() {
    var histogram = Histogram()
    for seconds in [0.001, 0.005, 0.006, 3, 100] { histogram.add(seconds: seconds) }
    #expect(histogram.counts == [2, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1])
    #expect(histogram.count == 5)
    var text = MetricsText()
    text.histograms("a", "b", label: nil, [("", histogram)])
    #expect(text.text.contains("a_bucket{le=\"0.01\"} 3\n"))
    #expect(text.text.contains("a_bucket{le=\"+Inf\"} 5\n"))
  }

  @Test func labelsCannotEndTheirLine() {
    var text = MetricsText()
    text.gauge("a", "b", [(["c": "x\"y\\z\nw"], 1.5)])
    #expect(text.text.hasSuffix("a{c=\"x\\\"y\\\\z\\nw\"} 1.5\n"))
  }
}

/// A database that can be read only, as on a full disk.
private struct ReadOnlyDatabase: Database {
  let base: any Database
  var dialect: Dialect { base.dialect }
  /// Writes go through while the world is made, and end with the first of the readiness check.
  func read<Value: Sendable>(_ work: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value {
    try await base.read(work)
  }
  func events() -> AsyncStream<DatabaseEvent> { base.events() }
  func write<Value: Sendable>(_ work: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value {
    let hasPeople = try await base.read { db in try db.rows("SELECT id FROM person LIMIT 1").isEmpty == false }
    if hasPeople { throw DatabaseError.unavailable("the disk is full") }
    return try await base.write(work)
  }
}

/// A database that can be taken away.
private final class ClosedDatabase: Database {
  let dialect: Dialect
  let base: any Database
  let closed = Atomic<Bool>(false)

  init(dialect: Dialect, base: any Database) {
    self.dialect = dialect
    self.base = base
  }
  func events() -> AsyncStream<DatabaseEvent> { base.events() }
  private func check() throws {
    if closed.load(ordering: .relaxed) { throw DatabaseError.unavailable("gone") }
  }
  func read<Value: Sendable>(_ work: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value {
    try check()
    return try await base.read(work)
  }
  func write<Value: Sendable>(_ work: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value {
    try check()
    return try await base.write(work)
  }
}
