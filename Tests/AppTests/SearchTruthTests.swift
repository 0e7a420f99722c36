import Storage
import TestDatabase
import Testing

@testable import App

/// What can be found follows what is saved, in the transaction that saves it.
struct SearchTruthTests {
  private struct Document: Hashable, Sendable {
    let id: String
    let words: [String]
  }

  private func documents(_ world: TestWorld) async throws -> Set<Document> {
    try await world.site.database.read { db in
      try Set(
        db.rows("SELECT * FROM search_document").map { row in
          Document(
            id: try ["kind", "noun_id", "part"].map { try row.read($0, as: String.self) }.joined(separator: " "),
            words: try ["title", "body", "marks", "shown_title", "shown_text", "path", "about"].map { try row.read($0) }
              + [String(try row.read("updated_at", as: Instant.self).milliseconds)])
        })
    }
  }

  /// A search that is filled anew must hold what it held before: the act told it of everything that it changed.
  private func expectTruth(_ world: TestWorld, after act: String, _ place: SourceLocation = #_sourceLocation)
    async throws
  {
    let kept = try await documents(world)
    try await world.site.rebuildSearch { _ in }
    let whole = try await documents(world)
    #expect(!whole.isEmpty, sourceLocation: place)
    let (stale, missing) = (kept.subtracting(whole).map(\.id).sorted(), whole.subtracting(kept).map(\.id).sorted())
    #expect(stale.isEmpty && missing.isEmpty, "after \(act): \(stale), instead \(missing)", sourceLocation: place)
  }

  /// Two ideas, two trials of one of them at two schools, a discussion; everything can be found.
  private func world(_ engine: Engine) async throws -> (world: TestWorld, idea: String, trial: String) {
    let world = try await TestWorld(engine)
    try await world.site.rebuildSearch { _ in }
    let (idea, trial) = try await TrialTests.begun(world)
    try await expectTruth(world, after: "an idea and its trial")
    let lead = try await world.browser(as: .lead)
    _ = try #require(try await lead.post("\(idea)/trials", all: TrialTests.registration(["submission": "t2"])).location)
    _ = try await TalkTests.begin(lead, title: "How many nines?", "Who *knows*?")
    try await expectTruth(world, after: "a second trial and a discussion")
    return (world, idea, trial)
  }

  @Test(arguments: Engine.available) func ideasAndTrialsAreFoundAsTheyAreNow(engine: Engine) async throws {
    let (world, idea, trial) = try await world(engine)
    let (owner, trying) = (try await world.browser(as: .educator), try await world.browser(as: .otherEducator))
    let visitor = try await world.browser(as: .visitor)
    #expect(
      try await visitor.get("/search?q=ninth-grader").text.contains("href=\"\(idea)\""), "as soon as it is shared")

    _ = try await owner.get("\(idea)/edit")
    let changed = try await owner.post(
      idea, all: IdeaTests.fields(["title": "A lantern walk with every newcomer"]) + [("basis", "1")])
    #expect(changed.status == 303)
    let found = try await visitor.get("/search?q=lantern").text
    #expect(found.contains("href=\"\(idea)\"") && found.contains("href=\"\(trial)\""), "a trial bears its idea's title")
    try await expectTruth(world, after: "a change of the title")

    _ = try await trying.get("\(trial)/report")
    _ = try await trying.post("\(trial)/report", all: TrialTests.counts())
    #expect(try await visitor.get("/search?q=lantern&state=worked").text.contains("href=\"\(trial)\""))
    try await expectTruth(world, after: "a report")

    _ = try await owner.post("\(idea)/outdated", ["reason": "The state dropped the test."])
    #expect(try await visitor.get("/search?q=lantern&state=outdated").text.contains("href=\"\(idea)\""))
    try await expectTruth(world, after: "marking an idea as outdated")
    _ = try await owner.post("\(idea)/verification")
    #expect(try await !visitor.get("/search?q=lantern&state=outdated").text.contains("href=\"\(idea)\""))
    try await expectTruth(world, after: "saying that an idea holds again")

    let draft = try #require(
      try await IdeaTests.share(
        owner, ["title": "A draft about quiet rooms", "submission": "d"], adding: [("unpublished", "1")]
      )
      .location)
    try await expectTruth(world, after: "keeping a draft")
    _ = try await owner.post("\(draft)/publication")
    #expect(try await visitor.get("/search?q=quiet+rooms").text.contains("href=\"\(draft)\""))
    try await expectTruth(world, after: "publishing")
  }

  @Test(arguments: Engine.available) func mergedSchoolsTakeTheirWorkAndPeopleAlong(engine: Engine) async throws {
    let (world, _, trial) = try await world(engine)
    let office = try await world.browser(as: .office)
    let merged = try await office.post("/schools/kettle-cove/merger", ["into": "ashuelot"])
    #expect(merged.location == "/schools/ashuelot")
    #expect(try await office.get("/search?q=othereducator").text.contains("Ashuelot Valley Regional"))
    let found = try await office.get("/search?q=kettle+cove").text
    #expect(!found.contains("href=\"/schools/kettle-cove\"") && !found.contains("href=\"\(trial)\""))
    #expect(try await office.get("/search?q=ashuelot&kind=trial").text.contains("href=\"\(trial)\""))
    try await expectTruth(world, after: "a merger")

    let upkeep = try await office.get("/office/schools").text
    let undo = try #require(upkeep.firstMatch(of: /\/office\/schools\/mergers\/[^"]+\/undoing/)).output
    #expect(try await office.post(String(undo)).status == 303)
    #expect(try await office.get("/search?q=kettle+cove").text.contains("href=\"\(trial)\""))
    try await expectTruth(world, after: "taking a merger back")
  }

  /// The counts that stand on an idea are those of its schools; two that became one count once.
  @Test(arguments: Engine.available) func mergedSchoolsCountAsOne(engine: Engine) async throws {
    let (world, idea, trial) = try await world(engine)
    let second = try await world.site.database.read { db in
      try db.value("id", "SELECT id FROM trial WHERE school_id = \(TestWorld.ashuelot)", as: String.self)
    }
    for (asker, path) in [(Asker.otherEducator, trial), (.lead, "/trials/\(try #require(second))")] {
      let browser = try await world.browser(as: asker)
      _ = try await browser.get("\(path)/report")
      #expect(try await browser.post("\(path)/report", all: TrialTests.counts()).status == 303)
    }
    func schools() async throws -> Int? {
      try await world.site.database.read { db in
        try db.value("schools_reported", "SELECT schools_reported FROM idea WHERE id = \(String(idea.dropFirst(7)))")
      }
    }
    #expect(try await schools() == 2)
    let office = try await world.browser(as: .office)
    _ = try await office.post("/schools/kettle-cove/merger", ["into": "ashuelot"])
    #expect(try await schools() == 1)
    let upkeep = try await office.get("/office/schools").text
    let undo = try #require(upkeep.firstMatch(of: /\/office\/schools\/mergers\/[^"]+\/undoing/)).output
    _ = try await office.post(String(undo))
    #expect(try await schools() == 2)
    try await expectTruth(world, after: "a merger and back")
  }

  @Test(arguments: Engine.available) func peopleAreFoundAsTheyAreNow(engine: Engine) async throws {
    let (world, _, _) = try await world(engine)
    let (lead, educator) = (try await world.browser(as: .lead), try await world.browser(as: .educator))
    let (office, member) = (try await world.browser(as: .office), try await world.browser(as: .otherLead))
    func isFound(_ words: String) async throws -> Bool {
      try await member.get("/search?q=\(words)&kind=person").text.contains("class=\"row\"")
    }
    func areFound(_ searches: String...) async throws -> [Bool] {
      var found: [Bool] = []
      for words in searches { found.append(try await isFound(words)) }
      return found
    }
    // Who belongs to no member school is not found; the outsider's school is none.
    #expect(try await !isFound("dana+outsider"))

    let shown: KeyValuePairs = [
      "name": "Quillon Hart", "title": "Science", "about": "I keep bees.", "ask_me": "advisory slots",
      "email_shown": "nobody", "about_shown": "members", "asking_shown": "members",
    ]
    _ = try await lead.post("/account/profile", shown)
    #expect(try await areFound("quillon", "bees", "advisory+slots") == [true, true, true])
    #expect(try await member.get("/search?q=nines").text.contains("Quillon Hart"), "beside what they wrote")
    try await expectTruth(world, after: "another name")
    _ = try await lead.post(
      "/account/profile",
      [
        "name": "Quillon Hart", "about": "I keep bees.", "ask_me": "advisory slots", "email_shown": "nobody",
        "about_shown": "school", "asking_shown": "nobody",
      ])
    #expect(try await areFound("quillon", "bees", "advisory+slots") == [true, false, false])
    try await expectTruth(world, after: "showing less")

    let roster = "/schools/ashuelot/roster"
    _ = try await lead.post("\(roster)/invitations", ["name": "Ida Brook", "email": "ida@x.test", "role": "educator"])
    #expect(try await isFound("ida+brook+ashuelot"))
    try await expectTruth(world, after: "an invitation")
    _ = try await lead.post("\(roster)/role-educator/end", ["reason": "Moved away"])
    #expect(try await !isFound("dana+educator+ashuelot"))
    try await expectTruth(world, after: "the end of a term")
    _ = try await lead.post("\(roster)/imports", ["rows": "email,name\nmax@x.test,Max Reed"])
    #expect(try await isFound("max+reed+ashuelot"))
    try await expectTruth(world, after: "a roster from a file")

    _ = try await office.post("/office/people/merger", ["from": "max@x.test", "into": "ida@x.test", "why": "The same"])
    #expect(try await !isFound("max+reed"))
    try await expectTruth(world, after: "two accounts becoming one")
    _ = try await educator.get("/account")
    let path = "/office/people/\(world.person(.educator))"
    _ = try await office.post("\(path)/suspension", ["suspension": "They asked"])
    #expect(try await !isFound("dana+educator"))
    try await expectTruth(world, after: "a suspension")
    _ = try await office.post("\(path)/restoration")
    try await expectTruth(world, after: "the end of a suspension")
  }

  @Test(arguments: Engine.available) func aSchoolsNameAndMembershipReachItsPeopleAndWork(engine: Engine) async throws {
    let (world, idea, trial) = try await world(engine)
    let member = try await world.browser(as: .lead)
    let now = world.now
    try await world.site.database.write { db in
      var facts = SchoolFacts(official: nil)
      for (field, value) in [
        (SchoolField.name, "Larch Hill Academy"), (.kind, "public"), (.city, "Keene"), (.state, "ME"),
        (.status, "open"),
      ] {
        facts.set(field, value, from: .school)
      }
      try SchoolStore(db: db).change(TestWorld.kettleCove, to: facts, fields: [.name], now: now)
    }
    let found = try await member.get("/search?q=larch+hill").text
    #expect(found.contains("/schools/kettle-cove") && found.contains("Dana Otherlead") && found.contains(trial))
    #expect(try await !member.get("/search?q=kettle").text.contains("/schools/kettle-cove"))
    try await expectTruth(world, after: "another name of a school")

    for (stage, isFound) in [("inactive", false), ("active", true)] {
      try await world.site.database.write { db in
        try SchoolStore(db: db).setMembership(TestWorld.kettleCove, stage, since: nil, now: now)
      }
      // As whatever is posted does: what members find alike is kept for half a minute.
      world.site.cache.empty()
      #expect(
        try await member.get("/search?q=otherlead").text.contains("href=\"/people/person-otherLead\"") == isFound,
        "\(stage)")
      try await expectTruth(world, after: "a membership that is \(stage)")
    }
    #expect(try await member.get("/search?q=conference").text.contains("href=\"\(idea)\""))
  }

  @Test(arguments: Engine.available) func aTermThatBeginsByItselfIsFoundFromThen(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    try await world.site.rebuildSearch { _ in }
    let (lead, member) = (try await world.browser(as: .lead), try await world.browser(as: .otherLead))
    _ = try await lead.post(
      "/schools/ashuelot/roster/invitations",
      ["name": "Ida Brook", "email": "ida@x.test", "role": "educator", "starts": "2026-12-01", "ends": "2026-12-31"])
    #expect(try await !member.get("/search?q=ida+brook").text.contains("Ida Brook</"), "not before the term begins")
    func turn() async throws {
      try await SearchUpkeep(site: world.site).run(since: world.now - .days(10), until: world.now, now: world.now)
    }
    world.pass(.days(8))
    try await turn()
    #expect(try await member.get("/search?q=brook+ashuelot").text.contains("/people/"))
    try await expectTruth(world, after: "the beginning of a term")
    world.pass(.days(31))
    try await turn()
    #expect(try await !member.get("/search?q=brook+ashuelot").text.contains("/people/"))
    try await expectTruth(world, after: "the end of a term")
  }
}
