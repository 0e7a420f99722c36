import App
import ArgumentParser

struct ImportUndo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo", abstract: "Take back an import of schools, but for what was touched since.")

  @OptionGroup var flags: SettingFlags
  @Argument(help: "The import's number, as the import printed it.") var run: String

  func run() async throws {
    let database = try await Opening.database(try flags.settings())
    let work = SchoolImport(database: database, newID: { Secrets.id(at: Instant.system()) })
    do {
      let kept = try await work.undo(run, at: Instant.system())
      print("Undone.")
      for school in kept { print("  kept: \(school.name), since \(school.reason)") }
    } catch Refusal.notFound {
      throw ValidationError("there is no import \(run)")
    } catch Refusal.conflict(let what) {
      throw ValidationError(what)
    }
  }
}
