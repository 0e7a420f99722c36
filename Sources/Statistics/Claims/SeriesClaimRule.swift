import Foundation

/// Compiles what one school's series may claim that was registered before its change: the rule by which the chart of a
/// project becomes evidence. Nobody types a verdict.
///
/// The rule in words, differences turned so that above 0 is better, δ the smallest difference that was registered:
/// 1. Not registered before the first value after the change: experience, never an effect.
/// 2. Fewer than 5 values before or after, values not counted alike throughout, or fewer than 20 students where that is
///    known: numbers, and too early to say.
/// 3. The difference of both means has an interval by t that autocorrelation widens; all values of the registered time
///    count, so that nobody chooses a window. *Did not work*: the 95 % interval lies below δ, unless the values were
///    getting worse already, when standing still may be a gain: then it is too early to say.
/// 4. *Worked* needs 8 values on each side, no improvement under way, no start at the worst, the whole 99 % interval
///    above δ, and a Tau above 0 with its interval after the baseline's own trend is taken out. A gain whose 95 %
///    interval lies above 0 but that misses this is *mixed*; after a start at the worst or with an improvement under way
///    even that says nothing: too early to say.
/// 5. A balancing measure that got worse turns *worked* into *mixed*.
///
/// Into the pool goes only what is on the pool's scale: a share of so many students (or a count of which each student
/// adds one at most), from the mean share before to the mean share after by the logistic conversion. More weeks are not
/// more students, so its variance is never below that of one count of as many students before and after. A series whose
/// values were improving already, that began at the worst, or that is too short is shown and not pooled.
public struct SeriesClaimRule: Equatable, Sendable {
  public let named: NamedRule
  /// Fewest values on each side for a verdict, and for one that it worked.
  public let fewestPoints: Int
  public let pointsForSuccess: Int
  /// Fewest students, where their number is known.
  public let fewestStudents: Int
  /// From this rank correlation with time on the values before were moving already. Source: Parker et al. 2011.
  public let trend: Double
  /// Coverage of the interval, and of the one that a success must hold.
  public let level: Double
  public let strictLevel: Double

  /// The rule in force.
  public static let current = SeriesClaimRule(
    named: NamedRule(
      name: "League series claim", version: 1, since: "2026-11-28",
      source:
        "Single-case standards of What Works Clearinghouse 4.1 (5 values a phase); baseline trend of Parker et al. "
        + "2011 and Tarlow 2017; autocorrelation of Huitema and McKean 1991; interval against the registered smallest "
        + "difference (Lakens 2017)"),
    fewestPoints: BeforeAfterSeries.leastBaseline, pointsForSuccess: 8, fewestStudents: 20, trend: 0.4, level: 0.95,
    strictLevel: 0.99)

  /// The verdict on one series, and its effect where it may be pooled.
  /// - Throws: `StatisticsError.input` naming the number that is impossible.
  public func claim(_ record: SeriesRecord) throws -> SeriesClaim {
    try record.check()
    let figures = SeriesFigures(record.series, level: level)
    let (verdict, reason, change) = verdict(record, figures)
    let pooled = isPooled(record, figures) ? effect(record, figures) : nil
    let interval = figures.interval(level)
    let t = StudentT.quantile((1 + level) / 2, df: figures.degreesOfFreedom)
    return SeriesClaim(
      verdict: verdict, reason: reason + late(record, figures, verdict), whatWouldChangeIt: change, figures: figures,
      effect: pooled?.effect, baseShare: pooled?.baseShare, pooling: pooling(record, figures),
      explanation: Explanation(
        formula: "\(signed(figures.difference.value ?? 0)) ± t(\(figure(figures.degreesOfFreedom, 3))) \(figure(t)) × "
          + "\(figure(figures.difference.standardError ?? 0)) = \(range(interval)), autocorrelation "
          + figure(figures.autocorrelation, 2),
        rule: named.title, source: named.source))
  }

  // MARK: the verdict

  private typealias Judgement = (Claim.Verdict, reason: String, change: String)

  private func verdict(_ record: SeriesRecord, _ figures: SeriesFigures) -> Judgement {
    if let early = tooLittle(record) { return early }
    let interval = figures.interval(level)
    if interval.upper < record.worthwhile { return failure(record, figures, interval) }
    let strict = figures.interval(strictLevel)
    guard let doubt = doubt(record, figures, strict) else { return success(record, strict) }
    let isLevel = !record.chosenAtWorst && figures.baselineTrend < trend
    guard interval.lower > 0 || !isLevel else {
      return (
        .tooEarly,
        "The interval of the difference (\(range(interval))) holds both no change and a worthwhile one "
          + "(\(signed(record.worthwhile))).",
        "More values after the change, or a comparison with schools that did not do it."
      )
    }
    return (
      isLevel ? .mixed : .tooEarly,
      "The values moved by \(signed(figures.difference.value ?? 0)) (\(range(interval))), but without a comparison "
        + "\(doubt).",
      "A comparison with schools that did not do it, over the same time."
    )
  }

  private func tooLittle(_ record: SeriesRecord) -> Judgement? {
    let (before, after) = (record.series.before.count, record.series.after.count)
    if !record.registeredBeforeData {
      return (
        .experience, "The prediction was written when values after the change stood already.",
        "Another cycle, predicted before its first value."
      )
    }
    if before < fewestPoints || after < fewestPoints {
      let side = before < fewestPoints ? "before" : "after"
      return (
        .tooEarly,
        "\(count(min(before, after), "value", "values")) \(side) the change cannot show where the values were heading "
          + "anyway.",
        "\(fewestPoints) values before and after, or more."
      )
    }
    if !record.isCountedAlike {
      return (
        .tooEarly, "The way of counting was changed between these values, so they cannot be compared.",
        "A series that is counted in one way before and after."
      )
    }
    if let students = record.students, students < fewestStudents {
      return (
        .tooEarly, "\(students) students are too few: chance alone moves such a small group a lot.",
        "\(fewestStudents) students, or more."
      )
    }
    return nil
  }

