/// Letters about accounts and roles.
enum PeopleLetters {
  /// Asked for by somebody whose letters came back.
  static func trial(to email: EmailAddress, id: String, _ settings: Settings) -> Letter {
    Letter(
      id: id, to: email, subject: "Letters from \(settings[.leagueName]) reach you",
      body: """
        You read this, so letters from \(settings[.leagueName]) arrive at \(email) again. You need do nothing.

        How often they come, and what about: \(settings.origin)/account/letters
        """)
  }

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
