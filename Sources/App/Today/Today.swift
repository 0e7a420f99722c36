/// What a signed-in person finds first: what waits for them, what is new and why they see it, and then it ends.
struct Today: Sendable, Equatable {
  /// One thing to do or to read.
  struct Item: Sendable, Equatable {
    let title: String
    let path: String
    /// Until when, or why it is shown: "by Mon 30 Nov 2026", "because you tried it".
    var tag = ""
    var text = ""
  }

  /// A number to enter on the spot.
  struct Number: Sendable, Equatable {
    let measure: Measure
    let period: CalendarDate
  }

  /// A trial of one's own that runs and is not yet due.
  struct Running: Sendable, Equatable {
    let title: String
    let path: String
    let due: CalendarDate
  }

  /// What a person who cannot take part yet does next.
  enum Beginning: Sendable, Equatable {
    /// Signed in, and the second step is still to be shown or set up.
    case secondStep
    /// No school at all.
    case findSchool
    /// A school that is not a member.
    case schoolIsNoMember(School.ID, name: String)
  }

  /// Only for those who cannot take part yet.
  var beginning: Beginning?
  var waiting: [Item] = []
  /// Measures whose latest value is missing, each with the day it is of.
  var numbers: [Number] = []
  var news: [Item] = []
  var running: [Running] = []

  /// The most things of one kind: the page fits one screen.
  static let most = 5
  /// The most forms for numbers.
  static let mostNumbers = 3

  var shownWaiting: [Item] { Array(waiting.prefix(Self.most)) }
  var moreWaiting: Int { max(0, waiting.count - Self.most) }
  var shownNews: [Item] { Array(news.prefix(Self.most)) }
}

/// The words of a greeting at an hour of the League's zone.
///
/// - Parameter hour: 0…23
func greeting(hour: Int) -> String {
  switch hour {
  case 5..<12: "Good morning"
  case 12..<18: "Good afternoon"
  default: "Good evening"
  }
}
