import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded

@testable import App

/// A browser in tests: keeps cookies, sends the page's token with each form, goes straight to the router.
final class Browser {
  private let respond: (Request, Visit) async throws -> Response
  private(set) var cookies: [String: String] = [:]
  /// The token of the session's forms; taken from the last page that held one.
  var token = ""

  init(_ site: Site) {
    let responder = site.router().buildResponder()
    respond = { try await responder.respond(to: $0, context: $1) }
  }

  func setCookie(_ name: String, _ value: String) { cookies[name] = value }

  func get(_ path: String, headers: [String: String] = [:]) async throws -> Answered {
    try await send(.get, path, body: "", headers)
  }

  /// Sends a form as the page would, with its token.
  func post(_ path: String, _ fields: KeyValuePairs<String, String> = [:], headers: [String: String] = [:])
    async throws -> Answered
  {
    var form = Fields(fields)
    if !token.isEmpty, !form.has("token") { form.add("token", token) }
    return try await send(.post, path, body: form.encoded, headers)
  }

  func send(_ method: HTTPRequest.Method, _ path: String, body: String, _ headers: [String: String] = [:])
    async throws -> Answered
  {
    let response = try await response(method, path, body: body, headers)
    let collector = Collector(leavesAtFirst: response.headers[.contentType] == "text/event-stream" ? "event:" : nil)
    do { try await response.body.write(collector) } catch is Collector.Left {}
    keepCookies(response.headers[values: .setCookie])
    let answer = Answered(
      status: Int(response.status.code), headers: response.headers, text: await collector.text)
    if let found = answer.text.firstMatch(of: /name="token" value="([0-9a-f]+)"/) { token = String(found.1) }
    return answer
  }

  /// The answer as it is made, before its body is.
  func response(_ method: HTTPRequest.Method, _ path: String, body: String = "", _ headers: [String: String] = [:])
    async throws -> Response
  {
    var head = HTTPRequest(method: method, scheme: "http", authority: "league.test", path: path)
    if method == .post { head.headerFields[.contentType] = "application/x-www-form-urlencoded" }
    if !cookies.isEmpty {
      head.headerFields[.cookie] = cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        .joined(separator: "; ")
    }
    for (name, value) in headers {
      if let field = HTTPField.Name(name) { head.headerFields[field] = value }
    }
    let source = ApplicationRequestContextSource(channel: NIOAsyncTestingChannel(), logger: Logger(label: "test"))
    return try await respond(
      Request(head: head, body: RequestBody(buffer: ByteBuffer(string: body))), Visit(source: source))
  }

  private func keepCookies(_ lines: [String]) {
    for line in lines {
      let pair = line.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard pair.count == 2 else { continue }
      cookies[String(pair[0])] = line.contains("Max-Age=0") ? nil : String(pair[1])
    }
  }
}

/// What came back.
struct Answered {
  let status: Int
  let headers: HTTPFields
  let text: String

  var location: String? { headers[.location] }
}

private actor Collector: ResponseBodyWriter {
  struct Left: Error {}

  /// An answer that goes on for ever is left once these words have come.
  private let words: String?
  private var bytes = ByteBuffer()
  var text: String { String(buffer: bytes) }

  init(leavesAtFirst words: String?) { self.words = words }

  func write(_ buffer: ByteBuffer) throws {
    bytes.writeImmutableBuffer(buffer)
    if let words, text.contains(words) { throw Left() }
  }
  func finish(_ trailers: HTTPFields?) {}
}
