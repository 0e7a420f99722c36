import Testing

@testable import App

/// Light or dark, as a person chose it.
struct ThemeTests {
  @Test func theChoiceIsKeptAndShownOnEveryPage() async throws {
    let browser = try await TestWorld().browser(as: .lead)
    #expect(try await browser.get("/account/sessions").text.contains("<html lang=\"en\">"))
    #expect(try await browser.post("/theme", ["theme": "dark"]).status == 303)
    #expect(try await browser.get("/account/sessions").text.contains("<html lang=\"en\" data-theme=\"dark\">"))
    #expect(try await browser.post("/theme", ["theme": "system"]).status == 303)
    #expect(try await browser.get("/account/sessions").text.contains("<html lang=\"en\">"))
  }

  @Test func anUnknownThemeChangesNothing() async throws {
    let browser = try await TestWorld().browser(as: .lead)
    _ = try await browser.get("/account/sessions")
    #expect(try await browser.post("/theme", ["theme": "pink\" onload=\"x"]).status == 422)
    #expect(try await browser.get("/account/sessions").text.contains("<html lang=\"en\">"))
  }
}

/// Single keys, as a person wants them.
struct KeysTests {
  @Test func switchedOffInTheAccountTheyAreOffOnEveryPage() async throws {
    let browser = try await TestWorld().browser(as: .lead)
    #expect(try await browser.get("/account/letters").text.contains("data-keys=\"off\"") == false)
    #expect(try await browser.post("/account/letters", ["letter": "each"]).status == 303)
    #expect(try await browser.get("/account/sessions").text.contains("<html lang=\"en\" data-keys=\"off\">"))
  }
}
