import Foundation

/// The formula of each measure in the names of its inputs, the same with the numbers filled in, and the result.
enum EffectExplanation {
  /// Effect and variance of each measure. J is the small-sample correction; n = n1 + n2; p1 = a/(a+b), p2 = c/(c+d).
  private static let formulas: [String: (effect: String, variance: String)] = [
    "MD": ("m1 − m2", "sd1²/n1 + sd2²/n2"),
    "SMD": (
      "J(n−2)·(m1 − m2)/√(((n1−1)sd1² + (n2−1)sd2²)/(n−2))", "1/n1 + 1/n2 + yi²/(2·n)"
    ),
    "SMD1": ("J(n2−1)·(m1 − m2)/sd2", "1/n1 + 1/n2 + yi²/(2·n2)"),
    "SMD1H": ("J(n2−1)·(m1 − m2)/sd2", "sd1²/(sd2²(n1−1)) + 1/(n2−1) + yi²/(2(n2−1))"),
    "SMDH": ("J(n−2)·(m1 − m2)/√((sd1² + sd2²)/2)", "Bonett 2008, eq. 8"),
    "ROM": ("ln(m1/m2) + ½(sd1²/(n1·m1²) − sd2²/(n2·m2²))", "sd1²/(n1·m1²) + sd2²/(n2·m2²)"),
    "MC": ("m_post − m_pre", "sd_change²/n, sd_change² = sd_post² + sd_pre² − 2·r·sd_post·sd_pre"),
    "SMCC": ("J(n−1)·(m_post − m_pre)/sd_change", "1/n + yi²/(2·n)"),
    "SMCR": ("J(n−1)·(m_post − m_pre)/sd of the first group", "2(1−r)/n + yi²/(2·n)"),
    "SMCRH": ("J(n−1)·(m_post − m_pre)/sd of the first group", "sd_change²/(sd²(n−1)) + yi²/(2(n−1))"),
    "SMCRP": ("J(2(n−1)/(1+r²))·(m_post − m_pre)/√((sd_post² + sd_pre²)/2)", "2(1−r)/n + yi²(1+r²)/(4·n)"),
    "SMCRPH": (
      "J(2(n−1)/(1+r²))·(m_post − m_pre)/√((sd_post² + sd_pre²)/2)", "Bonett 2008, eq. 9, with n − 1"
    ),
    "ROMC": (
      "ln(m_post/m_pre) + ½(sd_post²/(n·m_post²) − sd_pre²/(n·m_pre²))",
      "sd_post²/(n·m_post²) + sd_pre²/(n·m_pre²) − 2·r·sd_post·sd_pre/(m_post·m_pre·n)"
    ),
    "OR": ("ln(a·d/(b·c))", "1/a + 1/b + 1/c + 1/d"),
    "RR": ("ln(p1/p2)", "1/a − 1/n1 + 1/c − 1/n2"),
    "RD": ("p1 − p2", "p1(1−p1)/n1 + p2(1−p2)/n2"),
    "AS": ("asin√p1 − asin√p2", "1/(4·n1) + 1/(4·n2)"),
    "PHI": ("(a·d − b·c)/√(n1·n2·(a+c)(b+d))", "Yule 1912, p. 603"),
    "PETO": ("(a − (a+c)n1/n)/V, V = (a+c)(b+d)·n1·n2/(n²(n−1))", "1/V"),
    "OR2DL": ("√3/π · ln(a·d/(b·c))", "3/π² · (1/a + 1/b + 1/c + 1/d)"),
    "OR2D": ("√3/π · ln(a·d/(b·c))", "3/π² · (1/a + 1/b + 1/c + 1/d)"),
    "OR2DN": ("ln(a·d/(b·c))/1.65", "(1/a + 1/b + 1/c + 1/d)/1.65²"),
    "PBIT": ("z(p1) − z(p2)", "2π·p1(1−p1)·exp(z1²)/n1 + 2π·p2(1−p2)·exp(z2²)/n2"),
    "MPRD": ("(b − c)/n", "(p_b(1−p_b) + 2·p_b·p_c + p_c(1−p_c))/n"),
    "MPRR": ("ln((a+b)/(a+c))", "(b+c)/((a+b)(a+c))"),
    "MPOR": ("logit((a+b)/n) − logit((a+c)/n)", "n·Var(MPRD)·n/((a+b)(c+d)(a+c)(b+d)/n²)"),
    "MPORC": ("ln(b/c)", "1/b + 1/c"),
    "MPPETO": ("2(b − c)/(b + c)", "4/(b + c)"),
    "IRR": ("ln((x1/t1)/(x2/t2))", "1/x1 + 1/x2"),
    "IRD": ("x1/t1 − x2/t2", "x1/t1² + x2/t2²"),
    "IRSD": ("√(x1/t1) − √(x2/t2)", "1/(4·t1) + 1/(4·t2)"),
    "PR": ("x/n", "p(1−p)/n"),
    "PLN": ("ln(x/n)", "1/x − 1/n"),
    "PLO": ("ln(x/(n−x))", "1/x + 1/(n−x)"),
    "PAS": ("asin√(x/n)", "1/(4·n)"),
    "PFT": ("½(asin√(x/(n+1)) + asin√((x+1)/(n+1)))", "1/(4·n+2)"),
  ]

