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
