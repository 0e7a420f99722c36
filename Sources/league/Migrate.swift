import App
import ArgumentParser

struct Migrate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Bring the database to this program's schema, after a backup on which the steps are rehearsed.")

  @OptionGroup var flags: SettingFlags
  @Flag(help: "Only say what is missing; ends with 1 when something is.") var check = false
  @Flag(help: "Take no backup first.") var withoutBackup = false

  func run() async throws {
    let settings = try flags.settings()
    let missing = try await Opening.missingMigrations(settings)
    if missing.isEmpty { return print("Nothing to do: the schema is up to date.") }
    if check {
      print("Missing: \(missing.joined(separator: ", ")). `league migrate` brings them.")
      throw ExitCode(1)
    }
    let place = DatabasePlace(settings.databasePath)
    if !withoutBackup, try await !place.isEmpty() {
      try await ProvenBackup(settings: settings).take(of: try await place.open(), now: Instant.system(), say)
    }
    print("Applied \(try await Opening.migrate(settings).joined(separator: ", ")).")
  }
}
