/// One trial in a forest plot. Effects are in the plot's unit; above 0 is better.
package struct ForestRow: Sendable, Equatable {
  /// The school.
  package let label: String
  /// A word or two that stand back: the state, the year.
  package let detail: String
  package let link: String?
  package let effect: Double
  /// The interval's ends, `low` ≤ `effect` ≤ `high`.
  package let low: Double
  package let high: Double
  /// Its share of the pooled effect, 0…1; nil where nothing is pooled.
  package let weight: Double?
  package let verdict: Verdict
  /// Whether it counts in the pooled effect, if there is one.
  package let isPooled: Bool

  package init(
    label: String, detail: String = "", link: String? = nil, effect: Double, low: Double, high: Double,
    weight: Double? = nil, verdict: Verdict, isPooled: Bool = true
  ) {
    self.label = label
    self.detail = detail
    self.link = link
    self.effect = effect
    self.low = low
    self.high = high
    self.weight = weight
    self.verdict = verdict
    self.isPooled = isPooled
  }
}

/// What all trials say together.
package struct ForestPooled: Sendable, Equatable {
  package let effect: Double
  package let low: Double
  package let high: Double
  /// Where the effect in a new school would fall; nil when there are too few schools to say.
  package let prediction: ClosedRange<Double>?
  /// How many schools are pooled; nil where each row is one of them.
  package let schools: Int?

  package init(
    effect: Double, low: Double, high: Double, prediction: ClosedRange<Double>? = nil, schools: Int? = nil
  ) {
    self.schools = schools
    self.effect = effect
    self.low = low
    self.high = high
    self.prediction = prediction
  }
}

/// Trials one below the other, each with its interval, then all together, then those that never reported.
package struct ForestPlot: Sendable, Equatable {
  /// Unique on the page; the drawings' names hang on it.
  package let id: String
  package let rows: [ForestRow]
  package let pooled: ForestPooled?
  /// Trials that were started and never reported.
  package let unreported: Int
  /// What the effect measures: "lateness, in standard deviations".
  package let measure: String
  /// What stands at the two sides of no change.
  package let worse: String
  package let better: String
  /// Percent of the intervals, such as 95.
  package let confidence: Int

  package init(
    id: String = "forest", rows: [ForestRow], pooled: ForestPooled? = nil, unreported: Int = 0,
    measure: String = "standard deviations", worse: String = "worse", better: String = "better", confidence: Int = 95
  ) {
    self.id = id
    self.rows = rows
    self.pooled = pooled
    self.unreported = unreported
    self.measure = measure
    self.worse = worse
    self.better = better
    self.confidence = confidence
  }

  /// "Forest plot of 9 trials".
  var name: String { "Forest plot of \(counted(rows.count, "trial"))" }

  /// What a reader who cannot see the drawing should hear first.
  var description: String {
    var sentences: [String] = []
    if let least = rows.map(\.effect).min(), let most = rows.map(\.effect).max() {
      sentences.append(
        least == most
          ? "The effect is \(effectFigure(least))." : "Effects from \(effectFigure(least)) to \(effectFigure(most)).")
    }
    if let pooled {
      sentences.append(
        "Together \(effectFigure(pooled.effect)), interval \(effectFigure(pooled.low)) to \(effectFigure(pooled.high))."
      )
      if let new = pooled.prediction {
        sentences.append(
          "A new school could expect between \(effectFigure(new.lowerBound)) and \(effectFigure(new.upperBound)).")
      }
    }
    if unreported > 0 { sentences.append("\(unreportedWords(unreported, afterOthers: !rows.isEmpty)).") }
    return sentences.joined(separator: " ")
  }
}

func effectFigure(_ value: Double) -> String { signedFigure(value, places: 2) }

/// "+0.41 (+0.08 to +0.74)".
func effectWords(_ effect: Double, _ low: Double, _ high: Double) -> String {
  "\(effectFigure(effect)) (\(effectFigure(low)) to \(effectFigure(high)))"
}
