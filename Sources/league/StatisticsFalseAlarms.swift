import App
import ArgumentParser
import Statistics

struct StatisticsFalseAlarms: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "false-alarms", abstract: "How often a rule set sees a signal in pure chance, by seeded simulation.")

  @Option(help: "Rules: \(RuleSet.allCases.map(\.rawValue).joined(separator: ", ")); all of them without it.")
  var rules: String?
  @Option(help: "Points in each chart.") var points = 24
  @Option(help: "Charts to simulate.") var runs = 10_000
  @Option(help: "Seed; the same seed gives the same figures.") var seed: UInt64 = 1

  func run() throws {
    try refusing {
      for set in try asked() {
        let alarms = try FalseAlarms(set, points: points, runs: runs, seed: seed)
        print(
          "\(set.name), version \(set.version): \(percent(alarms.share)) of charts of \(points) points signal by chance alone "
            + "(± \(percent(1.96 * alarms.error)); \(runs) charts, \(alarms.kind.title), seed \(seed))")
        let rows = alarms.byRule.map { [$0.rule.rawValue, $0.rule.words, percent($0.share)] }
        print(TextTable(["rule", "sees", "share"], rows.map { [$0[0], $0[1], $0[2]] }).lines.joined(separator: "\n"))
      }
    }
  }

  private func asked() throws -> [RuleSet] {
    guard let rules else { return RuleSet.allCases }
    guard let set = RuleSet(rawValue: rules) else {
      throw StatisticsError.unknown(field: "--rules", value: rules, known: RuleSet.allCases.map(\.rawValue))
    }
    return [set]
  }

  private func percent(_ share: Double) -> String {
    let tenths = Int((share * 1000).rounded())
    return "\(tenths / 10).\(tenths % 10) %"
  }
}
