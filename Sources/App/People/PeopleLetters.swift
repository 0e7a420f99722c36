/// Letters about accounts and roles.
enum PeopleLetters {
  static func invitation(to email: EmailAddress, name: String, id: String, _ settings: Settings) -> Letter {
    Letter(
      id: id, to: email, subject: "You are invited to \(settings[.leagueName])",
      body: """
        \(name),

        you have an account at \(settings[.leagueName]), where schools find out together what works.
        Sign in with this address; we send you a code, there is no password:

        \(settings.origin)/sign-in
        """)
  }
}
