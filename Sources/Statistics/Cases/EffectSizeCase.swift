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
  private static func open(_ range: EffectRange) -> CaseValue {
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
    return try question.explanation()
  }
}

/// What a case of one effect asks: the measure, its numbers and its options.
struct EffectQuestion {
  let measure: String
  private let given: CaseInput
  private let options: CaseInput?
  private let corrected: Bool
  private let vtype: String
  private let vtypeInput: CaseInput?
  private let zeros: ZeroCells
  /// Whether a table in which nobody, or everybody, had the outcome says nothing.
  private let dropsEmpty: Bool

  /// Measures whose variance does not suffer from empty cells: nothing is added unless `add` says how much.
  private static let unaffected: Set = ["AS", "PHI", "IRSD", "PAS", "PFT"]

  /// Every measure, by what it is computed from.
  private static let twoGroupMeasures = ["MD", "SMD", "SMD1", "SMD1H", "SMDH", "ROM"]
  private static let changeMeasures = ["MC", "SMCC", "SMCR", "SMCRH", "SMCRP", "SMCRPH", "ROMC"]
  private static let controlledMeasures = ["SMPPC", "PPC", "DPPC1", "DPPC2", "MORRIS", "BECKER"]
  private static let tableMeasures = ["OR", "RR", "RD", "AS", "PHI", "PETO", "OR2D", "OR2DL", "OR2DN", "PBIT"]
  private static let pairedMeasures = ["MPRD", "MPRR", "MPOR", "MPORC", "MPPETO"]
  private static let rateMeasures = ["IRR", "IRD", "IRSD"]
  private static let proportionMeasures = ["PR", "PLN", "PLO", "PAS", "PFT"]
  static let measures =
    twoGroupMeasures + changeMeasures + controlledMeasures + tableMeasures + pairedMeasures + rateMeasures
    + proportionMeasures

  enum Answer {
    case known(EffectSize)
    case range(EffectRange)
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
    self.options = options
    corrected = try options?.optional("correct")?.flag() ?? true
    vtypeInput = options?.optional("vtype")
    vtype = try vtypeInput?.text() ?? "LS"
    zeros = try Self.zeroCells(options, add: Self.unaffected.contains(self.measure) ? 0 : 0.5)
    dropsEmpty = try options?.optional("drop00")?.flag() ?? false
  }

