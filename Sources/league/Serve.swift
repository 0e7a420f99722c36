import App
import ArgumentParser

struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Serve the site (the default command).")

  @OptionGroup var flags: SettingFlags
  @Option(help: "The port to listen on.") var port: Int?

  func run() async throws {
    var settings = try flags.settings()
    if let port {
      guard (0...65_535).contains(port) else { throw ValidationError("A port is a number from 0 to 65535.") }
      settings = settings.with(.port, String(port))
    }
    try Server.checkPorts(settings)
    let site = try await Opening.site(settings)
    try await DemoWorld.check(site)
    let welcome = try await FirstOffice(site: site).link()
    let opened = settings
    try await Server(site: site) { port in
      let here = opened.origin(port: port)
      say("League is at \(opened[.origin].isEmpty ? here : opened[.origin])")
      if opened.isDemo { say("Step into a role of the demonstration at \(here)/demo") }
      if let welcome { say("No office account yet. Make the first one at \(welcome)") }
    }.run()
  }
}
