/// What a compiled claim says of one trial. Each has a word, a shape and a hue, so that none rests on colour alone.
package enum Verdict: String, Sendable, CaseIterable, Codable {
  case worked, mixed
  case didNotWork = "didnot"
  case tooEarly = "early"
  /// A story without data: experience, never effect.
  case experience = "told"

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
  var style: String { rawValue }
}