  private static func zeroCells(_ options: CaseInput?, add usual: Double) throws -> ZeroCells {
    let add = try options?.optional("add")?.nonNegative() ?? usual
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
    case let known where Self.twoGroupMeasures.contains(known): return .known(try twoGroups())
    case let known where Self.changeMeasures.contains(known): return try change()
    case let known where Self.controlledMeasures.contains(known): return try prePostControl()
    case let known where Self.tableMeasures.contains(known): return .known(try fourfold())
    case let known where Self.pairedMeasures.contains(known): return .known(try paired())
    case let known where Self.rateMeasures.contains(known): return .known(try rates())
    case let known where Self.proportionMeasures.contains(known): return .known(try proportion())
    default: throw StatisticsError.input(field: "measure", advice: Nearest.unknown(measure, Self.measures))
    }
  }

  private func twoGroups() throws -> EffectSize {
    let groups = TwoGroups(
      treated: try group("m1", "sd1", "n1", spare: measure == "SMD1"), comparison: try group("m2", "sd2", "n2"))
    switch measure {
    case "MD": return groups.meanDifference(pooled: try choose("LS", "UB", "HO") == "HO")
    case "SMD": return groups.standardisedDifference(corrected: corrected, variance: try variance())
    case "SMD1": return groups.glassDifference(corrected: corrected, variance: try variance())
    case "SMD1H": return try plain(groups.glassDifferenceUnequal(corrected: corrected))
    case "SMDH":
      return groups.unequalVarianceDifference(
        corrected: corrected, variance: .init(rawValue: try choose("LS", "LS2", "LS3")) ?? .ls)
    default:
      let form = TwoGroups.RatioVariance(rawValue: try choose("LS", "LS2", "AV", "HO", "AVHO")) ?? .ls
      return try named("m1") { try groups.logRatioOfMeans(corrected: corrected, variance: form) }
    }
  }

  /// A change of one group, or of two groups the difference of their changes.
  private func change() throws -> Answer {
    if let (treated, comparison) = nestedGroups {
      func part(_ given: CaseInput) throws -> Answer {
        try EffectQuestion(measure: measure, given: given, options: options).answer()
      }
      return EffectRange.difference(try part(treated), try part(comparison))
    }
    let n = try count("n", atLeast: 2)
    let needsBoth = measure != "SMCR"
    let byBefore = !needsBoth && optional("sd_post") == nil
    let after = try GroupSummary(
      mean: try number("m_post"), sd: try deviation("sd_post", spare: byBefore), n: n)
    let before = try GroupSummary(
      mean: try number("m_pre"), sd: try deviation("sd_pre", spare: !needsBoth && !byBefore), n: n)
    func effect(_ change: MeanChange) throws -> EffectSize {
      byBefore
        ? change.byBeforeSD(corrected: corrected, variance: try variance())
        : try changeEffect(change)
    }
    guard let correlation = try correlation("r") else {
      return .range(
        try named("m_post") { EffectRange(try CorrelationRange(after: after, before: before, effect)) })
    }
    return .known(
      try named("m_post") { try effect(try MeanChange(after: after, before: before, correlation: correlation)) })
  }

  /// Nil when it is not given.
  private func correlation(_ names: String...) throws -> Double? {
    guard let r = names.lazy.compactMap({ optional($0) }).first else { return nil }
    let correlation = try r.number()
    guard (-1...1).contains(correlation) else { throw r.refusal("must lie in -1…1") }
    return correlation
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
    case "SMCRPH":
      change.byBothSDsUnequal(corrected: corrected, variance: .init(rawValue: try choose("LS", "LS2")) ?? .ls)
    default: try change.logRatioOfMeans(corrected: corrected, secondOrder: try choose("LS", "LS2") == "LS2")
    }
  }

  /// Both groups of a case: objects called `treatment` and `control` (or alike).
  private var nestedGroups: (treated: CaseInput, comparison: CaseInput)? {
    func group(_ names: [String]) -> CaseInput? {
      names.lazy.compactMap { given.optional($0) }.first { if case .object = $0.value { true } else { false } }
    }
    guard let treated = group(Self.treated), let comparison = group(Self.comparison) else { return nil }
    return (treated, comparison)
  }

  private static let treated = ["treatment", "treated", "tried", "t"]
  private static let comparison = ["control", "comparison", "c"]

  /// `m_pre` of the first group is `m_pre1`, `m_pre_t`, `m_pre_treatment`, or `m_pre` in the object `treatment`.
  private func ofGroup(_ name: String, _ group: Int) throws -> CaseInput {
    if let nested = nestedGroups { return try (group == 1 ? nested.treated : nested.comparison).field(name) }
    let words = group == 1 ? Self.treated : Self.comparison
    for spelling in ["\(name)\(group)"] + words.map({ "\(name)_\($0)" }) {
      if let found = given.optional(spelling) { return found }
    }
    return try given.field("\(name)\(group)")
  }

  private func prePostControl() throws -> Answer {
    func summary(_ phase: String, _ group: Int) throws -> GroupSummary {
      let n = try ofGroup("n", group)
      guard try n.number() >= 2 else { throw n.refusal("must be 2 or more") }
      let sd = phase == "pre" ? try ofGroup("sd_pre", group).positive() : 0
      return try GroupSummary(mean: try ofGroup("m_\(phase)", group).number(), sd: sd, n: try n.number())
    }
    let trial = PrePostControl(
      treatedBefore: try summary("pre", 1), treatedAfter: try summary("post", 1),
      comparisonBefore: try summary("pre", 2), comparisonAfter: try summary("post", 2))
    if measure == "DPPC1" || measure == "BECKER" { return try differenceOfChanges(trial) }
    let exact = try choose("LS", "UB") == "UB"
    guard let correlation = try correlation("r", "r1", "r_t") ?? nestedCorrelation(1) else {
      return .range(
        EffectRange(
          try CorrelationRange(
            after: trial.treatedAfter, before: trial.treatedBefore,
            { try trial.morris(correlation: $0.correlation, exactVariance: exact) })))
    }
    return .known(try trial.morris(correlation: correlation, exactVariance: exact))
  }

  private func nestedCorrelation(_ group: Int) throws -> Double? {
    guard let nested = nestedGroups, let r = (group == 1 ? nested.treated : nested.comparison).optional("r") else {
      return nil
    }
    let correlation = try r.number()
    guard (-1...1).contains(correlation) else { throw r.refusal("must lie in -1…1") }
    return correlation
  }

  /// Each group by its own standard deviation and correlation.
  private func differenceOfChanges(_ trial: PrePostControl) throws -> Answer {
    let form = try variance()
    func part(_ after: GroupSummary, _ before: GroupSummary, _ correlation: Double?) throws -> Answer {
      func effect(_ change: MeanChange) -> EffectSize { change.byBeforeSD(corrected: corrected, variance: form) }
      guard let correlation else {
        return .range(EffectRange(try CorrelationRange(after: after, before: before, effect)))
      }
      return .known(effect(try MeanChange(after: after, before: before, correlation: correlation)))
    }
    let both = try correlation("r")
    return EffectRange.difference(
      try part(trial.treatedAfter, trial.treatedBefore, try nestedCorrelation(1) ?? correlation("r1", "r_t") ?? both),
      try part(
        trial.comparisonAfter, trial.comparisonBefore, try nestedCorrelation(2) ?? correlation("r2", "r_c") ?? both))
  }

  private func fourfold() throws -> EffectSize {
    let (a, b) = (try cell("a"), try rest("b", of: "n1", without: "a"))
    let (c, d) = (try cell("c"), try rest("d", of: "n2", without: "c"))
    let table = try placed { try FourfoldTable(a: a, b: b, c: c, d: d, zeros: zeros) }
    if isDropped(a, c) || isDropped(b, d) { return .undefined }
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
    let cells = try ["a", "b", "c", "d"].map { try cell($0) }
    let table = try placed {
      try PairedTable(a: cells[0], b: cells[1], c: cells[2], d: cells[3], zeros: zeros)
    }
    if isDropped(cells[0], cells[2]) || isDropped(cells[1], cells[3]) { return .undefined }
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
    let (x1, x2) = (try cell("x1"), try cell("x2"))
    let rates = try TwoRates(
      treated: (x1, try field("t1").positive()), comparison: (x2, try field("t2").positive()), zeros: zeros)
    if isDropped(x1, x2) { return .undefined }
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
    let share = try Proportion(x: count, n: n, zeros: zeros)
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

  private func isDropped(_ one: Double, _ other: Double) -> Bool { dropsEmpty && one == 0 && other == 0 }

  /// Gives a refusal of the library the path of the case's cell.
  private func placed<Value>(_ work: () throws -> Value) throws -> Value {
    do { return try work() } catch StatisticsError.input(let name, let advice) {
      throw StatisticsError.input(field: optional(name)?.path ?? name, advice: advice)
    }
  }

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

  // MARK: Explaining

  func explanation() throws -> [String] {
    if let (treated, comparison) = nestedGroups, Self.changeMeasures.contains(measure) {
      func part(_ given: CaseInput) throws -> [String] {
        try EffectQuestion(measure: measure, given: given, options: options).explanation().map {
          "\(given.path): \($0)"
        }
      }
      return try part(treated) + part(comparison) + [difference(try answer())]
    }
    let (numbers, added) = try numbers()
    let form = vtype == "AV" ? "LS" : vtype
    return EffectExplanation.lines(
      measure, numbers, try answer(), .init(isCorrected: corrected, form: form, added: added))
  }

  private func difference(_ answer: Answer) -> String {
    switch answer {
    case .known(let effect):
      "first less second: yi = \(figure(effect.estimate, 6)), vi = sum of both = \(figure(effect.variance, 6))"
    case .range(let range):
      "first less second: yi = \(figure(range.estimates.lower, 6)) … \(figure(range.estimates.upper, 6)), "
        + "vi = \(figure(range.variances.lower, 6)) … \(figure(range.variances.upper, 6))"
    }
  }

  /// The measure's numbers by the names of the formulas, and what was added to each cell.
  private func numbers() throws -> (values: [(name: String, value: Double)], added: Double) {
    if Self.controlledMeasures.contains(measure) { return (try groupNumbers(), 0) }
    let names: [String] =
      if Self.twoGroupMeasures.contains(measure) {
        ["m1", "sd1", "n1", "m2", "sd2", "n2"]
      } else if Self.changeMeasures.contains(measure) {
        ["m_post", "sd_post", "m_pre", "sd_pre", "n", "r"]
      } else if Self.rateMeasures.contains(measure) {
        ["x1", "t1", "x2", "t2"]
      } else if Self.proportionMeasures.contains(measure) { ["x", "n"] } else { ["a", "b", "c", "d"] }
    var values = try names.compactMap { name in try optional(name).map { (name: name, value: try $0.number()) } }
    if Self.tableMeasures.contains(measure) {
      values = [
        ("a", try cell("a")), ("b", try rest("b", of: "n1", without: "a")), ("c", try cell("c")),
        ("d", try rest("d", of: "n2", without: "c")),
      ]
    }
    return withZeros(values)
  }

  private func withZeros(
    _ values: [(name: String, value: Double)]
  ) -> (values: [(name: String, value: Double)], added: Double) {
    let known = Dictionary(values.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    var counts: [Double] = []
    if Self.tableMeasures.contains(measure) || Self.pairedMeasures.contains(measure) {
      counts = values.map(\.value)
    } else if Self.rateMeasures.contains(measure) {
      counts = [known["x1"] ?? 1, known["x2"] ?? 1]
    } else if Self.proportionMeasures.contains(measure), let x = known["x"], let n = known["n"] {
      counts = [x, n - x]
    }
    let added = zip(zeros.adjusted(counts), counts).map { $0 - $1 }.max() ?? 0
    guard added > 0 else { return (values, 0) }
    return (
      values.map { name, value in
        (name, name == "n" ? value + 2 * added : name == "t1" || name == "t2" ? value : value + added)
      }, added
    )
  }

  private func groupNumbers() throws -> [(name: String, value: Double)] {
    try (1...2).flatMap { group in
      try ["m_pre", "m_post", "sd_pre", "n"].map { name in
        (name: "\(name)\(group)", value: try ofGroup(name, group).number())
      } + correlations(group)
    }
  }

  private func correlations(_ group: Int) throws -> [(name: String, value: Double)] {
    guard let r = try nestedCorrelation(group) ?? correlation("r\(group)", "r") else { return [] }
    return group == 1 ? [("r1", r), ("r", r)] : [("r2", r)]
  }
}
