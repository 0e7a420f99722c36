/// A person as others meet them: what they say of themselves, and to whom.
struct Profile: Sendable, Equatable {
  /// Who may read a part of a profile. The person, and the office, always may.
  enum Audience: String, Sendable, CaseIterable {
    case nobody
    /// Those who belong to one of the person's schools now.
    case school
    case members

    var words: String {
      switch self {
      case .nobody: "Nobody"
      case .school: "My school"
      case .members: "All members"
      }
    }
  }

  let id: Person.ID
  let name: String
  let email: String
  /// What `@` is followed by to call them.
  let handle: String
  let title: String
  let about: String
  let askMe: String
  let lookingFor: String
  let emailShown: Audience
  let aboutShown: Audience
  let askingShown: Audience
  let hasKeys: Bool
  /// The roles that hold now.
  var roles: [Role] = []

  /// Whether `viewer` may read a part that is shown to `audience`.
  func shows(_ audience: Audience, to viewer: Viewer) -> Bool {
    if viewer.person == id || viewer.isOffice { return true }
    switch audience {
    case .nobody: return false
    case .school: return roles.contains { $0.school.map(viewer.belongs(to:)) ?? false }
    case .members: return viewer.isMember
    }
  }
}

/// A person in a list.
struct PersonLine: Sendable, Equatable {
  let id: Person.ID
  let name: String
  let handle: String
  let title: String
  let school: String
  /// What they may be asked about, where members may know it.
  let askMe: String
}

/// What a person typed about themselves.
struct ProfileForm: Sendable, Equatable {
  var name = ""
  var title = ""
  var about = ""
  var askMe = ""
  var lookingFor = ""
  var emailShown = ""
  var aboutShown = ""
  var askingShown = ""

  init(_ fields: Fields) {
    name = fields["name"]
    title = fields["title"]
    about = fields["about"]
    askMe = fields["ask_me"]
    lookingFor = fields["looking_for"]
    emailShown = fields["email_shown"]
    aboutShown = fields["about_shown"]
    askingShown = fields["asking_shown"]
  }

  init(_ profile: Profile) {
    name = profile.name
    title = profile.title
    about = profile.about
    askMe = profile.askMe
    lookingFor = profile.lookingFor
    emailShown = profile.emailShown.rawValue
    aboutShown = profile.aboutShown.rawValue
    askingShown = profile.askingShown.rawValue
  }

  var problems: Problems {
    var problems: Problems = [:]
    if name.isEmpty || name.count > 100 {
      problems["name"] = "Write your name as others shall read it, at most 100 characters."
    }
    if title.count > 100 { problems["title"] = "Shorten it to 100 characters." }
    if about.count > 2000 { problems["about"] = "Shorten it to 2,000 characters." }
    if askMe.count > 300 { problems["ask_me"] = "Shorten it to 300 characters." }
    if lookingFor.count > 300 { problems["looking_for"] = "Shorten it to 300 characters." }
    for (field, text) in [("email_shown", emailShown), ("about_shown", aboutShown), ("asking_shown", askingShown)]
    where Profile.Audience(rawValue: text) == nil {
      problems[field] = "Choose who may see it."
    }
    return problems
  }
}
