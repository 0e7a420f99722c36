import Foundation
import Storage
import Synchronization
import Testing

@testable import App
@testable import Storage

/// No page reads a whole large table: every statement that a GET runs is explained by SQLite.
struct QueryPlanTests {
  /// Tables that grow with the League.
  static let large: Set<String> = [
    "person", "role", "session", "mail", "notice", "audit", "kept_form", "sign_in_code", "school", "school_history",
    "school_name_trigram", "idea", "idea_topic", "idea_subject", "idea_version", "trial", "trial_registration",
    "trial_report", "discussion", "post", "post_revision", "discussion_reader", "draft", "search_document",
  ]

  /// Statements that may read a whole table, by a piece of their text, with the reason.
  static let allowed: [String: String] = [
    "FROM role ra JOIN role rb":
      "who may be in twice: the office's page looks at everybody once, 0.3 s of CPU for 60,000 people"
  ]

  @Test(arguments: ["", "kofi-mensah", "abigail-stinson", "marguerite-thibodeau"])
  func noPageReadsAWholeLargeTable(reader: String) async throws {
    let plans = Plans()
    let world = try await TestWorld(isEmpty: true) { PlannedDatabase(base: $0, plans: plans) }
    try await LargeWorld(site: world.site, root: Repository.root, size: LargeWorldTests.small).load { _ in }
    // Without statistics the planner takes every table for a large one, as they are in use.
    try await world.site.database.write { db in
      try db.run("DELETE FROM sqlite_stat1")
      try db.script("ANALYZE sqlite_schema")
    }
    let browser = Browser(world.site)
    if !reader.isEmpty { #expect(try await browser.post("/demo/\(reader)").status == 303) }
    plans.start()
    for path in Self.paths(of: world.site) { _ = try await browser.get(path) }
    #expect(plans.count > 3, "nothing was explained")
    for scan in plans.scans where !Self.allowed.keys.contains(where: scan.statement.contains) {
      Issue.record("\(scan.step)\nin \(scan.statement)")
    }
  }

  /// Every route that is read, with the ids of things that exist, and the filters that pages offer.
  static func paths(of site: Site) -> [String] {
    let ids = [
      "/people": "person-000010", "/schools": "school-00001", "/ideas": "idea-00000", "/trials": "trial-000000",
      "/discussions": "discussion-0000000", "/posts": "post-0000000-0001", "/demo": "kofi-mensah",
    ]
    let plain = site.table().entries.filter { $0.method == "GET" && !$0.path.hasPrefix("/gallery") }.map { entry in
      let root = "/" + (entry.path.split(separator: "/").first ?? "")
      return entry.path.replacing(/:\w+/, with: ids[root] ?? "1")
    }
    return plain + [
      "/schools?q=alder", "/schools?state=MA&kind=public", "/schools?membership=member", "/schools?county=Ash+County",
      "/ideas?sort=tried", "/ideas?sort=new", "/ideas?topic=algebra", "/ideas?like=mine",
      "/discussions?show=unanswered", "/discussions?show=mine", "/discussions?show=watching", "/discussions?show=ideas",
      "/search?q=attendance", "/search?q=ninth+grade&kind=idea", "/people?q=ana",
    ]
  }

  /// A school has few people: walking through everybody in the order of names, to find them, takes half a second.
  @Test func aSchoolsPeopleAreFoundByTheSchool() async throws {
    let plans = Plans()
    let world = try await TestWorld { PlannedDatabase(base: $0, plans: plans) }
    let browser = try await world.browser(as: .lead)
    plans.start()
    for path in ["/schools/\(TestWorld.ashuelot)", "/people?school=\(TestWorld.ashuelot)"] {
      #expect(try await browser.get(path).status == 200)
    }
    let lists = plans.steps.filter { $0.statement.contains("ORDER BY p.folded_name") }
    #expect(!lists.isEmpty && !lists.contains { $0.step.hasPrefix("SCAN p") }, "\(lists.map(\.step))")
  }

  @Test func aScanIsSeen() async throws {
    let plans = Plans()
    let world = try await TestWorld { PlannedDatabase(base: $0, plans: plans) }
    plans.start()
    _ = try await world.site.database.read { db in try db.rows("SELECT p.id FROM person p WHERE p.about LIKE '%a%'") }
    #expect(plans.scans.map(\.step) == ["SCAN p"])
    plans.start()
    _ = try await world.site.database.read { db in try db.rows("SELECT id FROM person WHERE id = 'person-lead'") }
    #expect(plans.scans.isEmpty)
  }
}

/// What SQLite said it would do.
final class Plans: Sendable {
  struct Scan: Hashable, Sendable {
    let statement: String
    let step: String
  }

