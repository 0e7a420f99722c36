import Foundation
import Markup
import Testing

@testable import App

/// Every page of the gallery, as it is served.
struct GalleryTests {
  private static let assets = Assets(
    stylesheet: "/assets/league.css", scripts: ["/assets/league.js"], icon: "/assets/icon.svg", isDemonstration: true,
    hasDoors: true)

  /// The page without what stands around every page, so that a new entry of the menu does not change them all.
  @Test(arguments: Gallery.samples.map(\.path))
  func aPageIsAsItWasAccepted(_ path: String) throws {
    let page = try #require(Gallery.find(path)).page
    try expectSnapshot("<title>\(page.title)</title>\(page.content.string)", named: "\(path).html")
  }

  @Test(arguments: ["visitor", "lead", "office"])
  func whatStandsAroundAPageIsAsItWasAccepted(_ who: String) throws {
    let viewers = ["visitor": Viewer.sampleVisitor, "lead": .sampleLead, "office": .sampleOffice]
    var page = Page("Ideas", section: .ideas) { h1 { "Ideas" } }
    page.notice = "The idea is shared."
    page.undo = "/ideas/42/withdrawal"
    page.summary = "What schools have tried."
    page.feed = "/ideas.atom"
    let document = Layout.document(page, for: try #require(viewers[who]), assets: Self.assets)
    try expectSnapshot(document.string, named: "layout/\(who).html")
  }

  /// A link is a path of this site, a place on the page, or a whole address; never empty, never with a space.
  @Test(arguments: Gallery.samples.map(\.path))
  func everyLinkIsWellFormed(_ path: String) throws {
    let sample = try #require(Gallery.find(path))
    let document = Layout.document(sample.page, for: sample.viewer, assets: Self.assets).string
    for link in document.matches(of: /(?:href|action)="([^"]*)"/).map({ String($0.output.1) }) {
      let isPath = link.wholeMatch(of: /\/(?:[^\/\s][^\s]*)?/) != nil
      let isPlace = link.wholeMatch(of: /#[^\s#]+/) != nil
      let isAddress = link.wholeMatch(of: /(?:https?|webcal|otpauth):\/\/[^\s]+|mailto:[^\s]+@[^\s]+/) != nil
      #expect(isPath || isPlace || isAddress, "\(path): \(link)")
    }
  }

  /// The summary of problems and the descriptions of fields lead somewhere.
  @Test(arguments: Gallery.samples.map(\.path))
  func everyIdThatIsPointedAtExistsOnce(_ path: String) throws {
    let sample = try #require(Gallery.find(path))
    let document = Layout.document(sample.page, for: sample.viewer, assets: Self.assets).string
    let ids = document.matches(of: /\sid="([^"]*)"/).map { String($0.output.1) }
    #expect(Set(ids).count == ids.count, "\(path): an id stands twice")
    let pointers = document.matches(
      of: /\s(?:href="#|for="|aria-describedby="|popovertarget="|aria-labelledby=")([^"]+)"/)
    for id in pointers.flatMap({ $0.output.1.split(separator: " ") }) {
      #expect(ids.contains(String(id)), "\(path): nothing is called \(id)")
    }
  }

  /// Who listens to a page moves by its headings: one title, and no level left out on the way down.
  @Test(arguments: Gallery.samples.map(\.path))
  func headingsDescendOneLevelAtATime(_ path: String) throws {
    let page = try #require(Gallery.find(path)).page
    let levels = page.content.string.matches(of: /<h([1-6])/).compactMap { Int($0.output.1) }
    #expect(levels.filter { $0 == 1 }.count == 1, "\(path): one title")
    for (above, below) in zip(levels, levels.dropFirst()) {
      #expect(below <= above + 1, "\(path): h\(below) follows h\(above)")
    }
  }

  @Test func noTwoSamplesShareAPath() {
    let paths = Gallery.samples.map(\.path)
    #expect(Set(paths).count == paths.count)
  }

  @Test func theIndexNamesEverySample() {
    let index = Layout.document(GalleryPages.index, for: .sampleVisitor, assets: Self.assets).string
    for sample in Gallery.samples { #expect(index.contains("href=\"/gallery/\(sample.path)\"")) }
  }
}
