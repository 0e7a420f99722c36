/// What became of a project: the states that it was in and the aims that it had, the first ones first.
struct ProjectHistory: Sendable, Equatable {
  struct Step: Sendable, Equatable {
    let at: Instant
    /// Nil where it followed from what else was done.
    let by: String?
    let state: Project.State
    let decision: Project.Decision?
    let reason: String
  }

  struct Aimed: Sendable, Equatable {
    let at: Instant
    let by: String
    /// Why it took the place of the one before; empty for the first.
    let why: String
    let aim: Project.Aim
  }

  var steps: [Step] = []
  var aims: [Aimed] = []

  /// The decision that was taken back when the project was taken up again; nil while one stands, or none was made.
  var takenBack: Step? { steps.last?.decision == nil ? steps.last { $0.decision != nil } : nil }
}
