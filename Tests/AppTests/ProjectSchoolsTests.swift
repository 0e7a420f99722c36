import Storage
import TestDatabase
import Testing

@testable import App

/// Several schools in one project: who names them, who is told, whose values are whose.
struct ProjectSchoolsTests {
  private static func otherSchool(_ world: TestWorld) async throws -> School.ID {
    let person = world.person(.otherEducator)
    return try await world.site.database.read { db in
      School.ID(
        try db.value("school_id", "SELECT school_id FROM role WHERE person_id = \(person)", as: String.self) ?? "")
    }
  }

  @Test(arguments: Engine.available) func aSchoolOfTheTeamJoinsAndMeasuresForItself(engine: Engine) async throws {
    let begun = try await ProjectTrialTests.begun(engine)
    let (world, team, school) = (begun.world, try await begun.browser, try await Self.otherSchool(begun.world))
    let id = String(begun.project.dropFirst("/projects/".count))
    #expect(try await team.get("\(begun.project)/team").text.contains("put one of its people on the team first"))
    let early = try await team.post("\(begun.project)/schools", ["school": "\(school)"])
    #expect(early.status == 422 && early.text.contains("Choose a school of somebody on the team."))

    let other = try await world.browser(as: .otherEducator)
    _ = try await other.get(begun.project)
    let measure = [
      ("name", "Late in our school"), ("kind", "count"), ("better", "lower"), ("who", "All ninth-graders"),
      ("what", "Late arrivals"), ("how", "Fridays"), ("role", "outcome"), ("schedule", "week"), ("rules", "anhoej"),
      ("project", id), ("submission", "m2"),
    ]
    _ = try await team.post(
      "\(begun.project)/team", ["person": "\(world.person(.otherEducator))", "role": "member"])
    #expect(try await other.post("/measures", all: measure).status == 404, "on the team, and no school of the project")
    #expect(try await team.post("\(begun.project)/schools", ["school": "\(school)"]).status == 303)
    #expect(try await team.post("\(begun.project)/schools", ["school": "\(school)"]).status == 422)

    let lead = try await world.browser(as: .otherLead)
    #expect(try await lead.get("/notices").text.contains("works on “Fewer ninth-graders late” now"))
    let page = try await lead.get(begun.project).text
    #expect(page.contains("href=\"/schools/\(school)\"") && page.contains("\(TestWorld.ashuelot)"))
    #expect(try await lead.get("/projects?view=answered").text.contains("href=\"\(begun.project)\""))

    let column = try #require(try await other.post("/measures", all: measure).location)
    let theirs = String(column.dropLast("/column".count).dropFirst("/measures/".count))
    let keptFor: String? = try await world.site.database.read { db in
      try db.value("school_id", "SELECT school_id FROM measure WHERE id = \(theirs)")
    }
    #expect(keptFor == "\(school)")
    _ = try await team.get("/measures/\(theirs)")
    #expect(try await team.post("/measures/\(theirs)/values", ["value": "12"]).status == 404, "their values are theirs")
    #expect(try await other.post("\(begun.measure)/values", ["value": "12"]).status == 404)
    #expect(try await other.post("/measures/\(theirs)/values", ["value": "12"]).status == 303)
    #expect(try await team.get("\(begun.project)/cycles/new").text.contains("Late in our school"))
    #expect(try await team.get("\(begun.project)/record.json").text.contains("\"schools\""))
  }

  @Test(arguments: Engine.available) func aLeadTakesTheirSchoolOffAgain(engine: Engine) async throws {
    let begun = try await ProjectTrialTests.begun(engine)
    let (world, team, school) = (begun.world, try await begun.browser, try await Self.otherSchool(begun.world))
    _ = try await team.get("\(begun.project)/team")
    _ = try await team.post(
      "\(begun.project)/team", ["person": "\(world.person(.otherEducator))", "role": "member"])
    _ = try await team.post("\(begun.project)/schools", ["school": "\(school)"])
    let end = "\(begun.project)/schools/\(school)/end"
    let stranger = try await world.browser(as: .lead)
    _ = try await stranger.get(begun.project)
    #expect(try await stranger.post(end).status == 403)
    #expect(try await stranger.post("\(begun.project)/schools/\(TestWorld.ashuelot)/end").status == 404)
    let lead = try await world.browser(as: .otherLead)
    _ = try await lead.get(begun.project)
    #expect(try await lead.post(end).status == 303)
    #expect(!(try await team.get(begun.project).text.contains("href=\"/schools/\(school)\"")))
    let other = try await world.browser(as: .otherEducator)
    #expect(try await other.get("\(begun.project)/edit").status == 403, "their people work on it no more")
    #expect(try await lead.post(end).status == 404)
  }

  /// A cycle on the other school's measure is a trial of that school.
  @Test(arguments: Engine.available) func aSharedCycleIsATrialOfItsMeasuresSchool(engine: Engine) async throws {
    let begun = try await ProjectTrialTests.begun(engine)
    let (world, school) = (begun.world, try await Self.otherSchool(begun.world))
    let measure = String(begun.measure.dropFirst("/measures/".count))
    try await begun.studied()
    let team = try await begun.browser
    try await world.site.database.write { db in
      try TeamStore(db: db).add(school, to: Project.ID(String(begun.project.dropFirst("/projects/".count))), id: "ps")
      try db.run("UPDATE measure SET school_id = \(school) WHERE id = \(measure)")
    }
    _ = try await team.get("\(begun.cycle)/trial")
    let shared = try await team.post(
      "\(begun.cycle)/trial",
      all: [
        ("idea", String(begun.idea.dropFirst("/ideas/".count))), ("students", "118"),
        ("happened", ProjectTrialTests.story),
      ])
    #expect(shared.status == 303)
    let kept: String? = try await world.site.database.read { db in
      try db.value("school_id", "SELECT school_id FROM trial")
    }
    #expect(kept == "\(school)")
  }
}