  private func failure(_ record: SeriesRecord, _ figures: SeriesFigures, _ interval: Interval) -> Judgement {
    if figures.baselineTrend <= -trend {
      return (
        .tooEarly,
        "The values were getting worse before the change: that they did not rise by what was worth it "
          + "(\(signed(record.worthwhile))) may hide that they fell no further.",
        "A comparison with schools that did not do it, over the same time."
      )
    }
    let harm = interval.upper < 0 ? " It got worse." : ""
    return (
      .didNotWork,
      "The whole interval of the difference (\(range(interval))) lies below what was registered as worth it "
        + "(\(signed(record.worthwhile))).\(harm)",
      "A cycle in which it is done differently, or for longer; this one answers its own question."
    )
  }

  private func success(_ record: SeriesRecord, _ strict: Interval) -> Judgement {
    let reason =
      "\(record.series.before.count) values before were level, and even the strict interval of the difference "
      + "(\(range(strict)), \(percent(strictLevel))) lies above what was worth it (\(signed(record.worthwhile)))."
    guard !record.balancingMeasureWorsened else {
      return (
        .mixed, reason + " But a balancing measure got worse.",
        "A way to do it that keeps the balancing measure where it was."
      )
    }
    return (.worked, reason, "The same in another school: one school's result is one school's result.")
  }

  /// Why a gain does not count as success; nil when it does.
  private func doubt(_ record: SeriesRecord, _ figures: SeriesFigures, _ strict: Interval) -> String? {
    if record.chosenAtWorst { return "a school that starts at its worst recovers partly by itself" }
    if figures.baselineTrend >= trend { return "they go on as they were already going" }
    for (values, side) in [(record.series.before.count, "before"), (record.series.after.count, "after")]
    where values < pointsForSuccess {
      return "\(values) values \(side) are fewer than the \(pointsForSuccess) that show a level"
    }
    if strict.lower <= record.worthwhile {
      return "the strict interval (\(range(strict)), \(percent(strictLevel))) must lie above "
        + "\(signed(record.worthwhile)) and does not"
    }
    if (figures.tau.lower ?? 0) <= 0 { return "too many values after lie among those before" }
    return nil
  }

  /// Says so where most of it came late, since a mean over all of the time then says less than where it stands now.
  private func late(_ record: SeriesRecord, _ figures: SeriesFigures, _ verdict: Claim.Verdict) -> String {
    guard verdict != .experience, record.series.after.count >= 2 * fewestPoints,
      figures.lateness >= record.worthwhile
    else { return "" }
    return
      " It came late: the second half of the time after stands \(signed(figures.lateness)) better than the first, and "
      + "the rule takes all of it."
  }

  // MARK: the pool

  private func isPooled(_ record: SeriesRecord, _ figures: SeriesFigures) -> Bool {
    tooLittle(record) == nil && record.students != nil && !record.chosenAtWorst && figures.baselineTrend < trend
  }

  /// In a sentence, whether the series goes into the pool and why not.
  private func pooling(_ record: SeriesRecord, _ figures: SeriesFigures) -> String {
    if isPooled(record, figures) {
      return "It may count in what all schools together show, as one school without a comparison."
    }
    if tooLittle(record) == nil, record.students == nil {
      return
        "It is not pooled: nobody can say of how many students it tells, so it has no place on the scale of the others."
    }
    return "It is not pooled with other schools: it would say more than it can."
  }

  private func effect(_ record: SeriesRecord, _ figures: SeriesFigures) -> (effect: EffectSize, baseShare: Double)? {
    guard let students = record.students.map(Double.init) else { return nil }
    let whole = if case .percentage = record.scale { 100.0 } else { students }
    let inflation = (1 + figures.autocorrelation) / (1 - figures.autocorrelation)
    func part(_ values: [Double]) -> (share: Double, logit: Double, variance: Double) {
      let shares = values.map { $0 / whole }
      let edge = 0.5 / students
      let share = min(1 - edge, max(edge, average(shares) ?? edge))
      let deviation = shares.count > 1 ? standardDeviation(shares) : 0
      let ofSeries = deviation * deviation / Double(shares.count) * inflation
      let spread = share * (1 - share)
      return (share, log(share / (1 - share)), max(ofSeries, spread / students) / (spread * spread))
    }
    let (before, after) = (part(record.series.before), part(record.series.after))
    let scale = 3.0.squareRoot() / .pi
    let effect = EffectSize(
      estimate: scale * (after.logit - before.logit), variance: scale * scale * (before.variance + after.variance))
    return (record.series.direction.oriented(effect), before.share)
  }
}

/// What one series may claim, compiled by a `SeriesClaimRule`.
public struct SeriesClaim: Equatable, Sendable {
  public let verdict: Claim.Verdict
  /// One to three plain sentences.
  public let reason: String
  public let whatWouldChangeIt: String
  public let figures: SeriesFigures
  /// A standardised difference by the logistic conversion, above 0 is better; nil where it may not be pooled.
  public let effect: EffectSize?
  /// The mean share before, 0…1, with an effect.
  public let baseShare: Double?
  /// Whether it is pooled and why not, in a sentence.
  public let pooling: String
  public let explanation: Explanation
}
