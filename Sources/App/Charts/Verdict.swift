import Statistics

/// What a compiled claim says of one trial. Each has a word, a shape and a hue, so that none rests on colour alone.
package typealias Verdict = Claim.Verdict

extension Claim.Verdict {
  /// As it stands after a number: "3 worked", "2 did not work".
  package var words: String {
    switch self {
    case .worked: "worked"
    case .mixed: "mixed"
    case .didNotWork: "did not work"
    case .tooEarly: "too early to say"
    case .experience: "told without data"
    }
  }

  /// The class of the stylesheet that gives the hue.
  package var style: String {
    switch self {
    case .worked: "worked"
    case .mixed: "mixed"
    case .didNotWork: "didnot"
    case .tooEarly: "early"
    case .experience: "told"
    }
  }

  /// In a strip: what worked, what was mixed, what did not, what nobody can say yet.
  package static let inOrder: [Self] = [.worked, .mixed, .didNotWork, .tooEarly, .experience]
}
