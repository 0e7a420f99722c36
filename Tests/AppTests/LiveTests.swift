import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import Storage
import TestDatabase
import Testing

@testable import App

/// News of a discussion, told while it is read.
struct LiveTests {
  /// A discussion of the lead with one post.
  private static func begun(_ world: TestWorld) async throws -> Discussion.ID {
    let lead = try await world.browser(as: .lead)
    let answer = try await lead.post("/discussions", ["title": "Exit tickets", "text": "Who?", "submission": "s-1"])
    return Discussion.ID(try #require(answer.location?.split(separator: "/").last.map(String.init)))
  }

  /// Somebody's open stream, and what has come on it.
  private final class Listener: Sendable {
    let chunks: AsyncStream<String>
    let task: Task<Void, any Error>

    init(_ site: Site, _ browser: Browser, _ path: String) async throws {
      let (chunks, sink) = AsyncStream.makeStream(of: String.self)
      self.chunks = chunks
      let response = try await browser.response(.get, path)
      #expect(response.headers[.contentType] == "text/event-stream")
      task = Task {
        defer { sink.finish() }
        try await response.body.write(ChunkWriter(sink: sink))
      }
    }

    /// All that comes until `words` do, or until the stream ends.
    func until(_ words: String) async -> String {
      var text = ""
      for await chunk in chunks {
        text += chunk
        if text.contains(words) { break }
      }
      return text
    }
  }

  @Test(arguments: Engine.available) func aReplyOnOneServerIsToldOnAnother(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (id, other) = (try await Self.begun(world), world.otherServer())
    let live = Task { try await Live(site: other).run() }
    try await until { other.cache.generation > 0 }
    let reader = try await world.browser(as: .otherLead, at: other)
    let stream = try await Listener(other, reader, "/discussions/\(id)/events?after=1")
    #expect(await stream.until("notices").contains("data: {\"count\":0,\"path\":\"\"}"))

    let writer = try await world.browser(as: .educator)
    let path = try await writer.post("/discussions/\(id)/posts", ["text": "We do.", "submission": "r-1"]).location
    let post = try #require(path?.split(separator: "post-").last)
    let told = await stream.until("\"count\":1")
    #expect(told.contains("event: posts\ndata: {\"count\":1,\"path\":\"/posts/\(post)\"}\n\n"), "\(told)")
    // Of one's own replies nobody needs to be told.
    _ = try await reader.post("/discussions/\(id)/posts", ["text": "We too.", "submission": "r-2"])
    _ = try await writer.post("/posts/\(post)/deletion")
    #expect(await stream.until("\"count\":0").contains("\"count\":0"))
    live.cancel()
    other.streams.stop()
    try await stream.task.value
    #expect(other.streams.count == 0)
  }

  /// Each way in which access ends, and whether a word of the database says so at once.
  @Test(
    arguments: [
      "signs out", "is suspended", "loses the role", "owes the second step", "is signed out everywhere",
      "term ends by itself", "idle too long",
    ])
  func theStreamEndsWithTheAccess(way: String) async throws {
    let world = try await TestWorld()
    let id = try await Self.begun(world)
    let live = Task { try await Live(site: world.site).run() }
    try await until { world.site.cache.generation > 1 }
    let (reader, office) = (try await world.browser(as: .educator), try await world.browser(as: .office))
    let stream = try await Listener(world.site, reader, "/discussions/\(id)/events?after=1")
    _ = await stream.until("notices")
    let (person, now) = (world.person(.educator), world.now)
    var comesByItself = true
    switch way {
    case "signs out": _ = try await reader.post("/sign-out")
    case "is suspended":
      #expect(try await office.post("/office/people/\(person)/suspension", ["suspension": "Twice."]).status == 303)
    case "is signed out everywhere": _ = try await office.post("/office/people/\(person)/sessions/end")
    case "loses the role":
      try await world.site.database.write { db in
        try RoleStore(db: db).end("role-educator", now: now, by: nil, reason: "moved")
      }
    case "owes the second step":
      comesByItself = false
      try await world.site.database.write { db in
        try db.run("UPDATE person SET totp_secret = 'GEZDGNBV' WHERE id = \(person)")
        try db.run("UPDATE session SET second_factor_at = NULL WHERE person_id = \(person)")
      }
    case "term ends by itself":
      comesByItself = false
      try await world.site.database.write { db in
        try db.run("UPDATE role SET ends_at = \(now + .minutes(1)) WHERE person_id = \(person)")
      }
      world.pass(.minutes(1))
    default:
      comesByItself = false
      world.pass(.days(15))
    }
    if !comesByItself { world.site.streams.wake { _ in true } }
    #expect(await stream.until("event: end").hasSuffix("event: end\ndata:\n\n"))
    try await stream.task.value
    #expect(world.site.streams.count == 0)
    live.cancel()
  }

  @Test func hiddenDiscussionsTellNothing() async throws {
    let world = try await TestWorld()
    let id = try await Self.begun(world)
    let reader = try await world.browser(as: .educator)
    #expect(try await reader.get("/discussions/none/events").status == 404)
    try await world.site.database.write { db in try db.run("UPDATE discussion SET hidden = 1 WHERE id = \(id)") }
    #expect(try await reader.get("/discussions/\(id)/events").status == 404)
  }

  @Test func oneMoreOfAPersonEndsTheOldest() async throws {
    let world = try await TestWorld()
    let id = try await Self.begun(world)
    let reader = try await world.browser(as: .educator)
    var streams: [Listener] = []
    for _ in 0...EventStreams.mostOfPerson {
      streams.append(try await Listener(world.site, reader, "/discussions/\(id)/events"))
      _ = await streams.last?.until("notices")
    }
    #expect(await streams[0].until("event: end").contains("event: end"))
    #expect(world.site.streams.count == EventStreams.mostOfPerson)
    world.site.streams.stop()
    for stream in streams { try await stream.task.value }
  }

  /// So that the streams of a process do not all ask the database at the same moment.
  @Test func streamsTakeTurns() throws {
    let streams = EventStreams()
    let opened = try (0..<2 * EventStreams.steps).map { number in
      let reader = EventStreams.Reader(person: Person.ID("p-\(number)"), discussion: Discussion.ID("d"))
      return try #require(streams.open(reader)).key
    }
    for beat in 0..<2 {
      let turns = (0..<EventStreams.steps).map { streams.keys(at: beat * EventStreams.steps + $0) }
      #expect(turns.allSatisfy { $0.count == 2 })
      #expect(Set(turns.joined()) == Set(opened))
    }
  }

  @Test func whatStopsEndsAllAndTakesNone() async throws {
    let world = try await TestWorld()
    let id = try await Self.begun(world)
    let reader = try await world.browser(as: .educator)
    let stream = try await Listener(world.site, reader, "/discussions/\(id)/events")
    _ = await stream.until("notices")
    world.site.streams.stop()
    try await stream.task.value
    #expect(await !stream.until("event: end").contains("event: end"), "the browser may come back, to another server")
    #expect(try await reader.get("/discussions/\(id)/events").status == 429)
  }

  @Test func whoTakesNothingIsLetGo() async throws {
    let world = try await TestWorld()
    let id = try await Self.begun(world)
    let (channel, session) = (NIOAsyncTestingChannel(), "of-the-educator")
    try await world.site.database.write { [now = world.now, person = world.person(.educator)] db in
      try SessionStore(db: db).add(
        token: session, person: person, now: now, lifetime: .days(1), agent: "", address: "", secondFactorAt: now)
    }
    let stream = EventStream(
      site: world.site, reader: .init(person: world.person(.educator), discussion: id),
      session: Session.key(of: session), after: 1, channel: channel)
    let stuck = StuckWriter()
    let task = Task {
      var writer: any ResponseBodyWriter = stuck
      try await stream.run(&writer)
    }
    await stuck.hasBegun()
    await channel.testingEventLoop.advanceTime(by: .init(EventStream.patience))
    try await channel.closeFuture.get()
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(world.site.streams.count == 0)
  }

  @Test func thePageNamesItsStreamWhereNewRepliesWillStand() async throws {
    let world = try await TestWorld()
    let id = try await Self.begun(world)
    let page = try await world.browser(as: .educator).get("/discussions/\(id)")
    #expect(page.text.contains("role=\"status\" data-events=\"/discussions/\(id)/events?after=1\""))
  }

  @Test func wordsBetweenProcessesReadBack() {
    for word in [ProcessWord.changed(by: "a"), .posted(Discussion.ID("d 1")), .access(Person.ID("p"))] {
      #expect(ProcessWord(word.text) == word)
    }
    for text in ["", "changed", "moved a", " a"] { #expect(ProcessWord(text) == nil) }
  }
}

/// Passes on each piece as it comes.
private struct ChunkWriter: ResponseBodyWriter {
  let sink: AsyncStream<String>.Continuation
  func write(_ buffer: ByteBuffer) async throws { sink.yield(String(buffer: buffer)) }
  consuming func finish(_ trailers: HTTPFields?) async throws {}
}

/// Whose reader takes nothing.
private final class StuckWriter: ResponseBodyWriter, Sendable {
  private let (begun, sink) = AsyncStream.makeStream(of: Void.self)

  func hasBegun() async { for await _ in begun { return } }
  func write(_ buffer: ByteBuffer) async throws {
    sink.yield()
    try await Task.sleep(for: .seconds(3600))
  }
  func finish(_ trailers: HTTPFields?) async throws {}
}
