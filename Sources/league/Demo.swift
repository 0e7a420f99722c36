import App
import ArgumentParser

struct Demo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Fill an empty database with the fictional world of the demonstration.")

  @OptionGroup var flags: SettingFlags

  func run() async throws {
    let settings = try flags.settings()
    let site = try await Opening.site(settings)
    try await DemoWorld(site: site, root: try Opening.filesFolder(settings)).load { print($0) }
    print("The demonstration is ready. `league serve --set demo=yes` opens it; step into a role at /demo.")
  }
}
