import Foundation
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
import Storage
import UnixSignals

/// The running site: the HTTP server and what works beside it, started and ended together.
package struct Server {
  let site: Site
  let ready: @Sendable (Int) async -> Void

  /// - Parameter ready: called with the port once requests are answered.
  package init(site: Site, ready: @escaping @Sendable (Int) async -> Void) {
    self.site = site
    self.ready = ready
  }

  /// Finds out whether the ports that the settings name are free, before anything else is done.
  ///
  /// - Throws: `OpeningTrouble`.
  package static func checkPorts(_ settings: Settings) throws {
    try listener(settings).check()
    if let port = settings.redirectPort { try Listener.address(settings[.address], port: port).check() }
    if let port = settings.metricsPort { try Listener.address(settings[.metricsAddress], port: port).check() }
  }

  private static func listener(_ settings: Settings) -> Listener {
    .passed(ProcessInfo.processInfo.environment, process: getpid())
      ?? .address(settings[.address], port: settings.port)
  }

  /// How long it may take to stop; a request that takes longer is cut off.
  private static let longestStop = Duration.seconds(45)

  /// Runs until SIGTERM or SIGINT, then lets the requests under way finish.
  package func run() async throws {
    let environment = ProcessInfo.processInfo.environment
    let (site, ready, notice) = (site, ready, SystemdNotice(environment))
    let certificate = try CertificateFiles(site.settings).map { try ServerCertificate($0) }
    let web = WebServer(
      responder: site.router().buildResponder(),
      listener: Self.listener(site.settings),
      log: site.log, deadline: .seconds(Int64(site.settings.requestSeconds)),
      ready: { port in
        notice?.send("READY=1")
        await ready(port)
      }, certificate: certificate, stopping: { site.streams.stop() })
    let outbox = URL(filePath: site.settings[.data]).appending(path: "outbox")
    // They end in the opposite order, each when the one behind it has ended.
    var services: [any Service] = [
      Outbox(site: site, folder: outbox), NoticeLetters(site: site), Housekeeping(site: site), Live(site: site),
    ]
    if let own = OperationsRoutes.ownPort(of: site) { services.append(own) }
    if let certificate {
      services.append(CertificateWatch(certificate: certificate, log: site.log, now: site.now))
      if let door = plainDoor(environment) { services.append(door) }
    }
    services.append(web)
    if let notice { services.append(SystemdWatch(notice: notice)) }
    var configuration = ServiceGroupConfiguration(
      services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: site.log)
    configuration.maximumGracefulShutdownDuration = Self.longestStop
    try await ServiceGroup(configuration: configuration).run()
  }
  /// Where those come who did not type https: at a port of its own, or at the second socket that systemd passes.
  private func plainDoor(_ environment: [String: String]) -> WebServer? {
    let settings = site.settings
    let port = settings.redirectPort.map { Listener.address(settings[.address], port: $0) }
    guard let listener = .passed(environment, process: getpid(), place: 1) ?? port else { return nil }
    let folder = URL(filePath: settings.dataPath("acme"))
    return WebServer(
      responder: PlainDoor(origin: settings.origin, folder: folder), listener: listener, log: site.log,
      deadline: .seconds(Int64(settings.requestSeconds)), ready: { _ in })
  }
}
