import App
import ArgumentParser

struct PersonCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "person", abstract: "Make accounts and give rights.",
    subcommands: [Invite.self, Promote.self, RemoveSecondStep.self])

  struct Invite: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Make an account and write its invitation.")
    @OptionGroup var flags: SettingFlags
    @Argument(help: "The person's email address.") var email: String
    @Argument(help: "The person's name.") var name: String

    func run() async throws {
      let desk = AccountDesk(site: try await Opening.site(try flags.settings()))
      print(try await desk.invite(email: email, name: name))
    }
  }

  struct RemoveSecondStep: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "remove-second-step",
      abstract: "Take away the second step of somebody who has lost the app and the codes, or the server its secret.",
      discussion: "It ends their sessions and writes them a letter. The office does the same under Office › People.")
    @OptionGroup var flags: SettingFlags
    @Argument(help: "The person's email address.") var email: String

    func run() async throws {
      let desk = AccountDesk(site: try await Opening.site(try flags.settings()))
      print(try await desk.removeSecondStep(email: email))
    }
  }

  struct Promote: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Give a right: office, or liaison with --state, or lead and educator with --school.")
    @OptionGroup var flags: SettingFlags
    @Argument(help: "The person's email address.") var email: String
    @Argument(help: "office, liaison, lead or educator.") var role: String
    @Option(help: "A state's postal code, for a liaison.") var state: String?
    @Option(help: "A school's id, for a lead or an educator.") var school: String?

    func run() async throws {
      let desk = AccountDesk(site: try await Opening.site(try flags.settings()))
      print(try await desk.promote(email: email, role: role, state: state, school: school))
    }
  }
}
