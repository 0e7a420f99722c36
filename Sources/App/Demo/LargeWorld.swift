import Foundation
import Storage

/// The benchmark world: a fictional network of the size of all New England, made by code and the same at every run.
///
/// Each step is many transactions, so that neither engine has to hold all of it at once; a run that is cut off leaves a
/// database that says it is no demonstration.
package struct LargeWorld {
  let site: Site
  let size: LargeWorldSize
  let names: DemoNames

  /// - Parameter root: the folder that holds Data.
  package init(site: Site, root: URL, size: LargeWorldSize) throws {
    self.site = site
    self.size = size
    names = try DemoFiles(folder: root.appending(path: "Data/demo")).names
  }

  /// Fills an empty database.
  ///
  /// - Throws: `SettingsError` when the database holds anything of a world already.
  package func load(progress: @escaping @Sendable (String) -> Void) async throws {
    let (now, markID) = (site.now(), site.newID())
    let today = site.settings.zone.date(of: now)
    try await site.database.read { db in try DemoWorld.refuseUnlessEmpty(db) }
    let schools = LargeWorldSchools(today: today, now: now)
    let people = LargeWorldPeople(size: size, names: names, joined: now - .days(800))
    try await chunks("schools", size.schools, of: 500, progress) { try schools.add($0, to: $1) }
    try await chunks("people", size.people, of: 5_000, progress) { try people.add($0, to: $1) }
    let ideas = LargeWorldIdeas(size: size, people: people, taxonomy: site.taxonomy, now: now, today: today)
    let trials = LargeWorldTrials(size: size, people: people, now: now, today: today)
    try await chunks("ideas", size.ideas, of: 250, progress) { try ideas.add($0, to: $1) }
    try await chunks("trials", size.trials, of: 500, progress) { try trials.add($0, to: $1) }
    try await chunks("verdicts of ideas", size.ideas, of: 250, progress) { numbers, db in
      for number in numbers { try EvidenceStore(db: db).compile(LargeWorldIdeas.id(number), today: today) }
    }
    let talk = LargeWorldTalk(size: size, people: people, now: now)
    try await chunks("discussions", talk.lengths.count, of: 1_000, progress) { try talk.add($0, to: $1) }
    // Stores have put theirs already; one way of filling is enough.
    try await site.database.write { db in try SearchRebuild(db: db, now: now).clear() }
    for source in SearchRebuild.Source.allCases { try await index(source, now, progress) }
    try await site.database.write { db in
      try db.liftTimeLimit()
      try db.analyze()
      try AuditStore(db: db).add(id: markID, by: nil, DemoWorld.mark, "league", "demonstration", now: now)
    }
  }

  /// Fills the search with one kind of document, twenty batches in a transaction.
  private func index(_ source: SearchRebuild.Source, _ now: Instant, _ progress: @Sendable (String) -> Void)
    async throws
  {
    var (place, count, isDone) = ("", 0, false)
    while !isDone {
      let start = place
      let step = try await site.database.write { db in
        try db.liftTimeLimit()
        var (last, added, isDone) = (start, 0, false)
        for _ in 0..<20 where !isDone {
          let batch = try SearchRebuild(db: db, now: now).add(source, after: last)
          (last, added, isDone) = (batch?.last ?? last, added + (batch?.count ?? 0), batch == nil)
        }
        return (last: last, added: added, isDone: isDone)
      }
      (place, count, isDone) = (step.last, count + step.added, step.isDone)
      if count / 100_000 > (count - step.added) / 100_000 { progress("\(count) \(source.rawValue) can be found") }
    }
    progress("\(count) \(source.rawValue) can be found")
  }

  /// Makes `count` things, `length` of them in a transaction, and says so about ten times.
  private func chunks(
    _ what: String, _ count: Int, of length: Int, _ progress: @Sendable (String) -> Void,
    _ make: @escaping @Sendable (Range<Int>, any Transaction) throws -> Void
  ) async throws {
    var told = 0
    for start in stride(from: 0, to: count, by: length) {
      let numbers = start..<min(count, start + length)
      try await site.database.write { db in
        try db.liftTimeLimit()
        try make(numbers, db)
      }
      let tenths = numbers.upperBound * 10 / count
      if tenths > told { progress("\(numbers.upperBound) of \(count) \(what)") }
      told = tenths
    }
  }
}
