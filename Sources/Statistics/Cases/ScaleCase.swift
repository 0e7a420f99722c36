/// `kind: scale`: what an effect, a cost or a body of evidence is called on the scales that schools know.
///
/// Any of these may be given: `effect` (a standardised difference), `pounds_per_pupil`, and `study` (`design`:
/// `randomised`, `matched`, `correlational` or `none`; `significant_gain`, `significant_harm`, `pupils`, `districts`,
/// `has_rationale`). Each answer names its rule with version and date.
enum ScaleCase: CaseHandler {
  static func answer(_ input: CaseInput) throws -> CaseValue {
    var fields: [CaseValue.Field] = []
    if let field = ["effect", "yi", "d", "g"].lazy.compactMap({ input.optional($0) }).first {
      let effect = try field.number()
      fields.append(.init("improvement_index", .figure(ImprovementIndex.points(effect))))
      fields.append(.init("months", MonthsOfProgress.months(effect).map { .whole($0) } ?? .null))
    }
    if let field = input.optional("pounds_per_pupil") {
      let pounds = try field.nonNegative()
      guard let band = CostBand(poundsPerPupil: pounds) else { throw field.refusal("must not be below 0") }
      fields.append(.init("cost_band", .whole(band.rawValue)))
      fields.append(.init("cost_band_title", .text(band.title)))
    }
    if let study = input.optional("study") {
      let tier = try tier(study)
      fields.append(.init("tier", tier.map { .whole($0.rawValue) } ?? .null))
      fields.append(.init("tier_title", tier.map { .text($0.title) } ?? .null))
    }
    guard !fields.isEmpty else {
      throw StatisticsError.input(field: "effect", advice: "is missing (or pounds_per_pupil, or study)")
    }
    fields.append(.init("rules", .list(rules(input).map { .text("\($0.name), version \($0.version), \($0.since)") })))
    return .object(fields)
  }

  private static func tier(_ study: CaseInput) throws -> EvidenceTier? {
    let designs: [String: EvidenceTier.Study] = [
      "randomised": .randomised, "randomized": .randomised, "matched": .matchedComparison,
      "correlational": .correlational, "none": .none,
    ]
    let design = try study.field("design")
    guard let best = designs[try design.text()] else {
      throw design.refusal("must be randomised, matched, correlational or none")
    }
    return EvidenceTier(
      best: best, significantGain: try study.optional("significant_gain")?.flag() ?? false,
      significantHarm: try study.optional("significant_harm")?.flag() ?? false,
      pupils: try study.optional("pupils")?.whole() ?? 0, districts: try study.optional("districts")?.whole() ?? 0,
      hasRationale: try study.optional("has_rationale")?.flag() ?? false)
  }

  private static func rules(_ input: CaseInput) -> [NamedRule] {
    let effect = ["effect", "yi", "d", "g"].contains { input.optional($0) != nil }
    return (effect ? [ImprovementIndex.rule, MonthsOfProgress.rule] : [])
      + (input.optional("pounds_per_pupil") != nil ? [CostBand.rule] : [])
      + (input.optional("study") != nil ? [EvidenceTier.rule] : [])
  }

  static func explanation(_ input: CaseInput) throws -> [String] {
    let answer = try answer(input)
    var lines: [String] = []
    if let field = ["effect", "yi", "d", "g"].lazy.compactMap({ input.optional($0) }).first,
      case .number(let points)? = answer["improvement_index"], case .number(let months)? = answer["months"]
    {
      let effect = figure(try field.number(), 6)
      lines = [
        "improvement index = 100·Φ(\(effect)) − 50 = \(figure(points, 6)) percentile points",
        "months of progress: \(effect), rounded half up to hundredths, stands in the band of \(figure(months))",
      ]
    }
    return lines + rules(input).map { "\($0.name), version \($0.version), since \($0.since): \($0.source)" }
  }
}

/// `kind: funnel`: centre and limits of a funnel plot.
///
/// Input: `measure` (`proportion`, `rate` or `effect`), `counts` (of an effect: the effects) and `sizes` (of an effect:
/// 1/se²), or `n`. Limits at 95 % and 99.8 % of the normal distribution.
enum FunnelCase: CaseHandler {
  private struct Plot {
    let funnel: FunnelLimits
    let counts: [Double]
    let sizes: [Double]

    func values() -> [Double] { funnel.measure == .effect ? counts : zip(counts, sizes).map { $0 / $1 } }
  }

  static func answer(_ input: CaseInput) throws -> CaseValue {
    let plot = try plot(input)
    let inner = plot.sizes.map { plot.funnel.limits(size: $0, z: Normal.quantile(0.975)) }
    let outer = plot.sizes.map { plot.funnel.limits(size: $0, z: Normal.quantile(0.999)) }
    func beyond(_ limits: [ClosedRange<Double>]) -> CaseValue {
      .list(
        zip(plot.values(), limits).enumerated().filter { !$1.1.contains($1.0) }.map { .whole($0.offset + 1) })
    }
    return [
      "center": .figure(plot.funnel.centre), "values": .figures(plot.values()),
      "lcl95": .figures(inner.map(\.lowerBound)), "ucl95": .figures(inner.map(\.upperBound)),
      "lcl998": .figures(outer.map(\.lowerBound)), "ucl998": .figures(outer.map(\.upperBound)),
      "beyond95": beyond(inner), "beyond998": beyond(outer),
    ]
  }

  private static func plot(_ input: CaseInput) throws -> Plot {
    let kinds: [String: FunnelLimits.Measure] = ["proportion": .proportion, "rate": .rate, "effect": .effect]
    let name = try input.field("measure")
    guard let measure = kinds[try name.text()] else { throw name.refusal("must be proportion, rate or effect") }
    let (counts, sizes) = (try input.field(anyOf: ["counts", "count"]), try input.field(anyOf: ["sizes", "n"]))
    let values = try counts.list().map { try measure == .effect ? $0.number() : $0.nonNegative() }
    let weights = try sizes.list().map { try $0.positive() }
    guard !values.isEmpty else { throw counts.refusal("must not be empty") }
    guard weights.count == values.count else {
      throw sizes.refusal("must have as many numbers as there are counts, \(values.count)")
    }
    for (index, (value, weight)) in zip(values, weights).enumerated() where measure == .proportion && value > weight {
      throw StatisticsError.input(field: "\(counts.path)[\(index + 1)]", advice: "must not be above its n")
    }
    return Plot(funnel: try FunnelLimits(measure, counts: values, sizes: weights), counts: values, sizes: weights)
  }

  static func explanation(_ input: CaseInput) throws -> [String] {
    let plot = try plot(input)
    let centre = figure(plot.funnel.centre, 6)
    let error =
      switch plot.funnel.measure {
      case .proportion: { (size: String) in "√(\(centre) · (1 − \(centre))/\(size))" }
      case .rate: { (size: String) in "√(\(centre)/\(size))" }
      case .effect: { (size: String) in "√(1/\(size))" }
      }
    return [
      "centre: all schools together = \(centre)",
      "limits: centre ± z standard errors at each size, z = 1.960 (95 %) and 3.090 (99.8 %), within what is possible",
    ]
      + plot.sizes.map { size in
        let limits = plot.funnel.limits(size: size, z: Normal.quantile(0.975))
        return "at \(figure(size, 6)): \(centre) ± 1.960 · \(error(figure(size, 6))) = \(figure(limits.lowerBound)) … "
          + figure(limits.upperBound)
      }
  }
}
