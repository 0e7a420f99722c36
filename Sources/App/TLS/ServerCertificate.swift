import Foundation
import NIOCore
import NIOSSL
import NIOTLS
import Synchronization

/// The certificate by which browsers know this server. It is read again when its files have changed: whoever is connected
/// stays connected, and who comes then sees the new one.
final class ServerCertificate: Sendable {
  let files: CertificateFiles
  private let pair: Mutex<CertificatePair>
  /// How long a browser may take to agree with the server upon keys.
  private let deadline: TimeAmount

  /// - Throws: `SettingsError` when the files are not what they must be.
  init(_ files: CertificateFiles, deadline: TimeAmount = .seconds(15)) throws {
    self.files = files
    self.deadline = deadline
    pair = Mutex(try files.read())
  }

  /// Nobody knows the server by it from then on.
  var end: Instant { pair.withLock { $0.end } }

  /// - Returns: whether there was another one to take up.
  /// - Throws: `SettingsError` when the files changed into what cannot be used; the one before is kept.
  func refresh() throws -> Bool {
    let found = try files.bytes()
    guard found != pair.withLock({ $0.bytes }) else { return false }
    let renewed = try files.pair(of: found)
    pair.withLock { $0 = renewed }
    return true
  }

  /// Encrypts what goes over the connection.
  func begin(on channel: any Channel) throws {
    let context = pair.withLock { $0.context }
    try channel.pipeline.syncOperations.addHandlers(
      NIOSSLServerHandler(context: context), HandshakeDeadline(deadline))
  }
}

/// Closes a connection on which browser and server do not agree upon keys in time: who sends a byte a minute must not hold
/// a place for ever.
final class HandshakeDeadline: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = NIOAny

  private let limit: TimeAmount
  private var timer: Scheduled<Void>?

  init(_ limit: TimeAmount) { self.limit = limit }

  func handlerAdded(context: ChannelHandlerContext) {
    let channel = context.channel
    timer = context.eventLoop.scheduleTask(in: limit) { channel.close(promise: nil) }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .handshakeCompleted = event as? TLSUserEvent { timer?.cancel() }
    context.fireUserInboundEventTriggered(event)
  }

  func channelInactive(context: ChannelHandlerContext) {
    timer?.cancel()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }
}
