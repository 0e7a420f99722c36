import Foundation
import Storage

/// Why League does not start: a sentence for whoever starts it, with what was kept and what to do. It holds no secret.
package struct OpeningTrouble: Error, Equatable, CustomStringConvertible {
  package let description: String
  /// As sysexits.h numbers it.
  package let exitCode: Int32

  /// Nil for an error that says itself what it is.
  init?(_ error: any Error, at place: DatabasePlace) {
    switch (place, error) {
    case (.file(let path), DatabaseError.damaged(let why)):
      self.init(
        """
        The database file \(path) is damaged or is none: \(why). It was left as it is. \
        Bring a backup back, which keeps that file under another name: league restore BACKUP --replace; \
        or name another file with `database`.
        """, exitCode: EX_DATAERR)
    case (.file(let path), DatabaseError.unavailable(let why)): self = .place(path, why)
    case (.file(let path), DatabaseError.readOnly): self = .place(path, "it is read-only")
    case (.file(let path), let error as CocoaError): self = .place(path, error.localizedDescription)
    case (.server, DatabaseError.unavailable(let why)): self = .server(why)
    default: return nil
    }
  }

  /// - Parameter code: what the system said when the place was to be listened on (errno).
  init?(listeningOn address: String, port: Int, code: CInt) {
    switch code {
    case EADDRINUSE:
      self.init(
        """
        Port \(port) of \(address) is taken: another program listens there, perhaps League itself. Nothing was changed. \
        Stop that program, or take another port: league serve --port \(port == 65_535 ? 8080 : port + 1)
        """, exitCode: EX_UNAVAILABLE)
    case EACCES:
      self.init(
        """
        This account may not listen on port \(port) of \(address). Nothing was changed. Take a port from 1024 on, with a \
        proxy before it, or let systemd hold the port (league.socket).
        """, exitCode: EX_NOPERM)
    case EADDRNOTAVAIL:
      self.init(
        "\(address) is no address of this machine. Nothing was changed. Name one of its own with `address`.",
        exitCode: EX_CONFIG)
    default: return nil
    }
  }

  private init(_ description: String, exitCode: Int32) {
    self.description = description
    self.exitCode = exitCode
  }

  private static func place(_ path: String, _ why: String) -> Self {
    let folder = URL(filePath: path).deletingLastPathComponent().path
    let account = getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) } ?? "#\(geteuid())"
    return Self(
      """
      The database file \(path) cannot be used: \(why). What was there is as it was. \
      Let the account \(account) write in \(folder), on a disk that has room, or name another place with `data` or \
      `database`.
      """, exitCode: EX_CANTCREAT)
  }

  static func secret(_ path: String, _ why: String) -> Self {
    Self(
      """
      The server's secret \(path) cannot be used: \(why). Nothing was changed. Let League's account read it and write in \
      its folder, or set `server_secret` (LEAGUE_SERVER_SECRET_FILE) to what it held.
      """, exitCode: EX_NOPERM)
  }

  private static func server(_ why: String) -> Self {
    // libpq says one line for each address that it tried, and advice in lines that are indented.
    let lines = why.split(separator: "\n").filter { !$0.hasPrefix("\t") }.map(\.trimmed).joined(separator: "; ")
    guard why.contains("FATAL") else {
      return Self(
        """
        The PostgreSQL server does not answer: \(lines). Nothing was changed. Start it, or mend host and port in \
        `database`.
        """, exitCode: EX_UNAVAILABLE)
    }
    return Self(
      """
      The PostgreSQL server refuses League: \(lines). Nothing was changed. Mend user, password or name in `database` \
      (LEAGUE_DATABASE_FILE), or let them in on the server.
      """, exitCode: EX_NOPERM)
  }
}
