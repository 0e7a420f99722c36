import Foundation
import NIOPosix

/// Asks this machine's name server.
struct Resolver: Sendable {
  /// Its address and port.
  let server: String
  var port: UInt16 = 53
  /// Until an answer must have come; the question is asked twice.
  var patience = Span.seconds(3)

  /// The first name server of `/etc/resolv.conf`; nil when it names none.
  static func system(_ configuration: String? = try? String(contentsOfFile: "/etc/resolv.conf", encoding: .utf8))
    -> Resolver?
  {
    let lines = (configuration ?? "").split(separator: "\n").map { $0.split(whereSeparator: \.isWhitespace) }
    return lines.first { $0.count > 1 && $0[0] == "nameserver" }.map { Resolver(server: String($0[1])) }
  }

  /// The text records of a name, or those of another type; nil when nobody answered.
  func texts(of name: String, type: UInt16 = DNSMessage.text) async -> DNSMessage.Answer? {
    try? await NIOThreadPool.singleton.runIfActive { ask(name, type) ?? ask(name, type) }
  }

  private func ask(_ name: String, _ type: UInt16) -> DNSMessage.Answer? {
    let id = UInt16.random(in: 0...UInt16.max)
    guard let question = DNSMessage.question(name, type: type, id: id) else { return nil }
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_DGRAM.rawValue)
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV
    var found: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(server, "\(port)", &hints, &found) == 0, let place = found else { return nil }
    defer { freeaddrinfo(place) }
    let descriptor = socket(place.pointee.ai_family, place.pointee.ai_socktype, 0)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    // Connected, so that only this server's answers come in.
    guard connect(descriptor, place.pointee.ai_addr, place.pointee.ai_addrlen) == 0,
      send(descriptor, question, question.count, 0) == question.count
    else { return nil }
    let end = Instant.system() + patience
    while end > Instant.system() {
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, Int32(clamping: max(1, (end - Instant.system()).milliseconds))) > 0 else { return nil }
      var bytes = [UInt8](repeating: 0, count: 4096)
      let count = recv(descriptor, &bytes, bytes.count, 0)
      guard count > 0 else { return nil }
      if let answer = DNSMessage.answer(Array(bytes.prefix(count)), type: type, id: id) { return answer }
    }
    return nil
  }
}
