/// What a person is told when the office does something with their account.
enum AccountCareLetters {
  static func suspended(reason: String, to email: EmailAddress, id: String, _ settings: Settings) -> Letter {
    letter(
      "Your account is suspended",
      "The League office has suspended your account. The reason:\n\n    \(reason)\n\nWhat you wrote stays. Write to the office if you think that this is wrong.",
      email, id, settings)
  }

  static func restored(to email: EmailAddress, id: String, _ settings: Settings) -> Letter {
    letter("Your account is open again", "You can sign in as before:\n\(settings.origin)/sign-in", email, id, settings)
  }

  static func acting(by name: String, reason: String, to email: EmailAddress, id: String, _ settings: Settings)
    -> Letter
  {
    letter(
      "The office looks at the League as you",
      "\(name) of the League office is looking at the League as you see it, for at most 30 minutes. The reason:\n\n    \(reason)\n\nNothing can be signed, decided or said in your name. What is done stands here:\n\(settings.origin)/account/record",
      email, id, settings)
  }

  static func secondStepRemoved(reason: String, to email: EmailAddress, id: String, _ settings: Settings) -> Letter {
    letter(
      "Your second step was taken away",
      "The League office has taken away the second step of your account and ended your sessions. The reason:\n\n    \(reason)\n\nDid you not ask for that? Then tell the office at once.",
      email, id, settings)
  }

  static func erasureAsked(due: CalendarDate, byOffice: Bool, to email: EmailAddress, id: String, _ settings: Settings)
    -> Letter
  {
    letter(
      "Your account will be erased",
      "\(byOffice ? "The League office has" : "You have") asked to erase your account. That happens on \(due.spoken). Until then you can take it back:\n\(settings.origin)/account/data",
      email, id, settings)
  }

  static func erased(to email: EmailAddress, id: String, _ settings: Settings) -> Letter {
    letter(
      "Your account was erased",
      "Your name, address and profile are gone. What you wrote for others stands under \"Former member\". This is the last letter.",
      email, id, settings)
  }

  private static func letter(
    _ subject: String, _ body: String, _ email: EmailAddress, _ id: String, _ settings: Settings
  )
    -> Letter
  {
    Letter(
      id: id, to: email, subject: "\(subject) (\(settings[.leagueName]))", body: body,
      headers: ["Auto-Submitted": "auto-generated"])
  }
}
