import Foundation
import Storage
import Testing
import TestDatabase

@testable import App

/// The home of whoever is signed in.
struct TodayTests {
  @Test(arguments: Engine.available) func theFrontDoorLeadsHomeWhoeverIsSignedIn(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    for asker in Asker.allCases where asker != .visitor {
      let browser = try await world.browser(as: asker)
      #expect(try await browser.get("/").location == "/today")
      let page = try await browser.get("/today")
      #expect(page.status == 200 && page.text.contains("That is all."), "\(asker)")
    }
    #expect(try await world.browser(as: .visitor).get("/").status == 200)
  }

  @Test(arguments: Engine.available) func whoIsOutsideIsShownOneStep(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let page = try await world.browser(as: .outsider).get("/today").text
    #expect(page.contains("Quaboag Technical is not a member yet"))
    #expect(page.contains("href=\"/schools/quaboag/join\""))
    #expect(!page.contains("href=\"/ideas/new\""), "what needs a member school is not offered")
    let now = world.now
    try await world.site.database.write { db in
      try RoleStore(db: db).end("role-outsider", now: now, by: nil, reason: "moved away")
    }
    let alone = try await world.browser(as: .outsider).get("/today").text
    #expect(alone.contains("<p class=\"title\">Find your school</p>") && alone.contains("href=\"/join\""))
  }

  @Test(arguments: Engine.available) func aRequestToBeOnTheListWaitsForTheLeadAlone(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (outsider, now) = (world.person(.outsider), world.now)
    try await world.site.database.write { db in
      _ = try RosterRequestStore(db: db).add(
        RosterRequest.ID("r-1"), school: TestWorld.ashuelot, person: outsider, title: "Chemistry",
        words: "I teach in the <new> wing.", now: now)
    }
    let lead = try await world.browser(as: .lead).get("/today").text
    #expect(lead.contains("Dana Outsider asks to be on your school&#39;s list"))
    #expect(lead.contains("One thing waits for you.") && lead.contains("&lt;new&gt;"))
    for asker in [Asker.educator, .otherLead, .liaison, .office] {
      #expect(try await !world.browser(as: asker).get("/today").text.contains("Dana Outsider asks"), "\(asker)")
    }
  }

  @Test(arguments: Engine.available) func aMembershipWaitsForWhoeverCanMoveIt(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (outsider, now) = (world.person(.outsider), world.now)
    try await takeAgreements(world)
    try await world.site.database.write { db in
      try MembershipStore(db: db).begin(
        Membership.ID("m-1"), school: TestWorld.quaboag,
        .init(party: .school, person: outsider, words: "Dana", id: "e-1", now: now))
    }
    #expect(try await world.browser(as: .office).get("/today").text.contains("1 school asked to join"))
    #expect(try await !world.browser(as: .liaison).get("/today").text.contains("asked to join"), "another state's")
    #expect(try await !world.browser(as: .outsider).get("/today").text.contains("Say who signs"))
    try await world.site.database.write { db in
      try db.run(
        """
        UPDATE membership SET state = 'agreement-issued',
          agreement = (SELECT min(version) FROM agreement_version),
          agreement_hash = (SELECT hash FROM agreement_version ORDER BY version LIMIT 1)
        """)
    }
    #expect(try await world.browser(as: .outsider).get("/today").text.contains("Say who signs for Quaboag Technical"))
    #expect(try await !world.browser(as: .office).get("/today").text.contains("asked to join"))
  }

  /// In the test world it is 24 November: the autumn in which members reaffirm ends on the 30th.
  @Test(arguments: Engine.available) func reaffirmingWaitsForTheLeadInAutumn(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let now = world.now
    try await takeAgreements(world)
    try await world.site.database.write { db in
      try db.run(
        """
        INSERT INTO membership (id, school_id, state, started_at, state_since, agreement, agreement_hash, active_on)
        SELECT 'm-2', \(TestWorld.ashuelot), 'active', \(now), \(now), version, hash, '2024-03-01'
        FROM agreement_version ORDER BY version LIMIT 1
        """)
    }
    let lead = try await world.browser(as: .lead).get("/today").text
    #expect(lead.contains("Reaffirm the membership of Ashuelot Valley Regional") && lead.contains("by Mon 30 Nov 2026"))
    #expect(try await !world.browser(as: .educator).get("/today").text.contains("Reaffirm"))
  }

  @Test(arguments: Engine.available) func aReportWaitsFromTwoWeeksBeforeItsDay(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (_, trial) = try await TrialTests.begun(world)
    let running = try await world.browser(as: .otherEducator).get("/today").text
    #expect(running.contains("Nothing waits for you.") && running.contains("Report by Fri 30 Apr 2027"))
    world.pass(.days(150))
    let soon = try await world.browser(as: .otherEducator).get("/today").text
    #expect(soon.contains("due Fri 30 Apr 2027") && soon.contains("href=\"\(trial)/report\""))
    world.pass(.days(10))
    let late = try await world.browser(as: .otherEducator).get("/today").text
    #expect(late.contains("was due Fri 30 Apr 2027") && late.contains("You said you would count: Late often."))
    for asker in [Asker.educator, .otherLead, .office] {
      #expect(try await !world.browser(as: asker).get("/today").text.contains("You said you would count"), "\(asker)")
    }
  }