  /// The formula for pre-post-control, which has several names; sd_pooled is that of both groups before.
  private static let morris = (
    effect: "J(n−2)·((m_post1 − m_pre1) − (m_post2 − m_pre2))/sd_pooled",
    variance: "2(1−r)(1/n1 + 1/n2) + yi²/(2·n)"
  )

  /// Each group by its own standard deviation.
  private static let becker = (
    effect: "J(n1−1)·(m_post1 − m_pre1)/sd_pre1 − J(n2−1)·(m_post2 − m_pre2)/sd_pre2",
    variance: "2(1−r1)/n1 + g1²/(2·n1) + 2(1−r2)/n2 + g2²/(2·n2)"
  )

  /// What the options change of the formulas.
  struct Options {
    /// Whether J is applied, and the bias of a ratio taken out.
    let isCorrected: Bool
    /// The variance form, "LS" for the plain one.
    let form: String
    /// Added to every cell; 0 where nothing was.
    let added: Double
  }

  /// Variance forms other than the plain one, as they stand in a sentence.
  private static let forms = [
    "LS2": "to the second order, or J² times the variance of the uncorrected effect", "UB": "unbiased",
    "HO": "as if both groups had one spread", "H0": "as if there were no effect", "ST": "for groups of fixed size",
    "AVHO": "as if both groups had one coefficient of variation", "LS3": "by n for the means and n − 1 for the spreads",
  ]

  static func lines(
    _ measure: String, _ numbers: [(name: String, value: Double)], _ answer: EffectQuestion.Answer, _ options: Options
  ) -> [String] {
    let all = formulas[measure] ?? (measure == "DPPC1" || measure == "BECKER" ? becker : morris)
    let formula = options.isCorrected ? all.effect : uncorrected(all.effect)
    let values = Dictionary(numbers + derived(numbers), uniquingKeysWith: { given, _ in given })
    let given = numbers.map { "\($0.name) = \(figure($0.value, 6))" }.joined(separator: ", ")
    let cells = options.added > 0 ? ["\(figure(options.added)) was added to every cell"] : []
    func variance(_ values: [String: Double], _ result: String) -> String {
      guard let words = forms[options.form] else {
        return "vi = \(all.variance) = \(filled(all.variance, values)) = \(result)"
      }
      return "vi by the form \(options.form) (\(words)) = \(result)"
    }
    switch answer {
    case .known(let effect):
      let known = values.merging(["yi": effect.estimate]) { given, _ in given }
      return ["given: \(given)"] + cells + [
        "yi = \(formula) = \(filled(formula, known)) = \(figure(effect.estimate, 6))",
        variance(known, figure(effect.variance, 6)),
        "standard error = √vi = √\(figure(effect.variance, 6)) = \(figure(effect.standardError))",
      ]
    case .range(let range):
      let (estimates, variances) = (range.estimates, range.variances)
      return [
        "given: \(given); a correlation is not given, so every one from \(figure(range.correlations.lower)) to \(figure(range.correlations.upper))",
        "yi = \(formula) = \(filled(formula, values)) = \(figure(estimates.lower, 6)) … \(figure(estimates.upper, 6))",
        variance(values, "\(figure(variances.lower, 6)) … \(figure(variances.upper, 6))"),
      ]
    }
  }

  /// Without J, and without the bias that is taken out of a ratio of means.
  private static func uncorrected(_ formula: String) -> String {
    if let bias = formula.range(of: " + ½(") { return String(formula[..<bias.lowerBound]) }
    guard formula.hasPrefix("J("), let rest = formula.range(of: "·(") else { return formula }
    return "(" + formula[rest.upperBound...]
  }

  /// Sizes and shares that formulas name and inputs do not.
  private static func derived(_ numbers: [(name: String, value: Double)]) -> [(name: String, value: Double)] {
    let given = Dictionary(numbers.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    if let a = given["a"], let b = given["b"], let c = given["c"], let d = given["d"] {
      return [
        ("n1", a + b), ("n2", c + d), ("n", a + b + c + d), ("p1", a / (a + b)), ("p2", c / (c + d)),
        ("p_b", b / (a + b + c + d)), ("p_c", c / (a + b + c + d)),
      ]
    }
    if let post = given["sd_post"], let pre = given["sd_pre"], let r = given["r"] {
      return [("sd_change", (post * post + pre * pre - 2 * r * post * pre).squareRoot())]
    }
    if let x = given["x"], let n = given["n"], n > 0 { return [("p", x / n)] }
    if let n1 = given["n1"], let n2 = given["n2"] {
      let (pre1, pre2) = (given["sd_pre1"] ?? .nan, given["sd_pre2"] ?? .nan)
      let squares = (n1 - 1) * pre1 * pre1 + (n2 - 1) * pre2 * pre2
      let pooled = (squares / (n1 + n2 - 2)).squareRoot()
      return [("n", n1 + n2)] + (pooled.isFinite ? [("sd_pooled", pooled)] : [])
    }
    return []
  }

  /// The formula with each name that has a value replaced by it.
  private static func filled(_ formula: String, _ values: [String: Double]) -> String {
    var text = ""
    var word = ""
    for character in formula + " " {
      if character.isLetter || character == "_" || (character.isNumber && !word.isEmpty && character.isASCII) {
        word.append(character)
        continue
      }
      text += values[word].map { figure($0) } ?? word
      word = ""
      text.append(character)
    }
    return String(text.dropLast())
  }
}
