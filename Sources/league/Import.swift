import ArgumentParser

struct Import: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Bring data of others into the League.", subcommands: [ImportSchools.self, ImportUndo.self])
}
