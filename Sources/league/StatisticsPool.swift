import App
import ArgumentParser
import Foundation

struct StatisticsPool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pool", abstract: "Pool trials from a CSV file: REML, Hartung-Knapp with the ad hoc correction.",
    discussion: "Give --effect with --variance or --se, or --events, --n, --comparison-events and --comparison-n.")

  @Option(help: "The file; its first line names the columns.") var csv: String
  @Option(help: "Column that names each trial.") var label: String?
  @Option(help: "Column of each trial's school; without it trials of one name are one school's.") var school: String?
  @Option(help: "Column of effects.") var effect: String?
  @Option(help: "Column of their variances.") var variance: String?
  @Option(help: "Column of their standard errors.") var se: String?
  @Option(help: "Column of counts with the outcome, where the idea was tried.") var events: String?
  @Option(help: "Column of all counted there.") var n: String?
  @Option(help: "Column of counts with the outcome in the comparison.") var comparisonEvents: String?
  @Option(help: "Column of all counted in the comparison.") var comparisonN: String?

  func run() throws {
    try refusing {
      var request = PoolRequest()
      (request.label, request.effect, request.variance, request.standardError) = (label, effect, variance, se)
      request.school = school
      (request.events, request.size) = (events, n)
      (request.comparisonEvents, request.comparisonSize) = (comparisonEvents, comparisonN)
      print(try request.report(ColumnFile(URL(filePath: csv))))
    }
  }
}
