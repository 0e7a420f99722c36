/// The letters that signing in sends.
enum SignInLetters {
  static func code(_ code: String, to email: EmailAddress, id: String, _ settings: Settings) -> Letter {
    Letter(
      id: id, to: email, subject: "\(code) is your code for \(settings[.leagueName])",
      body: """
        Your code is

            \(code)

        Type it in the browser in which you asked for it. It holds for 15 minutes and works once.

        Or open this page there and press Continue:
        \(settings.origin)/sign-in/code?code=\(code)

        Nobody asked? Then somebody mistyped an address: you need do nothing.
        """, headers: Letter.secretMark)
  }

  /// The code that shows once more who is there.
  static func proof(_ code: String, to email: EmailAddress, id: String, _ settings: Settings) -> Letter {
    Letter(
      id: id, to: email, subject: "\(code) is your code for \(settings[.leagueName])",
      body: """
        Somebody who is signed in as you wants to change how your account is entered, to take a copy of your data, or
        to leave. If that is you, type this code where you were asked for it:

            \(code)

        It holds for 15 minutes and works once. Tell it to nobody.

        Is it not you? Then end that session:
        \(settings.origin)/account/sessions
        """, headers: Letter.secretMark)
  }

  /// Somebody signed in where this person had not been before.
  static func newBrowser(
    _ agent: String, address: String, to email: EmailAddress, id: String, at now: Instant, _ settings: Settings
  )
    -> Letter
  {
    Letter(
      id: id, to: email, subject: "A new sign-in to \(settings[.leagueName])",
      body: """
        Your account was opened in a browser that was not used for it before:

            \(Session.device(agent)), from \(address)
            \(settings.zone.date(of: now).spoken), \(settings.zone.clock(now))

        Was it you? Then you need do nothing.

        Was it somebody else? End that session here, and tell the League office:
        \(settings.origin)/account/sessions
        """, headers: ["Auto-Submitted": "auto-generated"])
  }

  /// What keeps an account safe was changed.
  static func changed(_ what: String, to email: EmailAddress, id: String, _ settings: Settings) -> Letter {
    Letter(
      id: id, to: email, subject: "\(what) at \(settings[.leagueName])",
      body: """
        \(what).

        Was it you, or had you asked for it? Then you need do nothing. If not, look who is signed in and end what you
        do not know, then tell the League office:
        \(settings.origin)/account/sessions
        """, headers: ["Auto-Submitted": "auto-generated"])
  }
}
