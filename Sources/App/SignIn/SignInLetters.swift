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
        """)
  }
}
