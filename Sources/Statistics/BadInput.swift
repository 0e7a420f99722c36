/// Something given that cannot be computed with; it names the field so that a person can mend it.
public struct BadInput: Error, Equatable, Sendable, CustomStringConvertible {
  /// The field as it was given, `schools[3].pupils` for a part of a list.
  public let field: String
  /// What is wrong with it, in words that follow the field's name: "must be above 0".
  public let problem: String

  public init(_ field: String, _ problem: String) {
    self.field = field
    self.problem = problem
  }

  public var description: String { "\(field): \(problem)" }
}
