import Storage
import TestDatabase
import Testing

@testable import App

/// What people show of themselves, and to whom.
struct PeopleTests {
  private static let form: KeyValuePairs = [
    "name": "Dana Marsh", "title": "Science", "about": "I teach <b>rivers</b>.", "ask_me": "advisory slots",
    "looking_for": "a physics partner", "email_shown": "school", "about_shown": "members", "asking_shown": "members",
  ]

  @Test(arguments: Engine.available) func membersSeeEachOtherAndVisitorsSeeNobody(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let educator = try await world.browser(as: .educator)
    #expect(try await educator.post("/account/profile", Self.form).status == 303)
    let page = "/people/\(world.person(.educator))"
    let seen = try await world.browser(as: .otherEducator).get(page)
    #expect(seen.status == 200)
    #expect(seen.text.contains("I teach &lt;b&gt;rivers&lt;/b&gt;."))
    #expect(seen.text.contains("advisory slots"))
    #expect(!seen.text.contains("educator@league.test"))
    #expect(try await world.browser(as: .lead).get(page).text.contains("mailto:educator@league.test"))
    #expect(try await Browser(world.site).get(page).status == 404)
    #expect(try await world.browser(as: .outsider).get(page).status == 404)
    // An outsider has a page of their own, which members do not find.
    let outsiders = "/people/\(world.person(.outsider))"
    #expect(try await world.browser(as: .outsider).get(outsiders).status == 200)
    #expect(try await educator.get(outsiders).status == 404)
  }

  /// Members share a list, and so does the office; neither gets the other's.
  @Test(arguments: Engine.available) func theOfficesListOfPeopleIsItsOwn(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (suspended, now) = (world.person(.lead), world.now)
    try await world.site.database.write { db in
      try db.run("UPDATE person SET suspended_at = \(now) WHERE id = \(suspended)")
    }
    let (office, member) = (try await world.browser(as: .office), try await world.browser(as: .educator))
    let other = try await world.browser(as: .otherEducator)
    for path in ["/people", "/schools/\(TestWorld.ashuelot)"] {
      for (reader, isShown) in [(office, true), (member, false), (office, true), (other, false)] {
        let page = try await reader.get(path).text
        #expect(page.contains("/people/\(suspended)") == isShown && page.contains("/people/person-educator"), "\(path)")
      }
    }
    let outsider = try await world.browser(as: .outsider)
    #expect(try await outsider.get("/people").status == 403)
    #expect(!(try await outsider.get("/schools/\(TestWorld.ashuelot)").text.contains("/people/person-educator")))
  }

  @Test func whatIsShownToNobodyIsNeitherReadNorFound() async throws {
    let world = try await TestWorld()
    let educator = try await world.browser(as: .educator)
    _ = try await educator.post("/account/profile", Self.form)
    let other = try await world.browser(as: .otherEducator)
    #expect(try await other.get("/people?q=advis").text.contains("Dana Marsh"))
    #expect(try await other.get("/people?q=marsh+slot").text.contains("Dana Marsh"))
    _ = try await educator.post(
      "/account/profile",
      [
        "name": "Dana Marsh", "about": "Private words", "ask_me": "advisory slots", "email_shown": "nobody",
        "about_shown": "nobody", "asking_shown": "nobody",
      ])
    #expect(!(try await other.get("/people?q=advis").text.contains("Dana Marsh")))
    #expect(!(try await other.get("/people").text.contains("advisory slots")))
    let page = try await other.get("/people/\(world.person(.educator))")
    #expect(!page.text.contains("Private words") && !page.text.contains("advisory slots"))
  }

  @Test(arguments: Engine.available) func mentionsAreFoundByTheBeginningOfAName(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let lead = try await world.browser(as: .lead)
    let found = try await lead.get("/people/mentions?q=othere")
    #expect(
      found.text == #"[{"handle":"dana-othereducator","name":"Dana Othereducator","school":"Kettle Cove Regional"}]"#)
    #expect(try await lead.get("/people/mentions?q=").text == "[]")
    #expect(try await lead.get("/people/mentions?q=outsid").text == "[]")
  }

