import Foundation
import Storage

/// Brings official files into the directory: all of what they say, or nothing.
package struct SchoolImport: Sendable {
  package enum Step: Sendable {
    /// Place of the file among those given, and the share of it that was read, 0…1.
    case reading(file: Int, share: Double)
    case comparing
    case writing(done: Int, of: Int)
    case lookingForDuplicates
  }

  let database: any Database
  let newID: @Sendable () -> String
  let progress: @Sendable (Step) -> Void

  package init(
    database: any Database, newID: @escaping @Sendable () -> String,
    progress: @escaping @Sendable (Step) -> Void = { _ in }
  ) {
    self.database = database
    self.newID = newID
    self.progress = progress
  }

  package func read(_ paths: [URL]) -> OfficialFiles {
    OfficialFiles(paths) { progress(.reading(file: $0, share: $1)) }
  }

  /// What the import would do now. Writes nothing.
  package func plan(_ files: OfficialFiles) async throws -> SchoolImportPlan {
    progress(.comparing)
    let ids = newIDs(files)
    return try await database.read { db in try Self.plan(files, db, ids) }
  }

  /// Compares and writes in one transaction.
  ///
  /// - Returns: what was done, and the number of pairs of schools that may be the same and were not known before.
  package func carryOut(_ files: OfficialFiles, by person: Person.ID? = nil, at now: Instant) async throws
    -> (plan: SchoolImportPlan, run: String?, duplicates: Int)
  {
    progress(.comparing)
    let ids = newIDs(files)
    let run = newID()
    let progress = progress
    return try await database.write { db in
      // Said by a command, too, whose process keeps no pages.
      db.notify(ProcessWord.changed(by: "import").text)
      try db.liftTimeLimit()
      let plan = try Self.plan(files, db, ids)
      guard !plan.changesNothing else { return (plan: plan, run: nil, duplicates: 0) }
      try SchoolImportStore(db: db).carryOut(plan, run: run, by: person, at: now) { done, total in
        progress(.writing(done: done, of: total))
      }
      progress(.lookingForDuplicates)
      let touched = (plan.created + plan.updated).map(\.id)
      let found = try SchoolDuplicateStore(db: db).look(at: touched, run: run, now: now)
      return (plan: plan, run: run, duplicates: found)
    }
  }

  /// Takes back what a run did.
  ///
  /// - Throws: `Refusal.notFound` for a run that is not there, `Refusal.conflict` for one that was undone before.
  package func undo(_ run: String, by person: Person.ID? = nil, at now: Instant) async throws -> [KeptSchool] {
    let audit = newID()
    return try await database.write { db in
      // Said by a command, too, whose process keeps no pages.
      db.notify(ProcessWord.changed(by: "import").text)
      let store = SchoolImportStore(db: db)
      let run = try store.run(run).orRefuse(.notFound)
      guard run.undoneAt == nil else { throw Refusal.conflict("This import was undone before. Nothing was changed.") }
      try db.liftTimeLimit()
      try AuditStore(db: db).add(id: audit, by: person, "import undone", "school import", run.id, now: now)
      return try store.undo(run, by: person, at: now)
    }
  }

  /// Open schools by state and kind, as the directory stands.
  package func counts() async throws -> [(state: String, kind: School.Kind, count: Int)] {
    try await database.read { db in try SchoolImportStore(db: db).counts() }
  }

  /// Ids are made before the transaction, which may run more than once.
  private func newIDs(_ files: OfficialFiles) -> [OfficialID: School.ID] {
    files.schools.mapValues { _ in School.ID(newID()) }
  }

  private static func plan(_ files: OfficialFiles, _ db: any Transaction, _ ids: [OfficialID: School.ID]) throws
    -> SchoolImportPlan
  {
    let states = Set(files.located.compactMap { files.schools[$0]?.facts[.agencyState] })
    let existing = try SchoolImportStore(db: db).existing(files.schools.keys, statesOfPublic: states.sorted())
    return SchoolImportPlan(files, existing: existing) { ids[$0] ?? School.ID($0.text) }
  }
}

extension SchoolImportPlan {
  package var changesNothing: Bool { created.isEmpty && updated.isEmpty && confirmed.isEmpty }
}
