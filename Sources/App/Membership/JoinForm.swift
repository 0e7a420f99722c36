/// What the person who begins says: their role, the version their school signs, and that it means the commitments.
struct JoinForm: Sendable, Equatable {
  var title = ""
  var words = ""
  var version = ""
  var commits = false

  init() {}

  init(_ fields: Fields) {
    title = fields["title"]
    words = fields["words"]
    version = fields["version"]
    commits = fields["commits"] == "on"
  }

  func problems(versions: [AgreementVersion]) -> Problems {
    var problems: Problems = [:]
    if title.isEmpty || title.count > 100 {
      problems["title"] = "Say what you are at the school, such as Principal; at most 100 characters."
    }
    if words.count > 2000 { problems["words"] = "Shorten it to 2,000 characters." }
    if !versions.contains(where: { $0.version == version }) {
      problems["version"] = "Choose the text that your school will sign."
    }
    if !commits {
      problems["commits"] = "The three commitments are what membership is. Tick it when your school means them."
    }
    return problems
  }
}
