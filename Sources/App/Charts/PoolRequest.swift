import Statistics

/// Trials pooled from the columns of a file: effects with their variances, or counts with and without the idea.
package struct PoolRequest: Sendable {
  package var label: String?
  /// The school of each trial: several trials of one school are not as many independent ones.
  package var school: String?
  /// Effect and its variance or standard error.
  package var effect: String?
  package var variance: String?
  package var standardError: String?
  /// Counts: with the outcome and all, in the schools that tried it and in the comparison.
  package var events: String?
  package var size: String?
  package var comparisonEvents: String?
  package var comparisonSize: String?

  package init() {}

  /// - Throws: `StatisticsError.input` naming the option, or the column and line.
  package func studies(_ file: ColumnFile) throws -> [EffectSize] {
    if let effect { return try given(file, effect) }
    guard let events else {
      throw StatisticsError.input(field: "--effect", advice: "is missing: name the column of effects, or give --events")
    }
    func needed(_ name: String?, _ option: String) throws -> String {
      guard let name else { throw StatisticsError.input(field: option, advice: "is missing") }
      return name
    }
    let (n, m, other) = (
      try needed(size, "--n"), try needed(comparisonSize, "--comparison-n"),
      try needed(comparisonEvents, "--comparison-events")
    )
    let columns = try [(events, "--events"), (n, "--n"), (other, "--comparison-events"), (m, "--comparison-n")].map {
      try file.complete($0.0, option: $0.1)
    }
    return try (0..<file.count).map { row in
      let (a, all, c, others) = (columns[0][row], columns[1][row], columns[2][row], columns[3][row])
      for (count, size, name) in [(a, all, events), (c, others, other)] where count > size || count < 0 {
        throw StatisticsError.input(field: "\(name), line \(file.line(row))", advice: "must lie between 0 and its n")
      }
      guard all > 0, others > 0 else {
        throw StatisticsError.input(
          field: "\(all > 0 ? m : n), line \(file.line(row))", advice: "must be above 0")
      }
      return try FourfoldTable(a: a, b: all - a, c: c, d: others - c).logOddsRatio()
    }
  }

  private func given(_ file: ColumnFile, _ effect: String) throws -> [EffectSize] {
    let effects = try file.complete(effect, option: "--effect")
    guard let column = variance ?? standardError else {
      throw StatisticsError.input(field: "--variance", advice: "is missing: name the column of variances, or give --se")
    }
    let spreads = try file.complete(column, option: variance == nil ? "--se" : "--variance")
    return try zip(effects, spreads).enumerated().map { row, pair in
      guard pair.1 > 0 else {
        throw StatisticsError.input(field: "\(column), line \(file.line(row))", advice: "must be above 0")
      }
      return EffectSize(estimate: pair.0, variance: variance == nil ? pair.1 * pair.1 : pair.1)
    }
  }

  /// Pooled by REML with Hartung-Knapp and the ad hoc correction, in words and figures; below three trials nothing is pooled.
  package func report(_ file: ColumnFile) throws -> String {
    let studies = try studies(file)
    let names = try label.map { try file.texts($0, option: "--label") } ?? studies.indices.map { "trial \($0 + 1)" }
    let scale = effect == nil ? " (log odds ratio)" : ""
    let rows = zip(names, studies).map { name, study -> [String] in
      let reach = 1.959964 * study.standardError
      return [
        name, effectFigure(study.estimate),
        "\(effectFigure(study.estimate - reach)) to \(effectFigure(study.estimate + reach))",
      ]
    }
    let table = TextTable(["trial", "effect\(scale)", "95 % interval"], rows).lines
    guard studies.count >= 3 else {
      return (["With \(counted(studies.count, "trial")) nothing is pooled: three are needed.", ""] + table)
        .joined(separator: "\n")
    }
    let pooled = try Pooling.pool(studies)
    var lines = [
      "Together \(effectFigure(pooled.estimate)), 95 % interval \(effectFigure(pooled.interval.lower)) to "
        + "\(effectFigure(pooled.interval.upper))\(scale): \(counted(studies.count, "trial")), REML, Hartung-Knapp with the ad hoc correction.",
      "tau² \(figure(pooled.tauSquared, places: 4)), I² \(figure(pooled.iSquared, places: 0)) %.",
    ]
    if studies.count >= 5, let new = pooled.predictionInterval(.riley) {
      lines.append("A new school could expect between \(effectFigure(new.lower)) and \(effectFigure(new.upper)).")
    } else {
      lines.append("Below five trials nothing is foretold for a new school.")
    }
    if let own = try schools(file, names) { lines.append(try robust(studies, own)) }
    return (lines + [""] + table).joined(separator: "\n")
  }

  /// The school of each trial, when one is asked for or a name stands twice.
  private func schools(_ file: ColumnFile, _ names: [String]) throws -> [String]? {
    if let school { return try file.texts(school, option: "--school") }
    return Set(names).count < names.count ? names : nil
  }

  /// The interval that holds although trials of one school are alike.
  private func robust(_ studies: [EffectSize], _ schools: [String]) throws -> String {
    let pooled = try Pooling.pool(studies, .reml, interval: .wald)
    let count = counted(Set(schools).count, "school")
    guard let robust = ClusterRobust(studies, clusters: schools, pooled: pooled, form: .cr2) else {
      return "All are trials of one school: the interval says nothing of others."
    }
    return "They are trials of \(count). Taking those of one school together (CR2), the 95 % interval is "
      + "\(effectFigure(robust.interval.lower)) to \(effectFigure(robust.interval.upper)), with "
      + "\(figure(robust.degreesOfFreedom, places: 1)) degrees of freedom."
  }
}
