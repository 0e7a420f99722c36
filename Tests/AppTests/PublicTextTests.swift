import Markup
import Testing

@testable import App

/// What everybody may read.
struct PublicTextTests {
  @Test(arguments: PublicTexts.paths) func aTextHasOneTitleAndItsSectionsUnderIt(path: String) async throws {
    let world = try await TestWorld()
    let text = try await world.browser(as: .visitor).get("/\(path)").text
    #expect(text.matches(of: /<h1[ >]/).count == 1)
    #expect(text.contains("<div class=\"prose written\">"))
    #expect(text.contains("<h2>") && !text.contains("<h4"))
    #expect(!text.contains("title:"))
  }

  /// A link in a text that leads to another part of the site which is not served would be a broken promise.
  @Test func noTextLinksToWhatIsNotServed() async throws {
    let world = try await TestWorld()
    let served = Set(world.site.table().entries.filter { $0.method == "GET" }.map(\.path))
    for text in world.site.texts.all {
      for link in text.body.string.matches(of: /href="(\/[^"#?]*)/).map({ String($0.output.1) }) where link != "/join" {
        #expect(served.contains(link), "\(text.path) links to \(link)")
      }
    }
  }

  @Test func aTextWithoutItsHeadIsRefused() {
    #expect(PublicText(path: "about", source: "# About\n\nWords.") == nil)
    #expect(PublicText(path: "about", source: "---\ntitle: About\n---\nWords.") == nil)
    let text = PublicText(
      path: "about", source: "---\ntitle: About\nsummary: In short.\n---\n# About\n\n## Who\n\nWe.\n")
    #expect(text?.title == "About" && text?.summary == "In short.")
    #expect(text?.body.string == "<h2>Who</h2>\n<p>We.</p>\n")
  }
}