  /// Computed from the records: a reported trial, a published idea, and their topics, also of an account merged into it.
  @Test(arguments: Engine.available) func whatSomebodyKnowsComesFromWhatTheyDid(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (writer, trier, now) = (world.person(.educator), world.person(.otherEducator), world.now)
    try await world.site.database.write { db in
      try db.run(
        """
        INSERT INTO idea (id, state, title, summary, problem, problem_html, practice, practice_html, effort, grade_low,
          grade_high, school_id, owner_id, created_at, published_at, changed_at, reviewed_on, review_due, submission)
        VALUES ('i-1', 'published', 'Hold advisory at noon', 'Hold it.', 'p', 'p', 'q', 'q', 'low', 9, 12,
          \(TestWorld.ashuelot), \(writer), \(now), \(now), \(now), '2026-11-01', '2027-11-01', 's-1')
        """)
      try db.run("INSERT INTO idea_topic (topic, idea_id) VALUES ('advisory', 'i-1')")
      try db.run(
        """
        INSERT INTO trial (id, idea_id, idea_version, school_id, person_id, state, registered_at, after_data,
          registration, report, due_on, reported_at, submission, verdict)
        VALUES ('t-1', 'i-1', 1, \(TestWorld.kettleCove), \(trier), 'reported', \(now), 0, 1, 1, '2026-11-01', \(now),
          's-1', 'didNotWork')
        """)
    }
    let lead = try await world.browser(as: .lead)
    let tried = try await lead.get("/people/\(trier)").text
    #expect(tried.contains("Hold advisory at noon") && tried.contains("Did not work · Kettle Cove Regional"))
    #expect(!tried.contains("Wrote down"))
    #expect(try await lead.get("/people/\(writer)").text.contains("Wrote down"))
    try await world.site.database.write { db in try PersonMerger(db: db).merge(trier, into: writer, now: now) }
    let both = try await lead.get("/people/\(writer)").text
    #expect(both.contains("Wrote down") && both.contains("Did not work · Kettle Cove Regional"))
  }

  @Test func aRefusedProfileKeepsTheWords() async throws {
    let world = try await TestWorld()
    let educator = try await world.browser(as: .educator)
    let refused = try await educator.post(
      "/account/profile", ["name": "", "about": "Kept words", "email_shown": "everyone"])
    #expect(refused.status == 422)
    #expect(refused.text.contains("Kept words"))
    #expect(refused.text.contains("Write your name as others shall read it"))
    let saved = try await educator.post("/account/letters", ["letter": "none"])
    #expect(saved.status == 303)
    let row = try await world.site.database.read { db in
      let row = try db.rows("SELECT letter, keys FROM person WHERE id = \(world.person(.educator))")[0]
      return "\(try row.read("letter", as: String.self)) \(try row.read("keys", as: Int.self))"
    }
    #expect(row == "none 0")
  }

  @Test func aNewAccountGoesOnToWhereItWasGoing() async throws {
    let world = try await TestWorld()
    let educator = try await world.browser(as: .educator)
    let welcome = try await educator.get("/account?next=/schools/quaboag/join")
    #expect(welcome.text.contains("Welcome"))
    #expect(welcome.text.contains(#"name="next" value="/schools/quaboag/join""#))
    #expect(try await educator.get("/account?next=//evil.example").text.contains(#"name="next" value="/""#))
  }

  @Test(arguments: Engine.available) func twoAccountsBecomeOneWithBothRoles(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let old = try await world.browser(as: .otherEducator)
    let office = try await world.browser(as: .office)
    let fields: KeyValuePairs = [
      "from": "othereducator@league.test", "into": "educator@league.test", "why": "She told us on the phone.",
    ]
    #expect(try await office.post("/office/people/merger", ["from": "x", "into": "y"]).status == 422)
    #expect(try await office.post("/office/people/merger", fields).status == 303)
    #expect(try await office.post("/office/people/merger", fields).status == 303)
    #expect(try await old.get("/account").status == 303)
    let (schools, login, audits) = try await world.site.database.read { db in
      (
        try RoleStore(db: db).inForce(for: world.person(.educator), now: world.now).compactMap(\.school),
        try PersonStore(db: db).find(email: "othereducator@league.test"),
        try db.rows("SELECT id FROM audit WHERE action LIKE 'account %'").count
      )
    }
    #expect(Set(schools) == [TestWorld.ashuelot, TestWorld.kettleCove])
    #expect(login == world.person(.educator))
    #expect(audits == 2)
    let lead = try await world.browser(as: .lead)
    #expect(
      try await lead.get("/people/\(world.person(.otherEducator))").location == "/people/\(world.person(.educator))")
  }
}
