/// Whether a person is told of new discussions about one idea, trial or school.
struct TopicReading: Sendable, Equatable {
  /// Why they are told without having asked, to follow "because"; nil when it is none of theirs.
  var own: String?
  /// What they chose, watching or muted; nil while they have not.
  var chosen: ReadingLevel?

  var isTold: Bool { chosen == .watching || (own != nil && chosen != .muted) }

  /// Why they are told; empty when they are not.
  var why: String {
    guard isTold else { return "" }
    return own ?? "you asked to be told"
  }

  /// Why a thing is somebody's own.
  enum Own: Int, Sendable, CaseIterable {
    case owner, trial, lead

    func words(_ kind: Discussion.Kind) -> String {
      switch self {
      case .owner: "the \(kind.rawValue) is yours"
      case .trial: "you have a trial of this idea"
      case .lead: "you lead the school"
      }
    }
  }
}
