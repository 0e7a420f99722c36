import Statistics

/// From the series of a project's cycle to a claim, by `SeriesClaimRule.current`: nobody types a verdict here either.
enum SeriesCompilation {
  /// - Throws: `Refusal.invalid` when the numbers contradict each other, such as more counted than there are students.
  static func claim(
    _ registration: Registration, _ series: TrialSeries, _ known: Outcome.Circumstances, isAfterData: Bool,
    rule: SeriesClaimRule = .current
  ) throws -> CompiledClaim {
    do {
      let claim = try rule.claim(series.record(registration, known, isAfterData: isAfterData))
      return CompiledClaim(
        verdict: claim.verdict, finding: finding(registration, series), reason: "\(claim.reason) \(claim.pooling)",
        whatWouldChangeIt: claim.whatWouldChangeIt, effect: claim.effect, students: series.students ?? 0,
        design: .beforeAfter, baseShare: claim.baseShare, rule: rule.named.title)
    } catch let error as StatisticsError {
      throw Refusal.invalid(["students": "These numbers do not fit together: \(error.description)."])
    }
  }

  /// "Late to first period fell from 20.1 a week to 15.7 on average (12 weeks before, 26 after)."
  static func finding(_ registration: Registration, _ series: TrialSeries) -> String {
    let (before, after) = (mean(series.before), mean(series.after))
    let unit = series.kind == .share ? " in 100" : registration.unit.isEmpty ? "" : " \(registration.unit)"
    let (first, last) = (FindingWords.plain(before), FindingWords.plain(after))
    let moved =
      first == last
      ? "stayed at \(last)\(unit)" : "\(after > before ? "rose" : "fell") from \(first)\(unit) to \(last)"
    let periods = counted(series.before.count, series.schedule.rawValue)
    return "\(registration.measure) \(moved) on average (\(periods) before, \(series.after.count) after)."
  }

  private static func mean(_ values: [Double]) -> Double {
    let sum = values.reduce(0, +)
    return values.isEmpty ? 0 : ((sum / Double(values.count)) * 10).rounded() / 10
  }
}
