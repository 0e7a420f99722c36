import Markup

enum AccountPages {
  /// - Parameter next: where a new account goes on to; nil for a visit of one's own accord.
  static func profile(
    _ profile: Profile, _ form: ProfileForm, problems: Problems = [:], next: String?, draft: FormDraft? = nil,
    _ viewer: Viewer
  ) -> Page {
    Page(next == nil ? "Your profile" : "Welcome") {
      if next == nil { sections(current: 0) }
      h1 { next == nil ? "Your profile" : "Welcome" }
      lede(
        next == nil
          ? "What members read about you. Each part is shown to whom you say."
          : "Your name first; all the rest can wait, and can be changed at any time.")
      column {
        formErrors(problems, order: ["name", "title", "about", "ask_me", "looking_for"])
        postForm("/account/profile", viewer, class: "stack", draft: draft) {
          if let next { input(.type("hidden"), .name("next"), .value(next)) }
          field("Name", name: "name", value: form.name, problems: problems, limit: 100, autocomplete: "name")
          field(
            "What you are", name: "title", value: form.title, problems: problems,
            hint: "Such as: Science teacher, grades 9 and 10.", required: false, limit: 100,
            autocomplete: "organization-title")
          textArea(
            "About you, in your own words", name: "about", value: form.about, problems: problems, required: false,
            limit: 2000)
          audience("Who may read it?", "about_shown", form.aboutShown, problems)
          field(
            "Ask me about", name: "ask_me", value: form.askMe, problems: problems,
            hint: "What you have done and can tell of. Others find you by these words.", required: false, limit: 300)
          field(
            "I am looking for", name: "looking_for", value: form.lookingFor, problems: problems, required: false,
            limit: 300)
          audience("Who may read these two?", "asking_shown", form.askingShown, problems)
          audience("Who may see \(profile.email)?", "email_shown", form.emailShown, problems)
          submit(next == nil ? "Save" : "Save and go on") {
            if let next {
              quietLink("Skip this", next)
            } else {
              quietLink("See it as others do", "/people/\(profile.id)")
            }
          }
        }
      }
    }
  }

  private static func audience(_ question: String, _ name: String, _ value: String, _ problems: Problems) -> HTML {
    radios(
      question, name: name, options: Profile.Audience.allCases.map { Option($0.rawValue, $0.words) }, value: value,
      problems: problems)
  }

  static func sections(current: Int) -> HTML {
    let entries = [
      ("Profile", "/account/profile"), ("Letters and keys", "/account/letters"), ("Sign-ins", "/account/sessions"),
      ("Second step", "/account/second-step"), ("Your data", "/account/data"),
    ]
    return tabs(
      entries.enumerated().map { Tab($0.element.0, $0.element.1, isCurrent: $0.offset == current) },
      label: "Your account")
  }
}
