import HTTPTypes
import NIOCore
import Testing
import TestDatabase

@testable import App

/// What is kept for visitors, and what never is.
struct PageCacheTests {
  private static let pages = ["/", "/keyboard"] + PublicTexts.paths.map { "/\($0)" }

  @Test(arguments: Engine.available) func aVisitorGetsTheSameBytesTwice(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let visitor = try await world.browser(as: .visitor)
    for path in Self.pages {
      let (first, second) = (try await visitor.get(path), try await visitor.get(path))
      #expect(first.status == 200 && second.text == first.text, "\(path)")
      #expect(second.headers[.eTag] == first.headers[.eTag] && first.headers[.eTag] != nil, "\(path)")
    }
    #expect(world.site.cache.count == Self.pages.count)
  }

  @Test func aKeptPageHoldsNoTokenAndNoName() async throws {
    let world = try await TestWorld()
    let visitor = try await world.browser(as: .visitor)
    for path in Self.pages {
      _ = try await world.browser(as: .office).get(path)
      for _ in 1...2 {
        let text = try await visitor.get(path).text
        #expect(!text.contains("name=\"token\"") && !text.contains("Dana"), "\(path)")
        #expect(text.contains("href=\"/sign-in\""), "\(path)")
      }
    }
  }

  @Test func whoeverIsSignedInNeverGetsAKeptPage() async throws {
    let world = try await TestWorld()
    let visitor = try await world.browser(as: .visitor)
    for path in Self.pages where path != "/" {
      _ = try await visitor.get(path)
      let own = try await world.browser(as: .lead).get(path)
      #expect(own.text.contains("Dana Lead") && own.headers[.eTag] == nil, "\(path)")
    }
  }

  /// A cookie of a session that has ended is not proof that nobody is there.
  @Test func aSessionsCookieIsEnoughToGetAFreshPage() async throws {
    let world = try await TestWorld()
    let browser = Browser(world.site)
    browser.setCookie(world.site.settings.sessionCookie, "of-a-session-that-ended")
    let answer = try await browser.get("/about")
    #expect(answer.status == 200 && answer.headers[.eTag] == nil)
    #expect(world.site.cache.count == 0)
  }

  /// RFC 9110, sections 13.1.2 and 15.4.5.
  @Test func whatTheBrowserHoldsIsNotSentAgain() async throws {
    let world = try await TestWorld()
    let visitor = try await world.browser(as: .visitor)
    let tag = try #require(try await visitor.get("/about").headers[.eTag])
    for wanted in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
      let again = try await visitor.get("/about", headers: ["If-None-Match": wanted])
      #expect(again.status == 304 && again.text.isEmpty, "\(wanted)")
      #expect(again.headers[.eTag] == tag)
    }
    #expect(try await visitor.get("/about", headers: ["If-None-Match": "\"other\""]).status == 200)
  }

  @Test func packedAndPlainBytesHaveValidatorsOfTheirOwn() async throws {
    let world = try await TestWorld()
    let visitor = try await world.browser(as: .visitor)
    let plain = try await visitor.get("/about")
    let packed = try await visitor.get("/about", headers: ["Accept-Encoding": "gzip"])
    #expect(packed.headers[.contentEncoding] == "gzip" && plain.headers[.contentEncoding] == nil)
    #expect(packed.headers[.eTag] != plain.headers[.eTag])
    #expect(plain.headers[.vary]?.contains("Cookie") == true)
  }

  @Test func afterHalfAMinuteThePageIsMadeAnew() async throws {
    let world = try await TestWorld()
    let visitor = try await world.browser(as: .visitor)
    _ = try await visitor.get("/about")
    world.pass(.seconds(29))
    #expect(world.site.cache.find("/about", now: world.now) != nil)
    world.pass(.seconds(1))
    #expect(world.site.cache.find("/about", now: world.now) == nil)
  }

  @Test func whatIsPostedEmptiesIt() async throws {
    let world = try await TestWorld()
    _ = try await world.browser(as: .visitor).get("/about")
    #expect(world.site.cache.count == 1)
    _ = try await world.browser(as: .lead).post("/theme", ["theme": "dark"])
    #expect(world.site.cache.count == 0)
  }

  @Test func aPageMadeBeforeAChangeIsNotKeptAfterIt() {
    let cache = PageCache()
    let (generation, now) = (cache.generation, Instant(milliseconds: 0))
    cache.empty()
    let page = cache.keep(Array("old".utf8), at: "/about", generation: generation, now: now)
    #expect(page.plain.readableBytes == 3)
    #expect(cache.find("/about", now: now) == nil)
  }

  @Test func itNeverHoldsMoreThanItMay() {
    let cache = PageCache()
    for second in 0..<(PageCache.mostPages + 20) {
      _ = cache.keep(Array("x".utf8), at: "/?n=\(second)", generation: 0, now: Instant(milliseconds: Int64(second)))
    }
    #expect(cache.count == PageCache.mostPages)
    #expect(cache.find("/?n=0", now: Instant(milliseconds: 1000)) == nil, "the oldest went")
    #expect(cache.find("/?n=519", now: Instant(milliseconds: 1000)) != nil)
    let long = "/" + String(repeating: "a", count: PageCache.longestAddress)
    _ = cache.keep(Array("x".utf8), at: long, generation: 0, now: Instant(milliseconds: 0))
    #expect(cache.find(long, now: Instant(milliseconds: 0)) == nil)
  }
}

/// What signed-in readers share of pages is made once, and never outlives a change.
struct SharedValuesTests {
  private let now = Instant(milliseconds: 1_000_000)

  @Test func aValueIsMadeOnce() async throws {
    let values = SharedValues()
    #expect(try await values.value("idea", now: now) { 1 } == 1)
    #expect(try await values.value("idea", now: now) { 2 } == 1)
    #expect(try await values.value("other", now: now) { 3 } == 3)
  }

  @Test func itIsMadeAgainAfterHalfAMinuteAndAfterAChange() async throws {
    let values = SharedValues()
    _ = try await values.value("idea", now: now) { 1 }
    #expect(try await values.value("idea", now: now + .seconds(30)) { 2 } == 2)
    values.empty()
    #expect(try await values.value("idea", now: now + .seconds(30)) { 3 } == 3)
  }

  @Test func whatWasMadeBeforeAChangeIsNotKeptAfterIt() async throws {
    let values = SharedValues()
    let old = try await values.value("idea", now: now) {
      values.empty()
      return 1
    }
    #expect(old == 1)
    #expect(values.count == 0)
  }

  @Test func thereAreNeverManyOfThem() async throws {
    let values = SharedValues()
    for number in 0..<(3 * SharedValues.most) { _ = try await values.value("\(number)", now: now) { number } }
    #expect(values.count == SharedValues.most)
  }

  @Test func whatIsPostedForgetsThem() async throws {
    let world = try await TestWorld()
    let browser = try await world.browser(as: .lead)
    _ = try await browser.get("/ideas")
    #expect(world.site.shared.count > 0)
    _ = try await browser.post("/theme", ["theme": "dark"])
    #expect(world.site.shared.count == 0)
  }
}