  private struct State {
    var isOn = false
    var count = 0
    var scans: Set<Scan> = []
    var steps: Set<Scan> = []
  }

  private let state = Mutex(State())

  /// Forgets what was and explains from here on.
  func start() { state.withLock { $0 = State(isOn: true) } }

  var isOn: Bool { state.withLock { $0.isOn } }
  var count: Int { state.withLock { $0.count } }
  /// Every step of every statement.
  var steps: Set<Scan> { state.withLock { $0.steps } }
  /// The steps that read a whole large table.
  var scans: [Scan] { state.withLock { $0.scans.sorted { ($0.statement, $0.step) < ($1.statement, $1.step) } } }

  func add(_ statement: String, steps: [String]) {
    let tables = Self.tables(in: statement)
    let scans = steps.filter { step in
      guard let match = step.firstMatch(of: /^(SCAN|SEARCH) (\w+)(.*)$/) else { return false }
      let (name, rest) = (String(match.output.2), match.output.3)
      let isWhole = match.output.1 == "SCAN" ? rest.isEmpty : rest.contains("AUTOMATIC")
      return isWhole && QueryPlanTests.large.contains(tables[name] ?? name)
    }
    state.withLock { state in
      state.count += 1
      state.steps.formUnion(steps.map { Scan(statement: statement, step: $0) })
      for step in scans { state.scans.insert(Scan(statement: statement, step: step)) }
    }
  }

  /// Alias → table.
  private static func tables(in statement: String) -> [String: String] {
    let pairs = statement.matches(of: /(?:FROM|JOIN|,)\s+"?(\w+)"?\s+(?:AS\s+)?"?(\w+)"?/).map {
      (String($0.output.2), String($0.output.1))
    }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }
}

/// A database that lets SQLite explain each statement before it runs.
private struct PlannedDatabase: Storage.Database {
  let base: any Storage.Database
  let plans: Plans

  var dialect: Dialect { base.dialect }

  func read<Value: Sendable>(_ work: @escaping @Sendable (any Storage.Transaction) throws -> Value) async throws
    -> Value
  {
    try await base.read { [plans] db in try work(PlannedTransaction(base: db, plans: plans)) }
  }

  @discardableResult func write<Value: Sendable>(_ work: @escaping @Sendable (any Storage.Transaction) throws -> Value)
    async throws -> Value
  {
    try await base.write { [plans] db in try work(PlannedTransaction(base: db, plans: plans)) }
  }

  func events() -> AsyncStream<DatabaseEvent> { base.events() }
}

private struct PlannedTransaction: Storage.Transaction {
  let base: any Storage.Transaction
  let plans: Plans

  var dialect: Dialect { base.dialect }

  func rows(_ sql: SQL) throws -> [Row] {
    try explain(sql)
    return try base.rows(sql)
  }

  @discardableResult func run(_ sql: SQL) throws -> Int {
    try explain(sql)
    return try base.run(sql)
  }

  func script(_ sql: SQL) throws { try base.script(sql) }
  func savepoint<Value>(_ work: () throws -> Value) throws -> Value { try base.savepoint(work) }
  func notify(_ words: String) { base.notify(words) }
  func liftTimeLimit() throws { try base.liftTimeLimit() }

  private func explain(_ sql: SQL) throws {
    guard plans.isOn else { return }
    let steps = try base.rows("EXPLAIN QUERY PLAN \(sql)").map { try $0.read("detail", as: String.self) }
    plans.add(sql.rendered(for: .sqlite).text, steps: steps)
  }
}
