import Storage
import TestDatabase
import Testing

@testable import App

/// A signal of concern is answered in words, rests while the chart can say nothing new, and is asked anew.
struct ConcernTests {
  @Test(arguments: Engine.available) func anAnswerRestsForEightValues(engine: Engine) async throws {
    let begun = try await ProjectTrialTests.begun(engine)
    let world = begun.world
    world.pass(.days(75))
    try await begun.paste([55, 56, 57, 55, 56, 57, 55, 56, 57, 58], from: "2026-11-30")
    let team = try await begun.browser
    #expect(try await team.get("/projects/attention").text.contains("\(begun.measure)#concern"))
    let asked = try await team.get(begun.measure).text
    #expect(asked.contains("A signal of concern") && asked.contains("What do you make of it?"))
    let refused = try await team.post("\(begun.measure)/concern", ["concern": "Ice"])
    #expect(refused.status == 422 && refused.text.contains(">\nIce</textarea>"))

    let lead = try await world.browser(as: .lead)
    #expect(try await lead.post("\(begun.measure)/concern", ["concern": "It was the ice."]).status == 404)
    _ = try await team.get(begun.measure)
    let words = "The bridge is closed: <two> buses take the long way."
    #expect(try await team.post("\(begun.measure)/concern", ["concern": words]).status == 303)
    let twice = try await team.post("\(begun.measure)/concern", ["concern": words])
    #expect(twice.status == 409 && twice.text.contains("Somebody has answered this meanwhile"))
    #expect(!(try await lead.get("/projects/attention").text.contains("Signals of concern")))
    let answered = try await lead.get(begun.measure).text
    #expect(answered.contains("The bridge is closed: &lt;two&gt; buses") && answered.contains("Dana Educator"))
    #expect(answered.contains("asked anew after 8 more values"))

    world.pass(.days(56))
    let later = try await begun.browser
    try await begun.paste([58, 57, 58, 57, 58, 57, 58], from: "2027-02-08")
    #expect(try await later.get(begun.measure).text.contains("asked anew after 1 more value,"))
    #expect(!(try await later.get("/projects/attention").text.contains("Signals of concern")))
    try await begun.paste([59], from: "2027-03-29")
    #expect(try await later.get("/projects/attention").text.contains("\(begun.measure)#concern"))
    let anew = try await later.get(begun.measure).text
    #expect(anew.contains("What do you make of it?") && anew.contains("The bridge is closed"))
  }

  @Test(arguments: Engine.available) func whatGivesNoCauseIsNotAnsweredAndAnswersStay(engine: Engine) async throws {
    let begun = try await ProjectTrialTests.begun(engine)
    let team = try await begun.browser
    #expect(!(try await team.get(begun.measure).text.contains("A signal of concern")))
    let early = try await team.post("\(begun.measure)/concern", ["concern": "Nothing happened at all."])
    #expect(early.status == 409 && early.text.contains("gives no cause for concern"))

    begun.world.pass(.days(75))
    try await begun.paste([55, 56, 57, 55, 56, 57, 55, 56, 57, 58], from: "2026-11-30")
    let later = try await begun.browser
    _ = try await later.get(begun.measure)
    #expect(try await later.post("\(begun.measure)/concern", ["concern": "The bridge is closed."]).status == 303)
    for attempt: SQL in [
      "UPDATE concern_answer SET words = 'All is well'", "UPDATE concern_answer SET points = 900",
      "DELETE FROM concern_answer",
    ] {
      await #expect(throws: (any Error).self, "\(attempt)") {
        try await begun.world.site.database.write { db in _ = try db.run(attempt) }
      }
    }
  }
}
