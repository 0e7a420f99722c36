/// Percentages cut off at both ends by group size, so that "everybody" and "nobody" are not said of a small group.
///
/// Dated data: which band holds for which size, by whom and since when. Underlying counts are never shown beside them.
public struct PercentCoding: Sendable, Equatable {
  public struct Band: Sendable, Equatable {
    /// The smallest group the band is for.
    public let people: Int
    /// The largest percentage shown as such is 100 − `margin`, the smallest `margin`.
    public let margin: Int
  }

  public let name: String
  /// Year of the source.
  public let date: String
  public let source: String
  /// From the largest groups to the smallest; a group smaller than the last band's is hidden.
  public let bands: [Band]

  /// The ladder that the National Center for Education Statistics describes and that Utah uses; its two lowest bands
  /// are recorded from memory of practice, the others from the source.
  public static let ncesLadder = PercentCoding(
    name: "NCES ladder", date: "2011",
    source: "NCES 2011-603, Statistical Methods for Protecting Personally Identifiable Information",
    bands: [
      Band(people: 300, margin: 1), Band(people: 100, margin: 2), Band(people: 40, margin: 5),
      Band(people: 20, margin: 10), Band(people: 10, margin: 20),
    ])

  /// What may be shown of a percentage.
  public enum Shown: Sendable, Equatable, CustomStringConvertible {
    case hidden
    case atMost(Int)
    case atLeast(Int)
    /// Whole percent, halves up.
    case percent(Int)

    public var description: String {
      switch self {
      case .hidden: "hidden"
      case .atMost(let percent): "≤\(percent)%"
      case .atLeast(let percent): "≥\(percent)%"
      case .percent(let percent): "\(percent)%"
      }
    }
  }

  /// - Parameter minimum: the least group shown, when stricter than the ladder's.
  /// - Throws: `StatisticsError.input` when the count is negative or above `people`.
  public func shown(_ count: Int, of people: Int, minimum: Int = 0) throws(StatisticsError) -> Shown {
    guard people >= 0 else { throw .input(field: "n", advice: "must not be below 0") }
    guard (0...people).contains(count) else { throw .input(field: "count", advice: "must lie in 0…n") }
    guard people >= minimum, people > 0, let band = bands.first(where: { people >= $0.people }) else { return .hidden }
    let percent = Double(count) / Double(people) * 100
    if percent <= Double(band.margin) { return .atMost(band.margin) }
    if percent >= Double(100 - band.margin) { return .atLeast(100 - band.margin) }
    return .percent(Int(percent.rounded()))
  }
}

/// The least group that states let their schools show; dated data. A page uses the stricter of state and network.
public enum SmallestGroup {
  /// The network's own rule; also the mode over the states (39 of them; NCES 2011-603).
  public static let network = 10

  public struct StateRule: Sendable, Equatable {
    /// Two letters.
    public let state: String
    /// The least group shown.
    public let people: Int
    /// Year of the rule as it was read; nil when the source gives none.
    public let date: String?
    /// Whether the rule was read in a public source; otherwise it is believed and errs towards hiding.
    public let isConfirmed: Bool
  }

  public static let states: [StateRule] = [
    StateRule(state: "CT", people: 6, date: nil, isConfirmed: false),
    StateRule(state: "MA", people: 10, date: nil, isConfirmed: false),
    StateRule(state: "ME", people: 10, date: "2013", isConfirmed: true),
    StateRule(state: "NH", people: 11, date: nil, isConfirmed: false),
    StateRule(state: "RI", people: 10, date: nil, isConfirmed: false),
    StateRule(state: "VT", people: 11, date: nil, isConfirmed: true),
  ]

  /// The least group shown for a school of `state`: never below the network's.
  public static func people(in state: String) -> Int {
    max(network, states.first { $0.state == state }?.people ?? 0)
  }
}
