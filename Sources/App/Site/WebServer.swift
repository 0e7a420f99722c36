import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization

/// Where the server waits for connections.
enum Listener: Sendable, Equatable {
  case address(String, port: Int)
  /// A socket that the system holds open for the program, so that connections wait in it while the program starts anew.
  case inherited(descriptor: CInt)

  /// The socket that systemd passes (sd_listen_fds(3)): the first descriptor behind the standard three, when it is meant
  /// for this process; the one behind it at `place` 1. Nil when there is none.
  static func passed(_ environment: [String: String], process: Int32, place: Int = 0) -> Listener? {
    guard environment["LISTEN_PID"] == "\(process)", let count = environment["LISTEN_FDS"].flatMap(Int.init),
      count > place
    else { return nil }
    return .inherited(descriptor: CInt(3 + place))
  }

  /// Finds out whether the place is free, so that a second program touches nothing before it learns that it is not.
  ///
  /// - Throws: `OpeningTrouble`. What is no numeric address is found out when it is listened on.
  func check() throws {
    guard case .address(let host, let port) = self else { return }
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV
    var found: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, "\(port)", &hints, &found) == 0, let place = found else { return }
    defer { freeaddrinfo(place) }
    let descriptor = socket(place.pointee.ai_family, place.pointee.ai_socktype, 0)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    // As the server will ask for it: then only who listens there stands in the way.
    var yes: CInt = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<CInt>.size))
    guard bind(descriptor, place.pointee.ai_addr, place.pointee.ai_addrlen) != 0 else { return }
    if let trouble = OpeningTrouble(listeningOn: host, port: port, code: errno) { throw trouble }
  }
}

/// The HTTP server. When the program is told to stop, it accepts no more connections, answers what has come, tells
/// browsers that keep a connection to open another, and only then ends what is idle.
struct WebServer: Service {
  let responder: any HTTPResponder<Visit>
  let listener: Listener
  let log: Logger
  /// How long a request may take to arrive whole.
  let deadline: TimeAmount
  /// Called with the port once connections are taken.
  let ready: @Sendable (Int) async -> Void
  /// By which connections are encrypted; nil: the server speaks http.
  var certificate: ServerCertificate?
  /// Called when the program was told to stop: ends the answers that would go on for ever.
  var stopping: @Sendable () -> Void = {}
  /// How long connections on which nothing is asked stay open after the program was told to stop: a request may be on its
  /// way on them.
  var settling = TimeAmount.seconds(2)

  func run() async throws {
    let (connections, date) = (Connections(), HTTPDate())
    let (responder, certificate, log, deadline) = (responder, certificate, log, deadline)
    let http = HTTP1Channel(
      responder: { request, writer, channel in
        let visit = Visit(source: ApplicationRequestContextSource(channel: channel, logger: log))
        var response = try await responder.respond(to: request, context: visit)
        response.headers[.date] = date.text(at: Date())
        if connections.isEnding { response.headers[.connection] = "close" }
        try await writer.write(response: response.head, body: response.body)
      }, configuration: .init(additionalChannelHandlers: [RequestDeadline(deadline)], idleTimeout: .seconds(60)))
    let server = try await bind { child -> EventLoopFuture<HTTP1Channel.Value> in
      connections.add(child)
      do { try certificate?.begin(on: child) } catch { return child.eventLoop.makeFailedFuture(error) }
      return http.setup(channel: child, logger: log)
    }
    try await withGracefulShutdownHandler {
      await ready(server.channel.localAddress?.port ?? 0)
      try await withThrowingDiscardingTaskGroup { group in
        try await server.executeThenClose { inbound in
          for try await connection in inbound {
            connections.begin(connection.channel)
            group.addTask { await http.handle(value: connection, logger: log) }
          }
        }
      }
    } onGracefulShutdown: {
      connections.end()
      stopping()
      _ = server.channel.setOption(.autoRead, value: false)
      let loop = server.channel.eventLoop
      // What is on its way from the socket to its handler is let through first: nobody could answer or close it else.
      loop.scheduleRepeatedTask(initialDelay: .milliseconds(100), delay: .milliseconds(20)) { task in
        guard !connections.areComing else { return }
        task.cancel()
        server.channel.close(promise: nil)
      }
      loop.scheduleTask(in: settling) { connections.quiesce() }
    }
  }

  private func bind<Connection: Sendable>(
    _ setup: @escaping @Sendable (any Channel) -> EventLoopFuture<Connection>
  ) async throws -> NIOAsyncChannel<Connection, Never> {
    let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(ChannelOptions.backlog, value: 1024)
      .serverChannelOption(ChannelOptions.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(ChannelOptions.allowRemoteHalfClosure, value: true)
      .childChannelOption(ChannelOptions.tcpOption(.tcp_nodelay), value: 1)
    switch listener {
    case .address(let host, let port):
      do {
        return try await bootstrap.bind(host: host, port: port, childChannelInitializer: setup)
      } catch let error as IOError {
        throw OpeningTrouble(listeningOn: host, port: port, code: error.errnoCode) ?? error
      }
    case .inherited(let descriptor): return try await bootstrap.bind(descriptor, childChannelInitializer: setup)
    }
  }
}

/// The connections that are open.
private final class Connections: Sendable {
  private struct State {
    var open: [ObjectIdentifier: any Channel] = [:]
    /// Taken from the socket, and not yet with their handler.
    var coming: Set<ObjectIdentifier> = []
    var isEnding = false
  }

  private let state = Mutex(State())

  /// The program was told to stop.
  var isEnding: Bool { state.withLock { $0.isEnding } }

  func end() { state.withLock { $0.isEnding = true } }

  func add(_ channel: any Channel) {
    let id = ObjectIdentifier(channel)
    state.withLock { state in
      state.open[id] = channel
      state.coming.insert(id)
    }
    channel.closeFuture.whenComplete { [self] _ in
      state.withLock { state in
        state.open.removeValue(forKey: id)
        state.coming.remove(id)
      }
    }
  }

  var areComing: Bool { state.withLock { !$0.coming.isEmpty } }

  func begin(_ channel: any Channel) { state.withLock { _ = $0.coming.remove(ObjectIdentifier(channel)) } }

  /// Each connection ends when nothing is asked on it, at once or after its answer.
  func quiesce() {
    let open = state.withLock { Array($0.open.values) }
    for channel in open { channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent()) }
  }
}

/// The date of answers (RFC 9110, section 5.6.7), written once a second.
private final class HTTPDate: Sendable {
  private let last = Mutex((second: 0, text: ""))

  func text(at date: Date) -> String {
    let second = Int(date.timeIntervalSince1970)
    return last.withLock { last in
      if last.second != second { last = (second, Self.text(second)) }
      return last.text
    }
  }

  private static func text(_ second: Int) -> String {
    let day = CalendarDate(dayNumber: second / 86_400)
    let (hour, minute) = (second / 3600 % 24, second / 60 % 60)
    let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][second / 86_400 % 7]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return
      "\(weekday), \(two(day.day)) \(months[day.month - 1]) \(day.year) \(two(hour)):\(two(minute)):\(two(second % 60)) GMT"
  }
}
