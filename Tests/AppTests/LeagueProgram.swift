import Foundation

/// The built program, run as people and servers run it.
enum LeagueProgram {
  /// Beside the tests, wherever the test runner itself lies.
  private static var url: URL {
    let beside = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "league")
    if FileManager.default.isExecutableFile(atPath: beside.path()) { return beside }
    return Repository.root.appending(path: ".build/debug/league")
  }

  /// Runs it to its end.
  ///
  /// - Parameter output: a file for what it prints; else that is thrown away.
  static func run(
    _ arguments: [String], input: String = "", environment: [String: String] = [:], output: URL? = nil
  ) throws -> (status: Int32, errors: String) {
    let (process, standardInput, errors) = (Process(), Pipe(), Pipe())
    process.executableURL = url
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    (process.standardInput, process.standardError) = (standardInput, errors)
    if let output { try Data().write(to: output) }
    process.standardOutput = try output.map { try FileHandle(forWritingTo: $0) } ?? FileHandle.nullDevice
    try process.run()
    try standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try standardInput.fileHandleForWriting.close()
    let words = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, words)
  }
}
