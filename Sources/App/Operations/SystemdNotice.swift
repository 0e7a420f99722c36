import Foundation
import ServiceLifecycle

/// Tells systemd how the program is: a datagram to the socket that NOTIFY_SOCKET names (sd_notify(3)).
struct SystemdNotice: Sendable {
  /// A path, or with `@` in front a name that Linux keeps outside of the file system.
  let address: String
  /// How often systemd wants to hear that the program lives; nil when it does not watch.
  let watchdog: Duration?

  /// Nil when systemd did not start the program, or does not listen.
  init?(_ environment: [String: String]) {
    guard let address = environment["NOTIFY_SOCKET"], !address.isEmpty else { return nil }
    self.address = address
    watchdog = environment["WATCHDOG_USEC"].flatMap(Int.init).map { .microseconds($0 / 2) }
  }

  /// - Parameter state: such as `READY=1`.
  /// - Returns: false when nobody took it.
  @discardableResult func send(_ state: String) -> Bool {
    var name = Array(address.utf8)
    if name.first == UInt8(ascii: "@") { name[0] = 0 }
    var place = sockaddr_un()
    place.sun_family = sa_family_t(AF_UNIX)
    guard name.count < MemoryLayout.size(ofValue: place.sun_path) else { return false }
    withUnsafeMutableBytes(of: &place.sun_path) { $0.copyBytes(from: name) }
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
    let message = Array(state.utf8)
    let sent = withUnsafePointer(to: &place) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        sendto(descriptor, message, message.count, 0, $0, length)
      }
    }
    return sent == message.count
  }
}

/// Says again and again that the program lives, so that systemd starts one anew that hangs; and when it begins to stop.
///
/// Only this process is answered for: a database that is away for a while is no reason to start anew.
struct SystemdWatch: Service {
  let notice: SystemdNotice

  func run() async throws {
    try? await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        notice.send("WATCHDOG=1")
        try await Task.sleep(for: notice.watchdog ?? .seconds(3600))
      }
    }
    notice.send("STOPPING=1")
  }
}
