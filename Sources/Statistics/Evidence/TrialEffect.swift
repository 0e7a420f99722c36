/// One reported trial of an idea, as the pooled evidence takes it.
public struct TrialEffect: Equatable, Sendable {
  /// Which school; several trials of one school are combined before pooling.
  public let school: String
  /// A standardised mean difference (no unit), above 0 is better. Counts come in by the logistic conversion.
  public let effect: EffectSize
  /// Pupils with data, if known.
  public let pupils: Int?
  /// Registered before its data. What was not is counted and never pooled.
  public let registered: Bool
  public let design: TrialDesign

  public init(
    school: String, effect: EffectSize, pupils: Int? = nil, registered: Bool = true,
    design: TrialDesign = .comparison(randomised: false)
  ) {
    self.school = school
    self.effect = effect
    self.pupils = pupils
    self.registered = registered
    self.design = design
  }
}

/// What one school's trials say together: a row of the forest plot.
public struct SchoolEvidence: Equatable, Sendable {
  public let school: String
  /// Number of trials combined.
  public let trials: Int
  public let pupils: Int?
  public let effect: EffectSize
  /// 95 %, by the normal distribution.
  public let interval: Interval
  /// Share of the pooled estimate, 0…1.
  public let weight: Double

  /// The mean of a school's trials, its variance with errors that correlate by `correlation`: new trials in the same
  /// school sharpen what is known of that school a little, and never count as new schools.
  /// V = (Σv + 2ρ Σ√(vᵢvⱼ))/m². Source: Borenstein et al. 2009, eq. 24.2; ρ = 0.8 as in Hedges, Tipton & Johnson 2010.
  static func combined(_ effects: [EffectSize], correlation: Double) -> EffectSize {
    let m = Double(effects.count)
    let variances = effects.reduce(0) { $0 + $1.variance }
    let roots = effects.reduce(0) { $0 + $1.standardError }
    return EffectSize(
      estimate: effects.reduce(0) { $0 + $1.estimate } / m,
      variance: (variances + correlation * (roots * roots - variances)) / (m * m))
  }
}
