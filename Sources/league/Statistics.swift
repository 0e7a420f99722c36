import ArgumentParser
import Foundation
import Statistics

/// Without a subcommand: one case as JSON from standard input, its answer as JSON.
struct StatisticsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "statistics", abstract: "Compute what League's evidence rests on.",
    discussion: """
      Reads one case as JSON from standard input and prints the answer as JSON. Bad input ends with status 65 and a \
      message that names the field. A case names its kind (\(StatisticsCase.kinds.joined(separator: ", "))), or its chart.
      """, subcommands: [StatisticsChart.self, StatisticsPool.self, StatisticsFalseAlarms.self])

  @Flag(help: "Print each formula with its numbers filled in, instead of the answer.") var explain = false

  func run() throws {
    try refusing {
      let input = FileHandle.standardInput.readDataToEndOfFile()
      if explain {
        print(try StatisticsCase.explanation(input).joined(separator: "\n"))
      } else {
        FileHandle.standardOutput.write(try StatisticsCase.answer(input))
      }
    }
  }
}

/// Runs `work`; what the asker can mend goes to standard error, and the program ends with status 65 (EX_DATAERR).
func refusing(_ work: () throws -> Void) throws {
  do { try work() } catch let error as StatisticsError {
    FileHandle.standardError.write(Data("league statistics: \(error)\n".utf8))
    throw ExitCode(65)
  }
}
