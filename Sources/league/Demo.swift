import App
import ArgumentParser

struct Demo: AsyncParsableCommand {
  enum Size: String, ExpressibleByArgument, CaseIterable { case living, large }

  static let configuration = CommandConfiguration(
    abstract: "Fill an empty database with the fictional world of the demonstration.")

  @OptionGroup var flags: SettingFlags
  @Option(help: "living: sixty schools with two years of work; large: the benchmark world.") var size = Size.living
  @Option(help: "How many posts the large world holds.") var posts = LargeWorldSize().posts

  func run() async throws {
    let settings = try flags.settings()
    let site = try await Opening.site(settings)
    let root = try Opening.filesFolder(settings)
    switch size {
    case .living: try await DemoWorld(site: site, root: root).load { say($0) }
    case .large: try await LargeWorld(site: site, root: root, size: LargeWorldSize(posts: posts)).load { say($0) }
    }
    print("The demonstration is ready. `league serve --set demo=yes` opens it; step into a role at /demo.")
  }
}
