import Markup
import Statistics
import Storage
import Testing
import TestDatabase

@testable import App

/// The front page that visitors see.
struct FrontTests {
  @Test(arguments: Engine.available) func everyNumberIsCounted(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let visitor = try await world.browser(as: .visitor)
    let first = try await visitor.get("/").text
    // Two member schools in TestWorld, each with an educator and a lead.
    #expect(first.contains("2 secondary schools in six states") && first.contains("4 educators of member schools"))
    #expect(first.contains("Nothing has been reported yet") && first.contains("href=\"/join\""))
    let (_, trial) = try await TrialTests.begun(world)
    let trying = try await world.browser(as: .otherEducator)
    _ = try await trying.get("\(trial)/report")
    _ = try await trying.post("\(trial)/report", all: TrialTests.counts())
    let second = try await visitor.get("/").text
    #expect(second.contains("1 idea, 1 reported trial: 1 worked, 0 did not, for 0 it is too early to say."))
    #expect(second.contains("What came of 1 trial") && second.contains("1 worked"))
    #expect(second.contains("href=\"\(trial)\"") && second.contains("Late often fell from 30 in 100 to 10 in 100"))
    #expect(second.contains("Kettle Cove Regional, Maine") && !second.contains("Dana"))
  }

  @Test(arguments: Engine.available) func endedTermsAndOverdueReportsAreCountedRight(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    _ = try await TrialTests.begun(world)
    world.pass(.days(160))
    let now = world.now
    let front = try await world.site.database.write { db in
      try RoleStore(db: db).end("role-educator", now: now, by: nil, reason: "retired")
      return try FrontStore(db: db).front(now: now, today: LeagueZone.newYork.date(of: now))
    }
    #expect(front.educators == 3)
    #expect(front.unreported == 1 && front.trials == 0)
  }

  /// A share is said of a hundred or more; below, a count says it better.
  @Test func fewTrialsAreCountedAndManyAreShared() {
    var front = Front(ideas: 40, verdicts: [.worked: 20, .didNotWork: 30])
    #expect(
      FrontPages.front(front, .sampleVisitor).content.string.contains("50 reported trials: 20 worked, 30 did not"))
    front.verdicts[.tooEarly] = 70
    #expect(
      FrontPages.front(front, .sampleVisitor).content.string.contains(
        "17 in 100 worked, 25 in 100 did not, for 58 in 100 it is too early"))
  }
}
