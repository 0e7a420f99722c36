/// `kind: effect_size`: one trial's effect and its variance. Measures bear the reference program's names.
enum EffectSizeCase: CaseHandler {
  static func answer(_ input: CaseInput) throws -> CaseValue {
    switch try EffectQuestion(input).answer() {
    case .known(let effect) where effect.estimate.isFinite && effect.variance.isFinite:
      return ["yi": .figure(effect.estimate), "vi": .figure(effect.variance)]
    case .known(let effect):
      return [
        "yi": .figure(effect.estimate), "vi": .figure(effect.variance),
        "reason": .text("undefined for these numbers (an empty cell or no spread)"),
      ]
    case .range(let range): return open(range)
    }
  }

  /// The correlation was not given: what does not hang on it is a number, the rest a range.
  private static func open(_ range: CorrelationRange) -> CaseValue {
    let (estimates, variances) = (range.estimates, range.variances)
    return [
      "yi": estimates.width == 0 ? .figure(estimates.lower) : .null, "vi": .null,
      "yi_range": .figures([estimates.lower, estimates.upper]),
      "vi_range": .figures([variances.lower, variances.upper]),
      "r_range": .figures([range.correlations.lower, range.correlations.upper]),
      "reason": .text("the correlation of both measurements (r) is not given; no value is assumed for it"),
    ]
  }

  static func explanation(_ input: CaseInput) throws -> [String] {
    let question = try EffectQuestion(input)
    return EffectExplanation.lines(question.measure, try question.numbers(), try question.answer())
  }
}

/// What a case of one effect asks: the measure, its numbers and its options.
struct EffectQuestion {
  let measure: String
  private let given: CaseInput
  private let corrected: Bool
  private let vtype: String
  private let vtypeInput: CaseInput?
  private let zeros: ZeroCells
  private let hasOwnZeros: Bool

  /// Measures whose variance does not suffer from empty cells: nothing is added unless asked for.
  private static let unaffected: Set = ["AS", "PHI", "IRSD", "PAS", "PFT"]

  enum Answer {
    case known(EffectSize)
    case range(CorrelationRange)
  }

  init(_ input: CaseInput) throws {
    try self.init(
      measure: try input.text("measure"), given: try input.field("input"), options: input.optional("options"))
  }

  /// - Parameters:
  ///   - measure: its short name; a remark may follow, as in `RR (log)`.
  ///   - given: the object that holds the numbers.
  init(measure: String, given: CaseInput, options: CaseInput?) throws {
    self.measure = measure.uppercased().prefix { $0 != " " && $0 != "(" }.description
    self.given = given
    corrected = try options?.optional("correct")?.flag() ?? true
    vtypeInput = options?.optional("vtype")
    vtype = try vtypeInput?.text() ?? "LS"
    hasOwnZeros = options?.optional("add") != nil || options?.optional("to") != nil
    zeros = try Self.zeroCells(options)
  }

  private static func zeroCells(_ options: CaseInput?) throws -> ZeroCells {
    let add = try options?.optional("add")?.nonNegative() ?? 0.5
    guard let to = options?.optional("to") else { return ZeroCells(add: add) }
    switch try to.text() {
    case "only0", "if0all": return ZeroCells(add: add, to: .withZero)
    case "all": return ZeroCells(add: add, to: .all)
    case "none": return .none
    default: throw to.refusal("must be only0, all, if0all or none")
    }
  }

  // MARK: The answer

  func answer() throws -> Answer {
    switch measure {
    case "MD", "SMD", "SMD1", "SMDH", "ROM": return .known(try twoGroups())
    case "MC", "SMCC", "SMCR", "SMCRH", "SMCRP", "ROMC": return try change()
    case "SMPPC", "PPC", "DPPC2", "MORRIS": return try prePostControl()
    case "OR", "RR", "RD", "AS", "PHI", "PETO", "OR2D", "OR2DL", "OR2DN", "PBIT": return .known(try fourfold())
    case "MPRD", "MPRR", "MPOR", "MPORC", "MPPETO": return .known(try paired())
    case "IRR", "IRD", "IRSD": return .known(try rates())
    case "PR", "PLN", "PLO", "PAS", "PFT": return .known(try proportion())
    default: throw StatisticsError.input(field: "measure", advice: "is unknown: \"\(measure)\"")
    }
  }

