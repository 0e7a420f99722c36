import App
import ArgumentParser

struct Migrate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Bring the database to this program's schema.")

  @OptionGroup var flags: SettingFlags

  func run() async throws {
    let applied = try await Opening.migrate(try flags.settings())
    print(applied.isEmpty ? "Nothing to do: the schema is up to date." : "Applied \(applied.joined(separator: ", ")).")
  }
}
