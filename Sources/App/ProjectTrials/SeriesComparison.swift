import Statistics

/// Routine measures of matched schools that did not try an idea, beside the school that did; or why there are none.
struct SeriesComparison: Sendable {
  /// A school with its values of the one measure over the same time.
  struct School: Sendable {
    let school: SchoolGlance
    let measure: Measure.ID
    let series: TrialSeries
  }

  /// A matched school and how near it is.
  struct Peer: Sendable {
    let school: School
    /// In standard deviations over all features.
    let distance: Double
    let change: Double
  }

  enum Outcome: Sendable {
    case found(ComparedChange, [Peer])
    /// Why nobody can be compared with, in a sentence.
    case refused(String)
  }

  let own: School
  /// How many schools could be looked among.
  let candidates: Int
  let outcome: Outcome

  /// The fewest and most schools of a matched group: its size is chosen by the features alone.
  static let sizes = ComparedChange.fewestSchools...10

  /// - Parameter candidates: schools that share the measure and did not try the idea.
  /// - Throws: `StatisticsError` when the directory holds an impossible value.
  init(own: School, candidates: [School]) throws {
    self.own = own
    let long = candidates.filter {
      min($0.series.before.count, $0.series.after.count) >= ComparedChange.fewestPoints
    }
    self.candidates = candidates.count
    outcome = try Self.outcome(own, long, of: candidates.count)
  }

  private static func outcome(_ own: School, _ candidates: [School], of all: Int) throws -> Outcome {
    guard min(own.series.before.count, own.series.after.count) >= ComparedChange.fewestPoints else {
      return .refused(
        "Your own measure needs \(ComparedChange.fewestPoints) values before the change and after it; then others can be set beside it."
      )
    }
    guard candidates.count >= ComparedChange.fewestSchools else {
      return .refused(
        "\(counted(all, "school")) that did not try it \(all == 1 ? "shares" : "share") a measure of this name, and \(counted(candidates.count, "of them has", "of them have")) \(ComparedChange.fewestPoints) values on each side of the change: \(ComparedChange.fewestSchools) are needed."
      )
    }
    let byID = Dictionary(candidates.map { ($0.school.id.description, $0) }) { first, _ in first }
    let search = try PeerSearch(
      features: Nearness.features, schools: ([own] + candidates).map { Nearness.compared($0.school) })
    let group = try search.fairGroup(for: own.school.id.description, sizes: sizes)
    guard let group else {
      let nearest = try search.nearest(to: own.school.id.description, count: ComparedChange.fewestSchools)
      return .refused(
        nearest.refusal ?? "No \(ComparedChange.fewestSchools) schools are near enough to yours to be called alike.")
    }
    let chosen = group.peers.compactMap { peer in byID[peer.id].map { (peer, $0) } }
    let compared = try ComparedChange(own: own.series.compared, others: chosen.map { try $0.1.series.compared })
    guard compared.isEquivalent else {
      return .refused(
        "The \(chosen.count) schools like yours stood \(Self.gap(compared.baselineDifference)) before the change: more than \(PeerGroup.largestFairDifference) is no fair start, so no comparison is shown."
      )
    }
    return .found(
      compared, zip(chosen, compared.others).map { Peer(school: $0.1, distance: $0.0.distance, change: $1) })
  }

  private static func gap(_ difference: Double) -> String {
    guard difference.isFinite else { return "all at one value, and yours at another," }
    let size = FindingWords.plain(abs(difference))
    return "\(size) standard deviations \(difference > 0 ? "below" : "above") it"
  }
}

extension TrialSeries {
  /// For setting beside another: the direction does not matter to a difference of changes.
  fileprivate var compared: BeforeAfterSeries {
    get throws { try BeforeAfterSeries(before: before, after: after) }
  }
}
