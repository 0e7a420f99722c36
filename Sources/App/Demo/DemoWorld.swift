import Foundation
import Storage

/// The fictional network of the demonstration, the same at every run.
package struct DemoWorld {
  let site: Site
  let files: DemoFiles
  let calendar: DemoCalendar
  let agreements: Agreements

  /// - Parameter root: the folder that holds Data.
  package init(site: Site, root: URL) throws {
    self.site = site
    files = try DemoFiles(folder: root.appending(path: "Data/demo"))
    agreements = try Agreements(folder: root.appending(path: "Data"))
    calendar = DemoCalendar(today: site.settings.zone.date(of: site.now()), zone: site.settings.zone)
  }

  /// Fills an empty database, all of it or nothing.
  ///
  /// - Throws: `SettingsError` when the database holds anything of a world already.
  package func load(progress: @escaping @Sendable (String) -> Void) async throws {
    let (files, calendar, agreements, now) = (files, calendar, agreements, site.now())
    let markID = site.newID()
    try await site.database.write { db in
      try Self.refuseUnlessEmpty(db)
      try AuditStore(db: db).add(id: markID, by: nil, Self.mark, "league", "demonstration", now: now)
      try DemoSchools(db: db, files: files, calendar: calendar).load()
      progress("\(files.schools.count) schools")
      let people = try DemoPeople(db: db, files: files, calendar: calendar).load()
      progress("\(people) people")
      let memberships = try DemoMemberships(db: db, files: files, calendar: calendar, agreements: agreements).load()
      progress("\(memberships) memberships")
      try DemoIdeas(db: db, files: files, calendar: calendar).load()
      progress("\(files.ideas.count) ideas")
      try DemoTrials(db: db, files: files, calendar: calendar).load()
      progress("\(files.trials.count) trials")
      try DemoProjects(db: db, files: files, calendar: calendar).load()
      progress("\(files.projects.count) projects")
      let posts = try DemoThreads(db: db, files: files, calendar: calendar).load()
      progress("\(files.threads.count) discussions with \(posts) posts")
      try DemoWaits(db: db, files: files, calendar: calendar).load()
      let found = try SearchRebuild(db: db, now: now).all()
      progress("\(found) documents that can be found")
    }
  }

  /// What a world is made of, with the word for several of each. Invented things never stand among real ones.
  private static let nouns = [
    ("person", "people"), ("school", "schools"), ("school_import", "imports of schools"), ("membership", "memberships"),
    ("idea", "ideas"), ("trial", "trials"), ("project", "projects"), ("measure", "measures"),
    ("discussion", "discussions"),
  ]

  /// - Throws: `SettingsError`, naming what there is already.
  static func refuseUnlessEmpty(_ db: any Transaction) throws {
    let found = try nouns.filter { table, _ in try !db.rows("SELECT id FROM \(SQL.name(table)) LIMIT 1").isEmpty }
    guard found.isEmpty else {
      throw SettingsError(
        description:
          "the database holds \(found.map(\.1).joined(separator: ", ")) already; the demonstration needs an empty one: name another place with data or database"
      )
    }
  }

  /// What the audit log says in a database that is a demonstration.
  static let mark = "demonstration loaded"

  /// Whether the database was made by `load`: only then may strangers step into its roles.
  static func isLoaded(_ db: any Transaction) throws -> Bool {
    try !db.rows(
      "SELECT id FROM audit WHERE noun = 'league' AND noun_id = 'demonstration' AND action = \(mark) LIMIT 1"
    )
    .isEmpty
  }

  /// - Throws: `SettingsError` when the settings ask for the demonstration and the database is another one.
  package static func check(_ site: Site) async throws {
    guard site.settings.isDemo else { return }
    guard try await site.database.read({ db in try isLoaded(db) }) else {
      throw SettingsError(
        description:
          "demo = yes, but the database is not the demonstration: `league demo` makes one, in an empty database")
    }
  }
}
