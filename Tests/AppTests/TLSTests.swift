import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import NIOPosix
import NIOSSL
import NIOTLS
import ServiceLifecycle
import TestDatabase
import Testing

@testable import App

/// The server with a certificate of its own.
struct TLSTests {
  private func files(_ pair: (certificate: String, key: String), _ more: [String] = []) throws -> CertificateFiles {
    try #require(
      CertificateFiles(try Settings(flags: ["tls_certificate=\(pair.certificate)", "tls_key=\(pair.key)"] + more)))
  }

  private struct Hello: HTTPResponder {
    func respond(to request: Request, context: Visit) async throws -> Response {
      Response(status: .ok, headers: [.contentLength: "5"], body: ResponseBody(byteBuffer: ByteBuffer(string: "hello")))
    }
  }

  /// Runs a server while `work` asks it.
  private func serve(
    _ certificate: ServerCertificate, _ work: @escaping @Sendable (Int) async throws -> Void
  ) async throws {
    let (ports, port) = AsyncStream.makeStream(of: Int.self)
    let server = WebServer(
      responder: Hello(), listener: .address("127.0.0.1", port: 0), log: Logger(label: "test"), deadline: .seconds(10),
      ready: { port.yield($0) }, certificate: certificate, settling: .milliseconds(10))
    let group = ServiceGroup(services: [server], logger: Logger(label: "test"))
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { try await group.run() }
      if let taken = await ports.first(where: { _ in true }) { try await work(taken) }
      await group.triggerGracefulShutdown()
      try await tasks.waitForAll()
    }
  }

  /// What came back, until the server closed.
  private func ask(_ port: Int, trusting certificate: String?, highest: TLSVersion? = nil) async throws -> String {
    let context = try certificate.map { path in
      var client = TLSConfiguration.makeClientConfiguration()
      client.trustRoots = .file(path)
      client.maximumTLSVersion = highest
      client.applicationProtocols = ["http/1.1"]
      return try NIOSSLContext(configuration: client)
    }
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          if let context {
            try channel.pipeline.syncOperations.addHandler(
              try NIOSSLClientHandler(context: context, serverHostname: nil))
          }
          return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
    return try await channel.executeThenClose { inbound, outbound in
      if context != nil {
        try await outbound.write(ByteBuffer(string: "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
      }
      var text = ""
      for try await part in inbound { text += String(buffer: part) }
      return text
    }
  }

  @Test func whoBelievesTheCertificateGetsThePage() async throws {
    let (pair, other) = (try MailServer.certificate(), try MailServer.certificate())
    try await serve(try ServerCertificate(files(pair))) { port in
      let text = try await ask(port, trusting: pair.certificate)
      #expect(text.hasPrefix("HTTP/1.1 200") && text.hasSuffix("hello"))
      #expect(try await ask(port, trusting: pair.certificate, highest: .tlsv12).hasSuffix("hello"))
      await #expect(throws: (any Error).self) { try await ask(port, trusting: other.certificate) }
      await #expect(throws: (any Error).self) { try await ask(port, trusting: pair.certificate, highest: .tlsv11) }
    }
  }

  @Test func aRenewedCertificateIsTakenUp() async throws {
    let (first, second) = (try MailServer.certificate(), try MailServer.certificate())
    let folder = try TemporaryFolder()
    let kept = (folder.url.appending(path: "c.pem").path, folder.url.appending(path: "k.pem").path)
    @Sendable func lay(_ from: String, _ to: String) throws {
      try Data(contentsOf: URL(filePath: from)).write(to: URL(filePath: to))
    }
    try lay(first.certificate, kept.0)
    try lay(first.key, kept.1)
    let certificate = try ServerCertificate(files(kept))
    #expect(try certificate.refresh() == false)
    // Between the two files' change the one before stays.
    try lay(second.certificate, kept.0)
    #expect(throws: SettingsError.self) { try certificate.refresh() }
    try await serve(certificate) { port in
      #expect(try await ask(port, trusting: first.certificate).hasSuffix("hello"))
      try lay(second.key, kept.1)
      #expect(try certificate.refresh())
      #expect(try await ask(port, trusting: second.certificate).hasSuffix("hello"))
      await #expect(throws: (any Error).self) { try await ask(port, trusting: first.certificate) }
    }
  }

  @Test func whoDoesNotShakeHandsIsLetGo() async throws {
    let pair = try MailServer.certificate()
    try await serve(try ServerCertificate(files(pair), deadline: .milliseconds(50))) { port in
      // Ends only because the server closes.
      let text = try await ask(port, trusting: nil)
      #expect(text.isEmpty)
    }
  }

  @Test func theDeadlineIsForTheHandshakeOnly() throws {
    let slow = EmbeddedChannel(handler: HandshakeDeadline(.seconds(15)))
    try slow.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    slow.embeddedEventLoop.advanceTime(by: .seconds(16))
    #expect(!slow.isActive)
    let good = EmbeddedChannel(handler: HandshakeDeadline(.seconds(15)))
    try good.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    good.pipeline.fireUserInboundEventTriggered(TLSUserEvent.handshakeCompleted(negotiatedProtocol: nil))
    good.embeddedEventLoop.advanceTime(by: .seconds(16))
    #expect(good.isActive)
  }

  @Test func filesThatCannotBeUsedAreNamed() throws {
    let (pair, other) = (try MailServer.certificate(), try MailServer.certificate())
    func trouble(_ certificate: String, _ key: String) throws -> String {
      let files = try files((certificate, key))
      let error = #expect(throws: SettingsError.self) { try files.read() }
      return error?.description ?? ""
    }
    #expect(try trouble("/nowhere.pem", pair.key).contains("tls_certificate = /nowhere.pem: there is no such file"))
    #expect(try trouble(pair.certificate, "/nowhere.pem").contains("tls_key = /nowhere.pem"))
    #expect(try trouble(pair.key, pair.key).contains("no certificate in PEM"))
    #expect(try trouble(pair.certificate, pair.certificate).contains("no private key in PEM"))
    #expect(try trouble(pair.certificate, other.key).contains("is not the key of the certificate"))
  }

  @Test func settingsGoTogether() throws {
    let both = ["tls_certificate=c.pem", "tls_key=k.pem"]
    let settings = try Settings(flags: both + ["port=8443"])
    #expect(settings.isSecure && settings.origin == "https://127.0.0.1:8443")
    #expect(settings.sessionCookie.hasPrefix("__Host-"))
    for wrong in [
      ["tls_certificate=c.pem"], ["tls_key=k.pem"], both + ["origin=http://league.example.org"], ["redirect_port=80"],
    ] {
      #expect(throws: SettingsError.self) { try Settings(flags: wrong) }
    }
  }

  @Test func theDoctorReadsItsEnd() throws {
    let pair = try MailServer.certificate()
    let settings = try Settings(flags: ["tls_certificate=\(pair.certificate)", "tls_key=\(pair.key)"])
    let end = try files(pair).read().end
    func grade(_ now: Instant) -> Finding.Grade? {
      CertificateExamination(settings: settings, now: now).findings().first?.grade
    }
    #expect(grade(end - .days(20)) == .good)
    #expect(grade(end - .days(2)) == .warning)
    #expect(grade(end + .days(1)) == .bad)
    let broken = try Settings(flags: ["tls_certificate=/nowhere", "tls_key=\(pair.key)"])
    #expect(CertificateExamination(settings: broken, now: end).findings().first?.grade == .bad)
    let plain = try Settings()
    #expect(CertificateExamination(settings: plain, now: end).findings().isEmpty)
  }

  @Test func whoComesWithoutEncryptionIsLedToTheSite() async throws {
    let folder = try TemporaryFolder()
    let challenges = folder.url.appending(path: ".well-known/acme-challenge")
    try FileManager.default.createDirectory(at: challenges, withIntermediateDirectories: true)
    try Data("token.key".utf8).write(to: challenges.appending(path: "token"))
    try Data("secret".utf8).write(to: folder.url.appending(path: "secret"))
    let door = PlainDoor(origin: "https://league.example.org", folder: folder.url)
    func answer(_ method: HTTPRequest.Method, _ path: String) async throws -> Response {
      let request = Request(
        head: .init(method: method, scheme: "http", authority: "evil.example", path: path),
        body: .init(buffer: ByteBuffer()))
      let source = ApplicationRequestContextSource(channel: EmbeddedChannel(), logger: Logger(label: "test"))
      return try await door.respond(to: request, context: Visit(source: source))
    }
    let led = try await answer(.get, "/ideas?page=2")
    #expect(led.status == .movedPermanently && led.headers[.location] == "https://league.example.org/ideas?page=2")
    for path in ["@evil.example", "//evil.example/", "http://evil.example/x"] {
      let location = try await answer(.get, path).headers[.location] ?? ""
      #expect(location.isEmpty || location.hasPrefix("https://league.example.org/"), "\(path): \(location)")
    }
    #expect(try await answer(.post, "/sign-in").status == .badRequest)
    #expect(try await answer(.get, "/.well-known/acme-challenge/token").status == .ok)
    for path in ["nothing", "../../secret", "..%2F..%2Fsecret", ""] {
      #expect(try await answer(.get, "/.well-known/acme-challenge/\(path)").status == .notFound)
    }
  }
}
