import HTTPTypes
import Hummingbird
import NIOCore
import SignIn
import Storage
import Synchronization

/// Finished pages for visitors, kept for half a minute so that many readers cost little more than one.
///
/// Only routes that opt in are kept, only their plain 200 pages, and only for requests without a session: what is kept
/// holds no name and no token. Anything that is posted empties it, so nobody sees an old page after a change they made;
/// the caches of other processes are emptied by what its transaction notifies (`ProcessWord`).
package final class PageCache: Sendable {
  /// How long a page is shown as it was.
  static let lifetime = Span.seconds(30)
  static let mostPages = 500
  static let mostBytes = 32 << 20
  /// A longer address is not kept: nobody links to it, and it costs room.
  static let longestAddress = 300

  struct Kept: Sendable {
    let plain: ByteBuffer
    /// Nil where packing gains nothing.
    let packed: ByteBuffer?
    /// A strong validator of the plain bytes, without quotes.
    let tag: String
    let until: Instant

    var size: Int { plain.readableBytes + (packed?.readableBytes ?? 0) }
  }

  fileprivate struct State: Sendable {
    var pages: [String: Kept] = [:]
    var bytes = 0
    /// Raised by each `empty()`, so that a page made before a change is not kept after it.
    var generation = 0
    var isDeaf = false
  }

  /// Names this cache among those of other processes.
  let name = Secrets.token()

  /// Parts of pages that signed-in readers share; they go when the pages go.
  let parts = SharedValues()

  private let state = Mutex(State())

  package init() {}

  var generation: Int { state.withLock { $0.generation } }
  var count: Int { state.withLock { $0.pages.count } }

  func find(_ address: String, now: Instant) -> Kept? {
    state.withLock { state in
      guard !state.isDeaf, let kept = state.pages[address], kept.until > now,
        kept.until <= now + Self.lifetime + .drift
      else { return nil }
      return kept
    }
  }

  /// Packs and keeps a page, unless something was posted since `generation` was read.
  ///
  /// - Returns: the page as it is to be sent now, kept or not.
  func keep(_ bytes: [UInt8], at address: String, generation: Int, now: Instant) -> Kept {
    let packed = bytes.count > 512 ? gzip(bytes, level: 6) : nil
    let page = Kept(
      plain: ByteBuffer(bytes: bytes), packed: packed.map { ByteBuffer(bytes: $0) },
      tag: String(sha256(String(decoding: bytes, as: UTF8.self)).prefix(24)), until: now + Self.lifetime)
    guard address.utf8.count <= Self.longestAddress, page.size <= Self.mostBytes / 8 else { return page }
    state.withLock { state in
      guard state.generation == generation, !state.isDeaf else { return }
      state.remove(address)
      state.makeRoom(for: page.size, now: now)
      state.pages[address] = page
      state.bytes += page.size
    }
    return page
  }

  /// Forgets everything: something has changed.
  func empty() {
    parts.empty()
    state.withLock { $0 = State(generation: $0.generation &+ 1, isDeaf: $0.isDeaf) }
  }

  /// Runs what changes pages: other processes forget theirs as soon as it is committed, and this one when it is done.
  func changing<Value>(_ work: () async throws -> Value) async throws -> Value {
    defer { empty() }
    return try await Announcement.$current.withValue(ProcessWord.changed(by: name).text) { try await work() }
  }

  /// Nothing is kept while nothing is heard of what others change.
  func setDeaf(_ isDeaf: Bool) {
    parts.setDeaf(isDeaf)
    state.withLock { $0.isDeaf = isDeaf }
    empty()
  }
}

extension PageCache.State {
  fileprivate mutating func remove(_ address: String) {
    if let old = pages.removeValue(forKey: address) { bytes -= old.size }
  }

  /// Lets go of pages whose time is over, then of the oldest.
  fileprivate mutating func makeRoom(for size: Int, now: Instant) {
    func isFull() -> Bool { pages.count >= PageCache.mostPages || bytes + size > PageCache.mostBytes }
    guard isFull() else { return }
    for (address, page) in pages where page.until <= now { remove(address) }
    while isFull(), let oldest = pages.min(by: { $0.value.until < $1.value.until }) { remove(oldest.key) }
  }
}

// MARK: HTTP

extension PageCache {
  /// The address under which the answer to `request` may be kept; nil when it may not: somebody is signed in, or was.
  static func address(of request: Request, _ visit: Visit, sessionCookie: String) -> String? {
    guard !visit.viewer.isSignedIn, request.cookies[sessionCookie] == nil else { return nil }
    return request.uri.string
  }
}

extension PageCache.Kept {
  /// The page, or 304 where the browser holds it already.
  func response(to request: Request, acceptsGzip: Bool) -> Response {
    let body = acceptsGzip ? packed ?? plain : plain
    let isPacked = acceptsGzip && packed != nil
    let validator = "\"\(tag)\(isPacked ? "-gz" : "")\""
    var headers: HTTPFields = [.vary: "Accept-Encoding, Cookie", .cacheControl: "private, no-cache", .eTag: validator]
    if matches(request.headers[.ifNoneMatch], validator) { return Response(status: .notModified, headers: headers) }
    headers[.contentType] = "text/html; charset=utf-8"
    if isPacked { headers[.contentEncoding] = "gzip" }
    return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: body))
  }

  /// Weak comparison, as RFC 9110 section 13.1.2 asks for.
  private func matches(_ wanted: String?, _ validator: String) -> Bool {
    guard let wanted else { return false }
    return wanted.split(separator: ",").contains { each in
      let trimmed = each.trimmed
      return trimmed == "*" || trimmed == validator || trimmed == "W/\(validator)"
    }
  }
}