  @Test(arguments: Engine.available) func anIdeasOwnerHearsOfItsTrialsWithTheReason(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (_, trial) = try await TrialTests.begun(world)
    let begun = try await world.browser(as: .educator).get("/today").text
    #expect(begun.contains("Kettle Cove Regional is trying") && begun.contains("because the idea is yours"))
    let trying = try await world.browser(as: .otherEducator)
    _ = try await trying.get("\(trial)/report")
    _ = try await trying.post("\(trial)/report", all: TrialTests.counts())
    let reported = try await world.browser(as: .educator).get("/today").text
    #expect(reported.contains("Kettle Cove Regional reported on") && reported.contains("href=\"\(trial)\""))
    #expect(reported.contains("Late often fell from 30 in 100 to 10 in 100"))
    #expect(!(try await trying.get("/today").text.contains("reported on")), "nobody is told of their own acts")
    #expect(try await world.browser(as: .lead).get("/today").text.contains("the latest in the League"))
    world.pass(.days(31))
    #expect(!(try await world.browser(as: .educator).get("/today").text.contains("because the idea is yours")))
  }

  @Test(arguments: Engine.available) func whoCallsMeByNameWaitsUntilIHaveRead(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let asking = try await world.browser(as: .otherEducator)
    let asked = try await asking.post(
      "/discussions",
      ["title": "How long?", "text": "@dana-lead, **how long** did it take?", "asks": "on", "submission": "s-1"])
    let path = try #require(asked.location)
    let lead = try await world.browser(as: .lead)
    let today = try await lead.get("/today").text
    #expect(today.contains("One thing waits for you.") && today.contains("Dana Othereducator asks you: How long?"))
    #expect(today.contains("@dana-lead, how long did it take?") && today.contains("href=\"\(path)#new\""))
    #expect(try await !world.browser(as: .educator).get("/today").text.contains("asks you"))
    _ = try await lead.get(path)
    #expect(try await lead.get("/today").text.contains("Nothing waits for you."))
  }

  @Test(arguments: Engine.available) func theSecondStepComesBeforeEverything(engine: Engine) async throws {
    let world = try await TestWorld(engine, settings: ["second_factor=yes"])
    let (token, office, now) = (world.site.newSecret(), world.person(.office), world.now)
    try await world.site.database.write { db in
      try SessionStore(db: db).add(
        token: token, person: office, now: now, lifetime: .days(60), agent: "Test", address: "127.0.0.1",
        secondFactorAt: nil)
    }
    let browser = Browser(world.site)
    browser.setCookie(world.site.settings.sessionCookie, token)
    let today = try await browser.get("/today").text
    #expect(today.contains("Your second step comes first"))
    #expect(today.contains("href=\"/sign-in/second-factor?next=/today\"") && !today.contains("Find your school"))
    #expect(try await !world.browser(as: .office).get("/today").text.contains("second step"))
  }

  @Test(arguments: Engine.available) func whoBeganAMembershipHasFoundTheSchool(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (outsider, now) = (world.person(.outsider), world.now)
    try await world.site.database.write { db in
      try RoleStore(db: db).end("role-outsider", now: now, by: nil, reason: "has none yet")
      try MembershipStore(db: db).begin(
        Membership.ID("m-1"), school: TestWorld.quaboag,
        .init(party: .school, person: outsider, words: "Dana", id: "e-1", now: now))
    }
    let today = try await world.browser(as: .outsider).get("/today").text
    #expect(!today.contains("Find your school") && !today.contains("One step first."))
    #expect(today.contains("because you began its membership") && today.contains("The office looks whether"))
  }

  @Test func onlyWhatOneMayDoIsOffered() async throws {
    let world = try await TestWorld()
    let (path, _) = try await TrialTests.begun(world)
    for asker in [Asker.liaison, .office] {
      let browser = try await world.browser(as: asker)
      #expect(try await !browser.get("/today").text.contains("Report that you tried something"))
      let idea = try await browser.get(path).text
      #expect(!idea.contains("/trials/new") && idea.contains(">Ask about this idea</a>"), "\(asker)")
    }
    #expect(try await world.browser(as: .lead).get(path).text.contains("\(path)/trials/new"))
    #expect(try await world.browser(as: .visitor).get(path).text.contains("\(path)/trials/new"))
    #expect(try await world.browser(as: .outsider).get(path).text.contains("Find your school to try it"))
  }

  private func takeAgreements(_ world: TestWorld) async throws {
    let agreements = try Agreements(folder: Repository.root.appending(path: "Data"))
    try await world.site.database.write { db in try AgreementStore(db: db).take(agreements) }
  }

  /// The hours of a day in which each greeting begins and ends.
  @Test(arguments: [
    (4, "Good evening"), (5, "Good morning"), (11, "Good morning"), (12, "Good afternoon"), (18, "Good evening"),
  ])
  func theGreetingFitsTheHour(hour: Int, words: String) {
    #expect(greeting(hour: hour) == words)
  }
}
