import Statistics

/// A table of fifty schools by forty groups with all its margins: making it safe, and checking that it is.
enum DisclosureBenchmark {
  static func run() throws {
    let rule = try SuppressionRule(minimum: 10)
    for share in [0.03, 0.1, 0.2] {
      let table = try table(small: share)
      var suppression = try Suppression(table, rule: rule)
      let making = try Stopwatch.median(of: 3) { suppression = try Suppression(table, rule: rule) }
      let hidden = Set(suppression.suppressed)
      var audit = suppression.audit
      let checking = try Stopwatch.median(of: 3) { audit = try DisclosureAudit(table, hidden: hidden, rule: rule) }
      let what = "2,000 cells, \(suppression.primary.count) small, \(hidden.count) hidden"
      Report.line(
        "disclosure check, \(what)", Report.milliseconds(checking), bar: "< 1000 ms",
        isMet: checking < 1 && audit.isSafe)
      Report.line(
        "suppression, \(what)", Report.milliseconds(making), bar: "< 1000 ms", isMet: making < 1 && audit.isSafe)
    }
  }

  /// About `share` of the counts below 10.
  private static func table(small share: Double) throws -> CountTable {
    var random = SeededNumbers(seed: 1)
    let counts = (1...50).map { _ in
      (1...40).map { _ in
        Double.random(in: 0..<1, using: &random) < share
          ? Int.random(in: 1...9, using: &random) : Int.random(in: 10...95, using: &random)
      }
    }
    return try CountTable(rows: (1...50).map { "s\($0)" }, columns: (1...40).map { "g\($0)" }, counts: counts)
  }
}
