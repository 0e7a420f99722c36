/// What a school does in the League: the newest of its ideas and trials.
struct SchoolWork: Sendable {
  var ideas: [IdeaGlance] = []
  var trials: [TrialLine] = []

  /// The most of one kind: the page stays light.
  static let most = 6
}

/// The first of a school's people.
struct SchoolPeople: Sendable {
  var first: [PersonLine] = []
  /// Whether there are more than these.
  var hasMore = false
}
