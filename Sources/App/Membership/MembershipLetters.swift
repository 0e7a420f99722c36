/// The letters that membership sends.
struct MembershipLetters {
  let settings: Settings

  func sign(
    _ signer: SignerNaming, _ signature: Signature.ID, school: String, title: String, by asker: String, id: String
  )
    -> Letter
  {
    Letter(
      id: id, to: signer.email, subject: "Please sign for \(school): \(title)",
      body: """
        \(signer.name),

        \(asker) asks you to sign, as \(signer.role.words.lowercased()), for \(school) to join \(settings[.leagueName]).
        It costs nothing. Read the text and sign it here:

        \(settings.origin)/sign/\(signature)

        To sign, you will be sent a code to this address. If you are not the one to sign, write to \(asker), who can name
        somebody else.
        """)
  }

  func reminder(_ signature: Signature, to email: EmailAddress, school: String, id: String) -> Letter {
    Letter(
      id: id, to: email, subject: "\(school) waits for your signature",
      body: """
        \(signature.name),

        \(school) cannot join \(settings[.leagueName]) before you have signed as \(signature.role.words.lowercased()).
        It takes two minutes:

        \(settings.origin)/sign/\(signature.id)
        """)
  }

  func code(_ code: String, to email: EmailAddress, school: String, id: String) -> Letter {
    Letter(
      id: id, to: email, subject: "\(code) is your code to sign for \(school)",
      body: """
        Your code is

            \(code)

        Type it on the page where you read the agreement. It holds for 15 minutes and works once, in the browser that
        asked for it.

        Nobody asked? Then do nothing: without the code nothing is signed.
        """, headers: Letter.secretMark)
  }

  func confirmed(school: School.ID, name: String, to email: EmailAddress, id: String) -> Letter {
    Letter(
      id: id, to: email, subject: "\(name) is a member of \(settings[.leagueName])",
      body: """
        \(name) is a member from today, and you lead it here. Two things to do first:

        Add your people: \(settings.origin)/schools/\(school)/roster
        Look at what other schools tried: \(settings.origin)/ideas
        """)
  }

  func reaffirm(school: School.ID, name: String, to email: EmailAddress, id: String) -> Letter {
    Letter(
      id: id, to: email, subject: "Is \(name) still with us? One button, once a year",
      body: """
        Once a year each school says that it is still a member and that its list of people is true.
        Look the list over, then press one button:

        \(settings.origin)/schools/\(school)/membership
        """)
  }
}
