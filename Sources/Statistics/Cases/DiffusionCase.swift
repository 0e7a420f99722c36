/// `kind: diffusion`: a Bass curve with given rates, one fitted to adoption times, or a lineage of adoptions.
enum DiffusionCase: CaseHandler {
  static func answer(_ input: CaseInput) throws -> CaseValue {
    if let adoptions = LineageInput.field(in: input) { return try lineage(LineageInput(input, adoptions)) }
    if input.optional("p") == nil, let times = input.optional("times") { return try fit(times) }
    return curve(try bass(input), at: try times(input))
  }

  static func explanation(_ input: CaseInput) throws -> [String] {
    if let adoptions = LineageInput.field(in: input) {
      let read = try LineageInput(input, adoptions)
      let lineage = read.lineage
      let passed = lineage.children.reduce(0, +)
      return [
        "R naive = adoptions with a parent / adopters = \(passed) / \(lineage.reach) = \(figure(lineage.naiveReproduction))",
        "depth = generations after the first = \(lineage.depth), by generation \(lineage.sizeByGeneration)",
        read.maturity.map { age in
          "R mature counts adopters of \(figure(age)) or more by \(figure(read.now)): "
            + (lineage.matureReproduction(after: age, now: read.now).map { figure($0) } ?? "there are none")
        } ?? "R mature needs mature_after, the age at which a school has had time to pass it on",
      ]
    }
    if input.optional("p") == nil, let times = input.optional("times") {
      let fit = try BassFit(times: try times.numbers())
      return [
        "m F(t) is fitted to k − ½ at the k-th of \(try times.list().count) adoptions by least squares",
        "p = \(figure(fit.curve.innovation)), q = \(figure(fit.curve.imitation)), m = \(figure(fit.potential)); "
          + "root mean squared error \(figure(fit.error)) schools",
      ]
    }
    let curve = try bass(input)
    let (p, q) = (curve.innovation, curve.imitation)
    return [
      "F(t) = (1 − e^(−(p+q)t)) / (1 + (q/p) e^(−(p+q)t)), p = \(p), q = \(q)",
      "peak time = ln(q/p) / (p+q) = ln(\(q / p)) / \(p + q) = \(curve.peakTime)",
      "F at peak = 1/2 − p/(2q) = \(curve.shareAtPeak)",
    ]
  }

  private static func bass(_ input: CaseInput) throws -> BassCurve {
    try BassCurve(innovation: try input.number("p"), imitation: try input.number("q"))
  }

  private static func times(_ input: CaseInput) throws -> [Double] {
    guard let times = input.optional("times") ?? input.optional("t") else { return (1...30).map(Double.init) }
    return try times.list().map { try $0.nonNegative() }
  }

  private static func curve(_ curve: BassCurve, at times: [Double]) -> CaseValue {
    [
      "F": .object(
        times.map { time in
          let name = time == time.rounded() && time < 1e15 ? "\(Int(time))" : "\(time)"
          return CaseValue.Field(name, .figure(curve.share(at: time)))
        }),
      "peak_time": .figure(curve.peakTime),
      "F_at_peak": .figure(curve.shareAtPeak),
    ]
  }

  private static func fit(_ times: CaseInput) throws -> CaseValue {
    let fit = try BassFit(times: try times.numbers())
    return [
      "p": .figure(fit.curve.innovation), "q": .figure(fit.curve.imitation), "m": .figure(fit.potential),
      "rmse": .figure(fit.error), "peak_time": .figure(fit.curve.peakTime), "F_at_peak": .figure(fit.curve.shareAtPeak),
    ]
  }

  private static func lineage(_ input: LineageInput) -> CaseValue {
    let lineage = input.lineage
    let mature = input.maturity.flatMap { lineage.matureReproduction(after: $0, now: input.now) }
    return [
      "R_naive": .figure(lineage.naiveReproduction),
      "R_mature": .figure(mature),
      "naive_R": .figure(lineage.naiveReproduction),
      "mature_R": .figure(mature),
      "reach": .whole(lineage.reach),
      "depth": .whole(lineage.depth),
      "by_generation": .list(lineage.sizeByGeneration.map { .whole($0) }),
      "children": .object(zip(lineage.adoptions, lineage.children).map { .init($0.school, .whole($1)) }),
      "generation": .object(zip(lineage.adoptions, lineage.generations).map { .init($0.school, .whole($1)) }),
    ]
  }
}

/// Adoptions as a case writes them, with the age at which a school has had time to pass on.
private struct LineageInput {
  let lineage: Lineage
  /// The end of observation; the latest adoption when not said.
  let now: Double
  /// Nil when not said: then nobody can say who is old enough.
  let maturity: Double?

  static func field(in input: CaseInput) -> CaseInput? {
    first(["adoptions", "lineage", "adopters"], in: input)
  }

  init(_ input: CaseInput, _ adoptions: CaseInput) throws {
    let read = try adoptions.list().map { row in
      Lineage.Adoption(
        school: try row.field(anyOf: ["school", "id", "adopter", "name"]).text(),
        parent: try Self.first(["parent", "from", "source"], in: row)?.text(),
        time: try Self.first(["t", "time", "at", "month", "day", "adopted"], in: row)?.number())
    }
    lineage = try Lineage(read)
    now =
      try Self.first(["now", "end", "observed_until", "until", "T"], in: input)?.number()
      ?? read.compactMap(\.time).max() ?? 0
    maturity = try Self.first(["mature_after", "maturity", "mature_age", "min_age", "lag", "window"], in: input)?
      .nonNegative()
  }

  private static func first(_ names: [String], in input: CaseInput) -> CaseInput? {
    names.lazy.compactMap { input.optional($0) }.first
  }
}
