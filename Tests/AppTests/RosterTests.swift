import HTTPTypes
import Storage
import TestDatabase
import Testing

@testable import App

/// Who belongs to a school, through the browser, on both engines.
struct RosterTests {
  private let path = "/schools/ashuelot/roster"

  private func roster(_ world: TestWorld) async throws -> [RosterEntry] {
    try await world.site.database.read { db in try RosterStore(db: db).present(at: TestWorld.ashuelot, now: world.now) }
  }

  @Test func anotherSchoolsLeadFindsNothing() async throws {
    let world = try await TestWorld()
    let other = try await world.browser(as: .otherLead)
    #expect(try await other.get(path).status == 404)
    #expect(try await other.get("\(path)/import").status == 404)
    for (act, fields) in [
      ("invitations", ["name": "Eve", "email": "eve@x.org", "role": "lead"] as KeyValuePairs),
      ("role-educator/end", [:]), ("role-lead/handover", ["successor-name": "Eve", "successor-email": "eve@x.org"]),
      ("domain", ["domain": "x.org"]), ("imports", ["rows": "email,name\neve@x.org,Eve"]),
      ("import", ["rows": "email,name\neve@x.org,Eve"]), ("import/refused", ["rows": "email,name\neve@x.org,Eve"]),
      ("requests/none", ["verdict": "approved"]),
    ] {
      #expect(try await other.post("\(path)/\(act)", fields).status == 404, "\(act)")
    }
    // Nor can a role of this school be reached by way of the other's own path.
    #expect(try await other.post("/schools/kettle-cove/roster/role-educator/end").status == 404)
    #expect(try await roster(world).map(\.id.description) == ["role-lead", "role-educator"])
    #expect(try await world.browser(as: .liaison).get(path).status == 200)
    #expect(try await world.browser(as: .liaison).get("/schools/kettle-cove/roster").status == 404)
  }

  @Test(arguments: Engine.available) func rightsEndWithTheTerm(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let educator = try await world.browser(as: .educator)
    #expect(try await educator.get("/people").status == 200)
    let lead = try await world.browser(as: .lead)
    #expect(try await lead.post("\(path)/role-educator/end", ["reason": "Moved away"]).status == 303)
    #expect(try await educator.get("/people").status == 403)
    #expect(try await educator.get("/account").status == 200)
    // A term with a last day ends by itself.
    let invited = try await lead.post(
      "\(path)/invitations",
      ["name": "Dana Educator", "email": "educator@league.test", "role": "educator", "ends": "2026-11-30"])
    #expect(invited.status == 303)
    #expect(try await educator.get("/people").status == 200)
    world.pass(.days(7))
    #expect(try await educator.get("/people").status == 403)
  }

