import App
import ArgumentParser

struct SearchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search", abstract: "Look after the search.", subcommands: [Rebuild.self])

  struct Rebuild: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Fill the search anew from everything that is there. The site may be running; it finds less meanwhile.")

    @OptionGroup var flags: SettingFlags

    func run() async throws {
      let site = try await Opening.site(try flags.settings())
      try await site.rebuildSearch { print($0) }
    }
  }
}
