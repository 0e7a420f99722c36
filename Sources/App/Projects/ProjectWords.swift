/// How a project's states are said.
extension Project.Visibility {
  var words: String {
    switch self {
    case .team: "Only the team"
    case .school: "The schools of the project, and their state's liaison"
    case .league: "All members of the League"
    }
  }
}

extension Project.State {
  var words: String { rawValue }
}

extension Project.Decision {
  var words: String {
    switch self {
    case .adopt: "Adopt: keep it as it is"
    case .adapt: "Adapt: keep it, changed"
    case .abandon: "Abandon: let it go"
    }
  }

  var past: String {
    switch self {
    case .adopt: "adopted"
    case .adapt: "adapted"
    case .abandon: "abandoned"
    }
  }
}
