import Markup
import Statistics

/// What the front page says of the League; every number is counted.
struct Front: Sendable {
  /// A reported trial of a published idea, whatever it found.
  struct Learned: Sendable, Equatable {
    let idea: String
    let path: String
    /// "Kettle Cove Regional, Maine".
    let school: String
    let verdict: Verdict
    /// What the data say, compiled.
    let finding: String
    let reportedAt: Instant
  }

  var members = 0
  /// People with a role at a member school today.
  var educators = 0
  /// Published ideas.
  var ideas = 0
  /// Reported trials by their compiled verdict.
  var verdicts: [Verdict: Int] = [:]
  /// Trials whose report is overdue.
  var unreported = 0
  var learned: [Learned] = []
  /// Where the member schools are.
  var dots = SchoolMap.Dots.few([])
  var states: [SchoolMap.StateCount] = []

  var trials: Int { verdicts.values.reduce(0, +) }
}
