import App
import ArgumentParser

/// The command line: one command per file.
@main struct League: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "The software that a network of schools runs on.")
}
