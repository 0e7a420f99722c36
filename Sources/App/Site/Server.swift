import Foundation
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
import Storage

/// The running site: the HTTP server and what works beside it, started and ended together.
package struct Server {
  let site: Site
  let ready: @Sendable (Int) async -> Void

  /// - Parameter ready: called with the port once requests are answered.
  package init(site: Site, ready: @escaping @Sendable (Int) async -> Void) {
    self.site = site
    self.ready = ready
  }

  /// Runs until SIGTERM or SIGINT, then lets the requests under way finish.
  package func run() async throws {
    let ready = ready
    let deadline = TimeAmount.seconds(Int64(site.settings.requestSeconds))
    var application = Application(
      router: site.router(),
      server: .http1(
        configuration: .init(additionalChannelHandlers: [RequestDeadline(deadline)], idleTimeout: .seconds(60))),
      configuration: .init(address: .hostname(site.settings[.address], port: site.settings.port), serverName: nil),
      onServerRunning: { channel in await ready(channel.localAddress?.port ?? 0) }, logger: site.log)
    let outbox = URL(filePath: site.settings[.data]).appending(path: "outbox")
    application.addServices(
      Outbox(site: site, folder: outbox), NoticeLetters(site: site), Housekeeping(site: site))
    if let own = OperationsRoutes.ownPort(of: site) { application.addServices(own) }
    try await application.runService()
  }
}
