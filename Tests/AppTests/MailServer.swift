import Foundation
import TestDatabase

/// A mail server in a process of its own, which ends with this object.
final class MailServer: Sendable {
  let url: String
  private let folder: URL
  private let input: FileHandle

  /// A letter as Python's `email` reads it.
  struct Taken: Decodable {
    let sender: String
    let recipients: [String]
    let signedIn: Bool
    let encrypted: Bool
    let headers: [[String]]
    let defects: [String]
    /// In bytes, without its end.
    let longestLine: Int
    let bareLineEnds: Int
    let body: String

    func all(_ name: String) -> [String] { headers.filter { $0[0] == name }.map { $0[1] } }
    subscript(_ name: String) -> String? { all(name).first }
  }

  init(_ options: [String] = []) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "mail-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let (process, standardInput, output) = (Process(), Pipe(), Pipe())
    process.executableURL = URL(filePath: "/usr/bin/env")
    let script = Repository.root.appending(path: "Tests/AppTests/Mail/smtp_server.py").path
    process.arguments = ["python3", script, folder.path] + options
    process.standardInput = standardInput
    process.standardOutput = output
    try process.run()
    input = standardInput.fileHandleForWriting
    var said = Data()
    while !said.contains(0x0A) {
      let more = output.fileHandleForReading.availableData
      if more.isEmpty { throw CocoaError(.fileReadUnknown) }
      said += more
    }
    url = "smtp://127.0.0.1:\(String(decoding: said, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))"
  }

  deinit {
    try? input.close()
    try? FileManager.default.removeItem(at: folder)
  }

  /// In the order in which they were taken.
  func letters() throws -> [Taken] {
    let count = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }.count
    return try (0..<count).map {
      try JSONDecoder().decode(Taken.self, from: Data(contentsOf: folder.appending(path: "\($0).json")))
    }
  }

  /// A certificate for 127.0.0.1 that nobody has signed but itself, and its key.
  static func certificate() throws -> (certificate: String, key: String) {
    let folder = FileManager.default.temporaryDirectory.appending(path: "certificate-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let (certificate, key) = (folder.appending(path: "c.pem").path, folder.appending(path: "k.pem").path)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
      "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate,
    ]
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return (certificate, key)
  }
}
