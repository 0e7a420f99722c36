import Storage
import TestDatabase
import Testing

@testable import App

/// An idea comes from one owner to another, on both engines.
struct IdeaOwnerTests {
  @Test(arguments: Engine.available) func anIdeaComesToAColleagueWhoIsToldAndMayDecline(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (owner, lead) = (try await world.browser(as: .educator), try await world.browser(as: .lead))
    let path = try #require(try await IdeaTests.share(owner).location)
    #expect(try await owner.get(path).text.contains("href=\"\(path)/owner\""))
    #expect(try await lead.get("\(path)/owner").status == 404, "a lead may change what it says, not whose it is")
    let form = try await owner.get("\(path)/owner").text
    #expect(form.contains("value=\"person-lead\"") && !form.contains("value=\"person-otherLead\""))
    // Not to oneself, not to another school's, not without a reason.
    for (person, why) in [("person-educator", "They run it"), ("person-otherLead", "They run it"), ("person-lead", "")]
    {
      #expect(try await owner.post("\(path)/owner", ["person": person, "why": why]).status == 422)
    }
    #expect(try await owner.post("\(path)/owner", ["person": "person-lead", "why": "She runs it now"]).status == 303)
    #expect(try await owner.get("\(path)/owner").status == 404, "it is no longer theirs to give")
    #expect(try await lead.get("/notices").text.contains("Dana Educator made you the owner of"))
    #expect(try await lead.get("\(path)/owner").text.contains("She runs it now"))
    #expect(try await lead.post("\(path)/owner/refusal", ["decline_why": ""]).status == 422)
    #expect(try await lead.post("\(path)/owner/refusal", ["decline_why": "I am away until March"]).status == 303)
    #expect(try await lead.get("\(path)/owner").status == 404)
    #expect(try await owner.get("/notices").text.contains("I am away until March"))
    let history = try await owner.get("\(path)/versions").text
    #expect(history.contains("from Dana Educator to Dana Lead, by Dana Educator. She runs it now"))
    #expect(history.contains("Dana Lead declined on"))
    #expect(try await !Browser(world.site).get("\(path)/versions").text.contains("Dana Lead"), "visitors see no names")
    #expect(try await owner.post("\(path)/owner/refusal", ["decline_why": "Nor do I"]).status == 404)
  }

  @Test(arguments: Engine.available) func theOfficeGivesAnIdeaWhoseOwnerHasLeft(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let path = try #require(try await IdeaTests.share(try await world.browser(as: .educator)).location)
    try await world.site.database.write { db in
      try RoleStore(db: db).end("role-educator", now: world.now, by: nil, reason: "left")
    }
    let office = try await world.browser(as: .office)
    #expect(
      try await office.post("\(path)/owner", ["person": "person-lead", "why": "The owner has left"]).status == 303)
    #expect(try await office.get("/office/audit").text.contains("idea given to another owner"))
    let lead = try await world.browser(as: .lead)
    #expect(try await lead.get("\(path)/owner").text.contains("Nobody else could own it"))
    #expect(try await lead.post("\(path)/owner/refusal", ["decline_why": "Not mine to keep"]).status == 303)
    #expect(try await office.get("/notices").text.contains("does not want to own"), "whoever gave it is told")
    #expect(try await office.get(path).text.contains("Dana Educator"))
  }

  @Test func anIdeaDoesNotGoBackToWhoHasLeft() async throws {
    let world = try await TestWorld()
    let (owner, lead) = (try await world.browser(as: .educator), try await world.browser(as: .lead))
    let path = try #require(try await IdeaTests.share(owner).location)
    #expect(try await owner.post("\(path)/owner", ["person": "person-lead", "why": "I move away"]).status == 303)
    #expect(try await lead.get("\(path)/owner").text.contains("decline_why"))
    try await world.site.database.write { db in
      try RoleStore(db: db).end("role-educator", now: world.now, by: nil, reason: "left")
    }
    #expect(try await !lead.get("\(path)/owner").text.contains("decline_why"))
    #expect(try await lead.post("\(path)/owner/refusal", ["decline_why": "Too late"]).status == 404)
  }
}
