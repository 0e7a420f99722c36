/// What a school does in the League: the newest of its ideas and trials, its people, and what is said about it.
struct SchoolWork: Sendable {
  var ideas: [IdeaGlance] = []
  var trials: [TrialLine] = []
  /// Only those whom the reader may see.
  var people: [PersonLine] = []
  var discussions = Talk()
  /// Whether there are more than these.
  var hasMorePeople = false

  /// The most of one kind: the page stays light.
  static let most = 6
}
