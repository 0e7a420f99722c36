import App
import ArgumentParser
import Foundation

/// The command line: one command per file.
@main struct League: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The software that a network of schools runs on.",
    discussion: CommandStatus.table,
    version: Program.version,
    subcommands: [
      Serve.self,
      Migrate.self,
      BackupCommand.self,
      VerifyBackup.self,
      RestoreCommand.self,
      Move.self,
      DoctorCommand.self,
      Import.self,
      Demo.self,
      PersonCommand.self,
      MailCommand.self,
      SearchCommand.self,
      StatisticsCommand.self,
      Config.self,
    ], defaultSubcommand: Serve.self)

  static func main() async {
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch let error where error is ExitCode || exitCode(for: error) != .failure {
      // What the argument parser knows: help, a wrong option, a command that has said all itself.
      exit(withError: error)
    } catch {
      let status = error is ImportStopped ? .data : CommandStatus(error)
      try? FileHandle.standardError.write(contentsOf: Data("league: \(CommandStatus.words(error))\n".utf8))
      Foundation.exit(status.rawValue)
    }
  }
}

/// What every command takes: settings that win over the file and the environment.
struct SettingFlags: ParsableArguments {
  @Option(name: .customLong("set"), help: "A setting as name=value; `league config` lists them.")
  var set: [String] = []

  func settings() throws -> Settings {
    do {
      let settings = try Opening.settings(flags: set)
      try Opening.checkOwner(settings)
      return settings
    } catch let error as SettingsError {
      throw ValidationError(error.description)
    }
  }
}
