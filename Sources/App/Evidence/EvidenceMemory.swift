import Synchronization

/// What the pages of ideas make of their trials, kept until something about those trials changes: the summary and the
/// charts cost thirty times what reading the trials does, and the same trials on the same day give the same ones.
///
/// `SharedValues` forgets by time and whenever anything is posted; this compares all that the evidence is made from.
package final class EvidenceMemory: Sendable {
  /// An idea with 200 trials takes about 300 KB, most a tenth of it.
  static let most = 150

  private struct Kept: Sendable {
    let evidence: IdeaEvidence
    let drawing: IdeaDrawing
    /// Counts upwards with each use.
    var used: Int
  }

  private struct State: Sendable {
    var kept: [Idea.ID: Kept] = [:]
    var uses = 0
    var made = 0
  }

  private let state = Mutex(State())

  package init() {}

  var count: Int { state.withLock { $0.kept.count } }
  /// How often something had to be made.
  var made: Int { state.withLock { $0.made } }

  /// - Parameter trials: all that the evidence of `idea` rests on, as they are now.
  func evidence(
    of idea: Idea.ID, _ trials: [TrialLine], unshared: Int, today: CalendarDate, zone: LeagueZone
  ) throws -> (IdeaEvidence, IdeaDrawing) {
    let known = state.withLock { state -> Kept? in
      state.uses += 1
      state.kept[idea]?.used = state.uses
      return state.kept[idea]
    }
    if let known, known.evidence.isMade(of: trials, unshared: unshared, today: today) {
      return (known.evidence, known.drawing)
    }
    let evidence = try IdeaEvidence(trials, today: today, unshared: unshared)
    let drawing = IdeaDrawing(evidence, of: idea, zone: zone)
    state.withLock { state in
      state.made += 1
      state.kept[idea] = Kept(evidence: evidence, drawing: drawing, used: state.uses)
      if state.kept.count > Self.most, let oldest = state.kept.min(by: { $0.value.used < $1.value.used }) {
        state.kept[oldest.key] = nil
      }
    }
    return (evidence, drawing)
  }
}
