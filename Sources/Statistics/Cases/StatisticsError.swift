/// Why a figure could not be computed: always something that the asker can mend.
public enum StatisticsError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A value of the input is missing or impossible. `field` is its full path, list positions starting at 1
  /// (`studies[3].vi`); `advice` says what it must be and reads on from the path ("must be above 0").
  case input(field: String, advice: String)
  /// An iteration did not settle: `what` names the figure and how far it came. Never hidden behind a number.
  case noConvergence(what: String)

  /// A value that must be one of `known`, and is not: with what was probably meant.
  public static func unknown(field: String, value: String, known: [String]) -> StatisticsError {
    .input(field: field, advice: Nearest.unknown(value, known))
  }

  public var description: String {
    switch self {
    case .input(let field, let advice): field.isEmpty ? "the input \(advice)" : "\(field) \(advice)"
    case .noConvergence(let what): "no answer was found: \(what)"
    }
  }
}