  private func twoGroups() throws -> EffectSize {
    let groups = TwoGroups(
      treated: try group("m1", "sd1", "n1", spare: measure == "SMD1"), comparison: try group("m2", "sd2", "n2"))
    switch measure {
    case "MD": return groups.meanDifference(pooled: try choose("LS", "UB", "HO") == "HO")
    case "SMD": return groups.standardisedDifference(corrected: corrected, variance: try variance())
    case "SMD1": return groups.glassDifference(corrected: corrected, variance: try variance())
    case "SMDH":
      return groups.unequalVarianceDifference(
        corrected: corrected, variance: .init(rawValue: try choose("LS", "LS2", "LS3")) ?? .ls)
    default:
      let form = TwoGroups.RatioVariance(rawValue: try choose("LS", "LS2", "AV", "HO", "AVHO")) ?? .ls
      return try named("m1") { try groups.logRatioOfMeans(corrected: corrected, variance: form) }
    }
  }

  private func change() throws -> Answer {
    let n = try count("n", atLeast: 2)
    let after = try GroupSummary(mean: try number("m_post"), sd: try deviation("sd_post"), n: n)
    let before = try GroupSummary(
      mean: try number("m_pre"), sd: try deviation("sd_pre", spare: measure == "SMCR"), n: n)
    guard let r = optional("r") else {
      return .range(try named("m_post") { try CorrelationRange(after: after, before: before, changeEffect) })
    }
    let correlation = try r.number()
    guard (-1...1).contains(correlation) else { throw r.refusal("must lie in -1…1") }
    return .known(
      try named("m_post") {
        try changeEffect(try MeanChange(after: after, before: before, correlation: correlation))
      })
  }

  /// The reference runs give `m_post`, `sd_post` as their first group, by whose spread SMCR and SMCRH standardise.
  private func changeEffect(_ change: MeanChange) throws -> EffectSize {
    switch measure {
    case "MC": try plain(change.raw())
    case "SMCC": change.byChangeSD(corrected: corrected, variance: try variance())
    case "SMCR": change.byAfterSD(corrected: corrected, variance: try variance())
    case "SMCRH":
      change.byAfterSDUnequal(corrected: corrected, variance: .init(rawValue: try choose("LS", "LS2")) ?? .ls)
    case "SMCRP": try plain(change.byBothSDs(corrected: corrected))
    default: try change.logRatioOfMeans(corrected: corrected, secondOrder: try choose("LS", "LS2") == "LS2")
    }
  }

  private func prePostControl() throws -> Answer {
    let (n1, n2) = (try count("n1", atLeast: 2), try count("n2", atLeast: 2))
    func summary(_ phase: String, _ group: String, _ n: Double) throws -> GroupSummary {
      let sd = phase == "pre" ? try deviation("sd_pre\(group)") : 0
      return try GroupSummary(mean: try number("m_\(phase)\(group)"), sd: sd, n: n)
    }
    let trial = PrePostControl(
      treatedBefore: try summary("pre", "1", n1), treatedAfter: try summary("post", "1", n1),
      comparisonBefore: try summary("pre", "2", n2), comparisonAfter: try summary("post", "2", n2))
    let exact = try choose("LS", "UB") == "UB"
    guard let r = optional("r") else {
      return .range(
        try CorrelationRange(
          after: trial.treatedAfter, before: trial.treatedBefore,
          { try trial.morris(correlation: $0.correlation, exactVariance: exact) }))
    }
    let correlation = try r.number()
    guard (-1...1).contains(correlation) else { throw r.refusal("must lie in -1…1") }
    return .known(try trial.morris(correlation: correlation, exactVariance: exact))
  }

  private func fourfold() throws -> EffectSize {
    let table = try FourfoldTable(
      a: try cell("a"), b: try rest("b", of: "n1", without: "a"), c: try cell("c"),
      d: try rest("d", of: "n2", without: "c"), zeros: cellRule)
    switch measure {
    case "OR": return table.logOddsRatio(underNull: try choose("LS", "AV", "H0") == "H0")
    case "RR": return table.logRiskRatio(underNull: try choose("LS", "AV", "H0") == "H0")
    case "RD":
      let form = try choose("LS", "UB", "AV", "H0")
      return table.riskDifference(unbiased: form == "UB", underNull: form == "H0")
    case "AS": return try plain(table.arcsineDifference())
    case "PHI": return table.phi(stratified: try choose("LS", "CS", "ST") == "ST")
    case "PETO": return try plain(table.peto())
    case "OR2DN": return table.coxSnellDifference(underNull: try choose("LS", "AV", "H0") == "H0")
    case "PBIT": return try plain(table.probitDifference())
    default: return table.logisticDifference(underNull: try choose("LS", "AV", "H0") == "H0")
    }
  }

  private func paired() throws -> EffectSize {
    let table = try PairedTable(
      a: try cell("a"), b: try cell("b"), c: try cell("c"), d: try cell("d"), zeros: cellRule)
    _ = try choose("LS")
    switch measure {
    case "MPRD": return table.riskDifference()
    case "MPRR": return table.logRiskRatio()
    case "MPOR": return table.logMarginalOddsRatio()
    case "MPORC": return table.logConditionalOddsRatio()
    default: return table.peto()
    }
  }

