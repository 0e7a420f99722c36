/// The letters that a roster sends.
struct RosterLetters {
  let settings: Settings

  func invitation(_ naming: RosterNaming, school: String, by lead: String, isNew: Bool, id: String) -> Letter {
    Letter(
      id: id, to: naming.email, subject: "You are on the roster of \(school)",
      body: """
        \(naming.name),

        \(lead) put you on the roster of \(school) in \(settings[.leagueName]), where schools find out together what works.
        \(isNew ? "Sign in with this address; we send you a code, there is no password:" : "Sign in as always:")

        \(settings.origin)/sign-in
        """)
  }

  func asks(
    _ name: String, title: String, words: String, school: School.ID, schoolName: String, to email: EmailAddress,
    id: String
  )
    -> Letter
  {
    Letter(
      id: id, to: email, subject: "\(name) asks to join \(schoolName)",
      body: """
        \(name)\(title.isEmpty ? "" : ", \(title),") asks to be put on the roster of \(schoolName).
        \(words.isEmpty ? "" : "\n\(words)\n")
        Say yes or no here:

        \(settings.origin)/schools/\(school)/roster
        """)
  }

  func decided(_ approved: Bool, schoolName: String, to email: EmailAddress, id: String) -> Letter {
    Letter(
      id: id, to: email,
      subject: approved ? "You are on the roster of \(schoolName)" : "\(schoolName) did not put you on its roster",
      body: approved
        ? "Everything that member schools share is open to you now:\n\n\(settings.origin)/today"
        : "A lead of \(schoolName) declined your request. If that is a mistake, speak to them, or write to the office.")
  }

  func joined(_ name: String, school: School.ID, schoolName: String, to email: EmailAddress, id: String) -> Letter {
    Letter(
      id: id, to: email, subject: "\(name) joined \(schoolName)",
      body: """
        \(name) has an address in your school's mail domain and came in by themselves. If that is wrong, end it here:

        \(settings.origin)/schools/\(school)/roster
        """)
  }

  func successor(_ naming: RosterNaming, school: School.ID, schoolName: String, from name: String, id: String) -> Letter
  {
    Letter(
      id: id, to: naming.email, subject: "You lead \(schoolName) from today",
      body: """
        \(naming.name),

        \(name) handed \(schoolName) over to you in \(settings[.leagueName]). Sign in with this address and look over the
        list of your people:

        \(settings.origin)/schools/\(school)/roster
        """)
  }
}
