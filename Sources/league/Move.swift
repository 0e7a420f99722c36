import App
import ArgumentParser
import Foundation

struct Move: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Move everything to another database, from SQLite to PostgreSQL or back.",
    discussion:
      "The server must not run, and the target must be empty. What is moved is compared, and stays where it was.")

  @OptionGroup var flags: SettingFlags
  @Option(help: "postgres://… or the path of a SQLite file; or - to read it from the standard input.") var to: String

  func run() async throws {
    let settings = try flags.settings()
    let target = DatabasePlace(to == "-" ? readLine() ?? "" : to)
    let move = DatabaseMove(
      from: DatabasePlace(settings.databasePath), to: target, scratch: URL(filePath: settings.dataPath("scratch")),
      progress: say)
    let manifest = try await move.run(now: Instant.system())
    for table in manifest.tables where table.rows > 0 { print("\(table.name)  \(table.rows) rows, the same checksum") }
    if let secret = ServerSecret.file(settings), FileManager.default.fileExists(atPath: secret) {
      print("Its keys of authenticator apps stay sealed: take \(secret) along (LEAGUE_SERVER_SECRET_FILE names it).")
    }
    print(
      "Moved \(manifest.rows) rows of \(manifest.tables.count) tables. Now set `database` to the new place and start.")
  }
}
