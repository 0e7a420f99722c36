import Foundation
import Logging
import SignIn
import Storage
import Synchronization
import TestDatabase

@testable import App

/// Who asks in a test; one of each kind that the authorization table knows.
enum Asker: String, CaseIterable, Sendable {
  case visitor
  /// An account whose school is not a member.
  case outsider
  /// An educator of the member school.
  case educator
  /// The lead of the member school.
  case lead
  /// An educator of another member school.
  case otherEducator
  /// The lead of another member school.
  case otherLead
  case liaison
  case office
}

/// A small League that every test knows by heart: two member schools and one that is not, one person of each kind.
final class TestWorld: Sendable {
  static let ashuelot = School.ID("ashuelot")
  static let kettleCove = School.ID("kettle-cove")
  static let quaboag = School.ID("quaboag")

  static let seal = KeySeal(secret: "a secret of tests, which guards nothing at all")

  let site: Site
  private let clock: TestClock

  /// - Parameters:
  ///   - isEmpty: nobody and no school in it.
  ///   - fetch: what answers for other servers.
  ///   - log: where what is logged goes; nowhere without one.
  ///   - through: what stands between the site and its database, to see what is asked.
  init(
    _ engine: Engine = .sqlite, settings: [String] = [], isEmpty: Bool = false, log: Logger? = nil,
    through: (any Database) -> any Database = { $0 },
    fetch: @escaping @Sendable (WebRequest) async throws -> WebAnswer = WebRequest.send
  ) async throws {
    let clock = TestClock()
    self.clock = clock
    let database = through(try await TestDatabase.open(engine, migrations: Site.migrations))
    var silent = Logger(label: "test")
    silent.logLevel = .critical
    site = Site(
      database: database,
      settings: try Settings(
        flags: [
          "second_factor=no", "requests_per_minute=0", "development=yes", "demo=yes", "origin=http://league.test",
        ] + settings),
      files: try StaticFiles(folder: Repository.root.appending(path: "Public")),
      texts: try PublicTexts(folder: Repository.root.appending(path: "Data/public")),
      taxonomy: try Taxonomy(folder: Repository.root.appending(path: "Data")), log: log ?? silent,
      seal: Self.seal, now: { clock.now }, newID: { clock.nextID() }, fetch: fetch)
    if !isEmpty { try await seed() }
  }

  /// 2026-11-24T12:00:00Z until a test moves it.
  var now: Instant { clock.now }
  func pass(_ span: Span) { clock.pass(span) }

  func person(_ asker: Asker) -> Person.ID { Person.ID("person-\(asker.rawValue)") }

  /// Another process on the same database.
  func otherServer() -> Site {
    Site(
      database: site.database, settings: site.settings, files: site.files, texts: site.texts, taxonomy: site.taxonomy,
      log: site.log, seal: site.seal, now: site.now, newID: site.newID)
  }

  /// A browser in which `asker` is signed in.
  ///
  /// - Parameter server: which one it asks, where there are several.
  func browser(as asker: Asker, at server: Site? = nil) async throws -> Browser {
    let browser = Browser(server ?? site)
    guard asker != .visitor else { return browser }
    let token = site.newSecret()
    let (person, now) = (person(asker), now)
    try await site.database.write { db in
      try SessionStore(db: db).add(
        token: token, person: person, now: now, lifetime: .days(60), agent: "Test", address: "127.0.0.1",
        secondFactorAt: now)
    }
    browser.setCookie(site.settings.sessionCookie, token)
    browser.token = Session.formToken(for: token)
    return browser
  }

  private func seed() async throws {
    let now = now
    try await site.database.write { db in
      for (id, name, state, membership) in [
        (Self.ashuelot, "Ashuelot Valley Regional", "NH", "active"),
        (Self.kettleCove, "Kettle Cove Regional", "ME", "active"),
        (Self.quaboag, "Quaboag Technical", "MA", "none"),
      ] {
        try db.run(
          """
          INSERT INTO school (id, name, folded_name, kind, city, folded_city, state, grade_low, grade_high, students,
                              locale, membership, fictional)
          VALUES (\(id), \(name), \(folded(name)), 'public', 'Keene', 'keene', \(state), 9, 12, 410, 41, \(membership), 1)
          """)
      }
      for asker in Asker.allCases where asker != .visitor {
        _ = try PersonStore(db: db).add(
          id: Person.ID("person-\(asker.rawValue)"), email: "\(asker.rawValue.lowercased())@league.test",
          name: "Dana \(asker.rawValue.capitalized)", now: now - .days(100), fictional: true)
      }
      func give(_ kind: Role.Kind, _ asker: Asker, school: School.ID? = nil, state: String? = nil) throws {
        try RoleStore(db: db).give(
          kind, to: Person.ID("person-\(asker.rawValue)"), school: school, state: state, id: "role-\(asker.rawValue)",
          from: now - .days(90), by: nil, now: now)
      }
      try give(.educator, .outsider, school: Self.quaboag)
      try give(.educator, .educator, school: Self.ashuelot)
      try give(.lead, .lead, school: Self.ashuelot)
      try give(.educator, .otherEducator, school: Self.kettleCove)
      try give(.lead, .otherLead, school: Self.kettleCove)
      try give(.liaison, .liaison, state: "NH")
      try give(.office, .office)
    }
  }
}

/// A clock that stands until it is moved, and ids that count.
final class TestClock: Sendable {
  private let milliseconds = Atomic<Int64>(1_795_521_600_000)
  private let ids = Atomic<Int>(0)

  var now: Instant { Instant(milliseconds: milliseconds.load(ordering: .relaxed)) }
  func pass(_ span: Span) { milliseconds.add(span.milliseconds, ordering: .relaxed) }

  func nextID() -> String {
    let n = ids.add(1, ordering: .relaxed).newValue
    return "id-" + String(repeating: "0", count: max(0, 6 - String(n).count)) + String(n)
  }
}

/// Waits for what another task does.
func until(_ condition: () -> Bool) async throws {
  while !condition() { try await Task.sleep(for: .milliseconds(2)) }
}

/// Counts from any task.
final class Tally: Sendable {
  private let number = Atomic<Int>(0)
  var value: Int { number.load(ordering: .relaxed) }
  func raise() { number.add(1, ordering: .relaxed) }
}

/// Where the project lies on this machine.
enum Repository {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
}
