/// What a letter may be about: the kinds of notices, as a person chooses among them.
enum LetterStream: String, Sendable, CaseIterable {
  case calls, answers, watched, begun, projects, school

  /// - Parameter kind: of a notice; see `Notice.kind`. What no stream holds is written at once, and cannot be turned off
  ///   alone: that the office looks at the League as this person.
  init?(kind: String) {
    guard let stream = Self.allCases.first(where: { $0.kinds.contains(kind) }) else { return nil }
    self = stream
  }

  var kinds: [String] {
    switch self {
    case .calls: ["mention", "idea"]
    case .answers: ["reply", "accepted"]
    case .watched: ["post"]
    case .begun: ["begun"]
    case .projects: ["project"]
    case .school: ["roster", "membership"]
    }
  }

  var words: String {
    switch self {
    case .calls: "Somebody calls you by name, or gives you an idea"
    case .answers: "Somebody answers you, or accepts your answer"
    case .watched: "Somebody writes in a discussion that you watch"
    case .begun: "A discussion begins about an idea, trial or school of yours"
    case .projects: "Your projects and measures"
    case .school: "Your school’s membership and the list of its people"
    }
  }

  /// For whoever has chosen nothing: a conversation goes on by mail; what can wait, waits for the one calm letter.
  var standard: LetterPace {
    switch self {
    case .calls, .answers, .watched, .begun, .school: .once
    case .projects: .digest
    }
  }
}

/// How a person hears of a stream.
enum LetterPace: String, Sendable, CaseIterable {
  /// In a letter of its own.
  case once
  /// In the one letter of the day or the week.
  case digest
  /// Under Notices alone.
  case site

  var words: String {
    switch self {
    case .once: "At once"
    case .digest: "In the one letter"
    case .site: "On the site only"
    }
  }
}

/// How often the one letter comes.
enum LetterRhythm: String, Sendable, CaseIterable {
  case daily, weekly

  var words: String {
    switch self {
    case .daily: "Every morning"
    case .weekly: "On Mondays"
    }
  }
}

extension String {
  /// For words that go on within a sentence.
  var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
