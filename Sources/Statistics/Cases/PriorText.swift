import Foundation

/// Priors as people write them, read wholly or not at all: what stands between brackets, and the words before them.
enum PriorText {
  /// `half-normal(0.5)`, `half-Cauchy(scale = 1)`, `uniform on tau (improper)`, `uniform(0, 2)`; a text behind `;` is a
  /// remark. Nil for anything else, such as a prior on tau², of another family, or with a comma in a number.
  static func tau(_ text: String) -> TauPrior? {
    let text = plain(text)
    if improper.contains(text) { return .uniform }
    let from0To = /uniform(?: on tau)? from 0 to ([0-9.e+-]+)/
    if let match = text.wholeMatch(of: from0To) { return positive(match.1).map(TauPrior.uniformTo) }
    guard let match = text.wholeMatch(of: /([a-z ]+?) ?\((.*)\)/), let numbers = numbers(match.2) else { return nil }
    switch match.1 {
    case "half normal", "halfnormal": return scale(numbers).map(TauPrior.halfNormal)
    case "half cauchy", "halfcauchy": return scale(numbers).map(TauPrior.halfCauchy)
    case "uniform", "uniform on tau": return scale(numbers, mayBeCounted: true).map(TauPrior.uniformTo)
    default: return nil
    }
  }

  /// `improper uniform`, or a normal prior: `N(0, 0.5^2)`, `normal(0, 0.5)` (standard deviation), `N(0, 0.25)` (variance),
  /// either with `sd=` or `var=` before the spread.
  static func mean(_ text: String) -> MeanPrior? {
    let text = plain(text)
    if improper.contains(text) { return .flat }
    let normal =
      /(n|normal) ?\( ?(?:mean ?=? ?|mu ?=? ?)?([0-9.e+-]+) ?, ?(?:(sd|sigma|variance|var) ?=? ?)?([0-9.e+-]+) ?(\^2|²)? ?\)/
    guard let match = text.wholeMatch(of: normal), let mean = Double(match.2), mean.isFinite,
      let spread = positive(match.4)
    else { return nil }
    let isSquared = match.5 != nil
    let isVariance = match.3.map { $0.hasPrefix("var") } ?? (match.1 == "n" && !isSquared)
    guard !(isSquared && match.3?.hasPrefix("var") == true) else { return nil }
    return .normal(mean: mean, sd: isVariance ? spread.squareRoot() : spread)
  }

  private static let improper: Set = [
    "uniform", "flat", "improper uniform", "improper flat", "uniform (improper)", "flat (improper)", "uniform on tau",
    "uniform on tau (improper)", "improper uniform on tau", "uniform on mu", "uniform on mu (improper)",
    "improper uniform on mu",
  ]

  /// Lower case, without a remark, hyphens and lower lines as spaces, single ones.
  private static func plain(_ text: String) -> String {
    let said = text.prefix { $0 != ";" }.lowercased().replacing("\u{2212}", with: "-")
    // A hyphen before a letter joins words; before a digit it is a sign.
    let words = said.replacing(/[-_\u{2010}\u{2011}](?=[a-z])/, with: " ")
    return words.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static func positive(_ text: some StringProtocol) -> Double? {
    Double(text).flatMap { $0 > 0 && $0.isFinite ? $0 : nil }
  }

  /// One or two numbers, each perhaps named; nil where something else stands there, or where a comma without a space
  /// joins whole numbers, which may be a decimal.
  private static func numbers(_ text: some StringProtocol) -> [Double]? {
    let parts = String(text).split(separator: ",", omittingEmptySubsequences: false).map {
      $0.trimmingPrefix(/\ *(?:(?:scale|sd|sigma|from|to|location) ?=? ?)?/)
    }
    let found = parts.compactMap { Double($0.trimmingCharacters(in: .whitespaces)) }
    return found.count == parts.count && found.allSatisfy(\.isFinite) ? found : nil
  }

  /// The scale alone, or behind a location of 0.
  private static func scale(_ numbers: [Double], mayBeCounted: Bool = false) -> Double? {
    switch numbers.count {
    case 1: return positive("\(numbers[0])")
    // "half-normal(0,5)" may mean 0.5; "uniform(0,2)" is the usual way to write a range.
    case 2 where numbers[0] == 0 && (mayBeCounted || numbers[1] != numbers[1].rounded()):
      return positive("\(numbers[1])")
    default: return nil
    }
  }
}
