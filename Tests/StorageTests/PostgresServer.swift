import Foundation
import Storage
import TestDatabase

/// A PostgreSQL server for one test alone, which the test may stop, start and kill. It ends with the test, since
/// `script/postgres` runs until its input ends.
final class PostgresServer: Sendable {
  let url: String
  private let controlFile: String
  private let input: FileHandle

  /// Whether one can be started here: where the other tests have a server that `script/postgres` made.
  static let isAvailable = ProcessInfo.processInfo.environment["TEST_POSTGRES_CONTROL"] != nil

  init() async throws {
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../script/postgres")
    let (process, standardInput, standardOutput) = (Process(), Pipe(), Pipe())
    process.executableURL = script.standardized
    process.standardInput = standardInput
    process.standardOutput = standardOutput
    process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("TEST_POSTGRES") }
    try process.run()
    input = standardInput.fileHandleForWriting
    let lines = try await standardOutput.fileHandleForReading.firstLines(2)
    (url, controlFile) = (lines[0], lines[1])
  }

  deinit { try? input.close() }

  /// - Parameter word: stop, start or kill.
  func control(_ word: String) async throws {
    try await finished(controlFile, word)
  }
}

/// Runs a program without holding a thread; its words go nowhere.
///
/// - Throws: `ProgramFailed`.
func finished(_ program: String, _ arguments: String...) async throws {
  let process = Process()
  process.executableURL = URL(filePath: program)
  process.arguments = arguments
  process.standardOutput = FileHandle.nullDevice
  let status = try await withCheckedThrowingContinuation { (done: CheckedContinuation<Int32, any Error>) in
    process.terminationHandler = { done.resume(returning: $0.terminationStatus) }
    do { try process.run() } catch { done.resume(throwing: error) }
  }
  guard status == 0 else { throw ProgramFailed(program: program, status: status) }
}

struct ProgramFailed: Error {
  let program: String
  let status: Int32
}

extension FileHandle {
  /// What stands behind the equals sign in each of the first lines.
  fileprivate func firstLines(_ count: Int) async throws -> [String] {
    try await withCheckedThrowingContinuation { done in
      Thread.detachNewThread {
        var said = ""
        while said.count(where: { $0 == "\n" }) < count {
          let more = self.availableData
          guard !more.isEmpty else { return done.resume(throwing: MissingServer()) }
          said += String(decoding: more, as: UTF8.self)
        }
        done.resume(returning: said.split(separator: "\n").map { String($0.drop { $0 != "=" }.dropFirst()) })
      }
    }
  }
}
