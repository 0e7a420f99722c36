/// A chart that shows more than chance in the direction that nobody wants, and what the team makes of it.
struct Concern: Sendable, Equatable {
  struct Reply: Sendable, Equatable {
    let words: String
    let by: String
    let at: Instant
    /// What the chart said then, and on how many values.
    let sentence: String
    let points: Int
  }

  /// Compiled with the values; empty where the chart gives no cause.
  var sentence = ""
  /// Current values of the measure.
  var points = 0
  /// The latest first.
  var replies: [Reply] = []

  /// An answer holds for so many further values: the length of a run, after which the chart can say something new.
  static let rest = 8

  /// How many values must come until it is asked anew; 0 where it is open.
  var restsFor: Int { replies.first.map { max(0, $0.points + Self.rest - points) } ?? 0 }

  var isOpen: Bool { !sentence.isEmpty && restsFor == 0 }
}