  @Test(arguments: Engine.available) func theLastLeadCannotLeaveButCanHandOver(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let lead = try await world.browser(as: .lead)
    let refused = try await lead.post("\(path)/role-lead/end")
    #expect(refused.status == 422)
    #expect(refused.text.contains("only lead"))
    #expect(
      try await lead.post("\(path)/role-lead/handover", ["successor-name": "", "successor-email": "nobody"]).status
        == 422)
    let handed = try await lead.post(
      "\(path)/role-lead/handover", ["successor-name": "Ada Next", "successor-email": "Ada@Next.org"])
    #expect(handed.location == "/schools/ashuelot")
    #expect(try await lead.get(path).status == 403)
    let now = try await roster(world).filter { $0.kind == .lead }
    #expect(now.map(\.email) == ["ada@next.org"])
    // The office may leave a school without a lead.
    let office = try await world.browser(as: .office)
    #expect(try await office.post("\(path)/\(now[0].id)/end").status == 303)
    #expect(try await roster(world).allSatisfy { $0.kind == .educator })
  }

  @Test func anInvitedPersonBelongsToTwoSchoolsWithOneAccount() async throws {
    let world = try await TestWorld()
    let lead = try await world.browser(as: .lead)
    let fields: KeyValuePairs = ["name": "Somebody", "email": "othereducator@league.test", "role": "educator"]
    #expect(try await lead.post("\(path)/invitations", fields).status == 303)
    #expect(try await lead.post("\(path)/invitations", fields).status == 303)
    #expect(try await roster(world).count(where: { $0.person == world.person(.otherEducator) }) == 1)
    let roles = try await world.site.database.read { db in
      try RoleStore(db: db).inForce(for: world.person(.otherEducator), now: world.now)
    }
    #expect(roles.compactMap(\.school) == [TestWorld.kettleCove, TestWorld.ashuelot])
    let refused = try await lead.post("\(path)/invitations", ["name": "No One", "email": "no-address"])
    #expect(refused.status == 422)
    #expect(refused.text.contains("value=\"No One\""))
    #expect(refused.text.contains("Write an email address"))
  }

  private let file = """
    email,name,role,title
    ruth@ashuelot.test,Ruth Ouellette,lead,Principal
    "lia@ashuelot.test","Pereira, Lia",,Science
    not-an-address,Nobody,educator,
    educator@league.test,Dana,educator,History
    RUTH@ashuelot.test,Ruth again,,
    max@ashuelot.test,Max,captain,
    """

  @Test(arguments: Engine.available) func aFileTwiceIsAFileOnce(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let lead = try await world.browser(as: .lead)
    let before = try await roster(world)
    let dry = try await lead.post("\(path)/import", ["rows": file])
    #expect(dry.status == 200)
    #expect(dry.text.contains("is no email address"))
    #expect(dry.text.contains("The address stands on line 2 already."))
    #expect(try await roster(world) == before)
    #expect(try await lead.post("\(path)/imports", ["rows": file]).status == 303)
    let after = try await roster(world)
    #expect(
      after.map(\.email) == [
        "lead@league.test", "ruth@ashuelot.test", "educator@league.test", "lia@ashuelot.test",
      ])
    #expect(after.first { $0.email == "educator@league.test" }?.title == "History")
    #expect(after.first { $0.email == "lia@ashuelot.test" }?.name == "Pereira, Lia")
    #expect(try await lead.post("\(path)/imports", ["rows": file]).status == 303)
    #expect(try await roster(world) == after)
    let (imports, letters) = try await world.site.database.read { db in
      (
        try db.rows("SELECT id FROM roster_import").count,
        try db.rows("SELECT id FROM mail WHERE subject LIKE 'You are on the roster%'").count
      )
    }
    #expect(imports == 1)
    #expect(letters == 2)
    let mend = try await lead.post("\(path)/import/refused", ["rows": file])
    #expect(mend.headers[.contentDisposition]?.contains("roster-to-mend.csv") == true)
    #expect(mend.text.contains("not-an-address,Nobody,educator,,4,"))
    #expect(mend.text.split(separator: "\r\n").count == 4)
  }

  @Test func anImportIsTakenBackAndNamesWhatItKept() async throws {
    let world = try await TestWorld()
    let lead = try await world.browser(as: .lead)
    _ = try await lead.post("\(path)/imports", ["rows": file])
    world.pass(.minutes(5))
    let now = world.now
    let id = try await world.site.database.write { db in
      let lia = try PersonStore(db: db).find(email: "lia@ashuelot.test").orRefuse(.notFound)
      try SessionStore(db: db).add(
        token: "lia", person: lia, now: now, lifetime: .days(1), agent: "Test", address: "127.0.0.1")
      return try db.rows("SELECT id FROM roster_import")[0].read("id", as: String.self)
    }
    let undone = try await lead.post("\(path)/imports/\(id)/undo")
    #expect(undone.status == 200)
    #expect(undone.text.contains("Pereira, Lia: has signed in since."))
    let after = try await roster(world)
    #expect(after.map(\.email) == ["lead@league.test", "educator@league.test", "lia@ashuelot.test"])
    #expect(after.first { $0.email == "educator@league.test" }?.title == "")
    #expect(try await lead.post("\(path)/imports/\(id)/undo").status == 303)
  }

  @Test func textThatIsNoRosterIsRefusedWithAReason() {
    for (text, words) in [
      ("", "Paste the lines"), ("name,school\nAda,X", "must name the columns"), ("email,name\n", "no person in it"),
      ("email,name\n\"a@b.org,Ada", "never closed"),
    ] {
      do {
        _ = try RosterFile(text)
        Issue.record("\(text) was read")
      } catch {
        guard case .invalid(let problems) = error else {
          Issue.record("\(error)")
          continue
        }
        #expect(problems["rows"]?.contains(words) == true, "\(problems)")
      }
    }
  }

  @Test(arguments: Engine.available) func whoAsksIsLetInByALeadOrByTheSchoolsDomain(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let asker = try await world.browser(as: .outsider)
    #expect(try await asker.post("/schools/ashuelot/ask", ["title": ""]).status == 422)
    #expect(try await asker.post("/schools/ashuelot/ask", ["title": "Art"]).location == "/schools/ashuelot/ask")
    _ = try await asker.post("/schools/ashuelot/ask", ["title": "Art"])
    let lead = try await world.browser(as: .lead)
    let request = try await world.site.database.read { db in
      try RosterRequestStore(db: db).waiting(at: TestWorld.ashuelot)
    }
    #expect(request.count == 1)
    #expect(try await asker.get("/people").status == 403)
    #expect(try await lead.post("\(path)/requests/\(request[0].id)", ["verdict": "approved"]).status == 303)
    #expect(try await asker.get("/people").status == 200)
    #expect(try await lead.post("\(path)/domain", ["domain": "gmail.com"]).status == 422)
    #expect(try await lead.post("\(path)/domain", ["domain": "@League.test"]).status == 303)
    let other = try await world.browser(as: .otherEducator)
    #expect(try await other.post("/schools/ashuelot/ask", ["title": "Music"]).location == "/today")
    #expect(try await roster(world).contains { $0.person == world.person(.otherEducator) && $0.title == "Music" })
  }
}