  private func rates() throws -> EffectSize {
    let rates = try TwoRates(
      treated: (try cell("x1"), try field("t1").positive()),
      comparison: (try cell("x2"), try field("t2").positive()), zeros: cellRule)
    _ = try choose("LS")
    switch measure {
    case "IRR": return rates.logRatio()
    case "IRD": return rates.difference()
    default: return rates.rootDifference()
    }
  }

  private func proportion() throws -> EffectSize {
    let x = try field("x")
    let n = try field("n").positive()
    let count = try x.nonNegative()
    guard count <= n else { throw x.refusal("must not be above n (\(figure(n)))") }
    let share = try Proportion(x: count, n: n, zeros: cellRule)
    switch measure {
    case "PR": return share.raw(unbiased: try choose("LS", "UB", "AV") == "UB")
    case "PLN", "PLO":
      _ = try choose("LS", "AV")
      return measure == "PLN" ? share.logarithm() : share.logOdds()
    case "PAS": return try plain(share.arcsine())
    default: return try plain(share.freemanTukey())
    }
  }

  // MARK: Reading

  private var cellRule: ZeroCells { hasOwnZeros || !Self.unaffected.contains(measure) ? zeros : .none }

  /// A field by its name or by the reference program's (`m1i` for `m1`; `m1` for `m_post` and `m2` for `m_pre`).
  private func optional(_ name: String) -> CaseInput? {
    let programNames = ["m_post": "m1", "m_pre": "m2", "sd_post": "sd1", "sd_pre": "sd2", "x1": "a", "x2": "c"]
    let cells = ["a": "tpos", "b": "tneg", "c": "cpos", "d": "cneg"]
    for candidate in [name, programNames[name] ?? name, cells[name] ?? name] {
      if let found = given.optional(candidate) ?? given.optional(candidate + "i") { return found }
    }
    return nil
  }

  private func field(_ name: String) throws -> CaseInput { try optional(name) ?? given.field(name) }

  private func number(_ name: String) throws -> Double { try field(name).number() }

  private func cell(_ name: String) throws -> Double { try field(name).nonNegative() }

  /// The second cell of a group, given itself or as the group's size less its first cell.
  private func rest(_ name: String, of size: String, without first: String) throws -> Double {
    if let own = optional(name) { return try own.nonNegative() }
    guard let total = optional(size) else { return try given.field(name).number() }
    let (count, n) = (try field(first), try total.nonNegative())
    guard try count.nonNegative() <= n else { throw count.refusal("must not be above \(size) (\(figure(n)))") }
    return n - (try count.nonNegative())
  }

  private func count(_ name: String, atLeast fewest: Double) throws -> Double {
    let input = try field(name)
    let n = try input.number()
    guard n >= fewest else { throw input.refusal("must be \(figure(fewest)) or more") }
    return n
  }

  /// A standard deviation above 0; `spare`: the measure does without it, so that it may be missing.
  private func deviation(_ name: String, spare: Bool = false) throws -> Double {
    if spare, optional(name) == nil { return 0 }
    let input = try field(name)
    return spare ? try input.nonNegative() : try input.positive()
  }

  private func group(_ mean: String, _ sd: String, _ n: String, spare: Bool = false) throws -> GroupSummary {
    try GroupSummary(mean: try number(mean), sd: try deviation(sd, spare: spare), n: try count(n, atLeast: 2))
  }

  private func variance() throws -> StandardisedVariance {
    let isTwoGroups = measure == "SMD" || measure == "SMD1"
    let form = isTwoGroups ? try choose("LS", "LS2", "UB", "AV", "H0") : try choose("LS", "LS2", "UB", "H0")
    return StandardisedVariance(rawValue: form) ?? .ls
  }

  /// An effect whose variance has one form only.
  private func plain(_ effect: EffectSize) throws -> EffectSize {
    _ = try choose("LS")
    return effect
  }

  /// The variance form, which must be one of these. For a single trial the forms that average over trials ("AV") are
  /// the plain ones.
  private func choose(_ names: String...) throws -> String {
    guard names.contains(vtype) else {
      throw vtypeInput?.refusal("must be one of \(names.joined(separator: ", ")) for \(measure)")
        ?? StatisticsError.input(field: "options.vtype", advice: "is missing")
    }
    return vtype
  }

  /// Gives a refusal of the library the path of the case's field.
  private func named<Value>(_ name: String, _ work: () throws -> Value) throws -> Value {
    do { return try work() } catch StatisticsError.input("mean", let advice) { throw try field(name).refusal(advice) }
  }

  /// Every number of the input by its name, for explanations.
  func numbers() throws -> [(name: String, value: Double)] {
    try given.fields().compactMap { name, input in
      if case .number(let value) = input.value { return (name, value) }
      return nil
    }
  }
}
