import Statistics

extension IdeaEvidence {
  /// One mark a trial, for the verdict strip.
  var marks: [StripMark] {
    reported.compactMap { trial in
      trial.claim.map { StripMark($0.verdict, name: trial.school.name, link: "/trials/\(trial.id)") }
    }
  }

  /// The most rows that a chart draws; more are drawn evenly, from the best to the worst.
  static let mostRows = 24

  /// Schools as the pooled effect takes them, then measured trials that are not pooled, each with its interval.
  var forest: ForestPlot? {
    let rows = pooledRows + unpooledRows
    guard !rows.isEmpty else { return nil }
    return ForestPlot(
      rows: Self.evenly(rows, most: Self.mostRows),
      pooled: summary.pooled.map { pooled in
        ForestPooled(
          effect: pooled.estimate, low: pooled.interval.lower, high: pooled.interval.upper,
          prediction: summary.prediction.map { $0.lower...$0.upper }, schools: summary.k)
      }, unreported: unreported, measure: measureWords)
  }

  /// What the chart leaves out, in a sentence; empty where it draws all.
  var undrawn: String {
    let all = pooledRows.count + unpooledRows.count
    return all > Self.mostRows
      ? "\(Self.mostRows) of \(grouped(all)) are drawn, evenly from the best to the worst. " : ""
  }

  /// All rows in their order, or `most` of them by effect: the best, the worst and, at even steps, those between.
  static func evenly(_ rows: [ForestRow], most: Int) -> [ForestRow] {
    guard rows.count > most, most > 1 else { return rows }
    let sorted = rows.sorted { ($0.effect, $1.label) > ($1.effect, $0.label) }
    return (0..<most).map { sorted[$0 * (sorted.count - 1) / (most - 1)] }
  }

  private var pooledRows: [ForestRow] {
    summary.schools.compactMap { row in
      let own = pooledTrials(of: row.school)
      guard let latest = own.first, let claim = latest.claim else { return nil }
      return ForestRow(
        label: latest.school.name,
        detail: own.count > 1 ? "\(latest.school.state), \(own.count) trials" : latest.school.state,
        link: "/trials/\(latest.id)", effect: row.effect.estimate, low: row.interval.lower, high: row.interval.upper,
        weight: summary.pooled == nil ? nil : row.weight, verdict: claim.verdict)
    }
  }

  private var unpooledRows: [ForestRow] {
    let pooled = Set(summary.schools.flatMap { pooledTrials(of: $0.school).map(\.id) })
    return reported.compactMap { trial in
      guard !pooled.contains(trial.id), !trial.isAfterData, let claim = trial.claim, let effect = claim.effect,
        let interval = claim.interval
      else { return nil }
      return ForestRow(
        label: trial.school.name, detail: "\(trial.school.state), not pooled", link: "/trials/\(trial.id)",
        effect: effect.estimate, low: interval.lowerBound, high: interval.upperBound, verdict: claim.verdict,
        isPooled: false)
    }
  }

  /// The trials behind a school's row, the latest first.
  func pooledTrials(of school: String) -> [TrialLine] {
    let measured = reported.filter {
      $0.claim?.effect != nil && !$0.isAfterData && $0.claim?.design != CompiledClaim.Design.none
    }
    let compared = measured.filter { $0.claim?.design.trialDesign.hasComparison == true }
    return (compared.isEmpty ? measured : compared).filter { $0.school.id.description == school }
  }

  /// "standard deviations", with the measure in front where all trials share one.
  private var measureWords: String {
    let measures = Set(reported.filter { $0.claim?.effect != nil }.map { $0.measure.lowercased() })
    return measures.count == 1
      ? "\(measures.first ?? ""), in standard deviations" : "each school's own measure, in standard deviations"
  }
}
