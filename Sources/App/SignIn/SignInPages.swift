import Markup

enum SignInPages {
  static func ask(
    email: String, next: String, problems: Problems = [:], providers: [Provider] = [], _ viewer: Viewer
  ) -> Page {
    Page("Sign in") {
      h1 { "Sign in" }
      p(.class("lede")) { "Type your work email. We send you a code of six characters: there is no password." }
      postForm("/sign-in", viewer, class: "stack") {
        input(.type("hidden"), .name("next"), .value(next))
        field("Email", name: "email", value: email, problems: problems, kind: .email)
        submit("Send me a code")
      }
      p(.class("quiet")) { "New here? It is the same door: the code makes your account." }
      ProviderPages.buttons(providers, next: next, viewer)
    }
  }

  static func typeCode(email: String, next: String, typed: String = "", problems: Problems = [:], _ viewer: Viewer)
    -> Page
  {
    Page("Type the code") {
      h1 { "Type the code" }
      p(.class("lede")) {
        if email.isEmpty {
          "We sent six characters to the address you gave. They hold for 15 minutes, in this browser."
        } else {
          "We sent six characters to "
          strong { email }
          ". They hold for 15 minutes, in this browser."
        }
      }
      postForm("/sign-in/code", viewer, class: "stack") {
        input(.type("hidden"), .name("next"), .value(next))
        input(.type("hidden"), .name("email"), .value(email))
        field("Code", name: "code", value: typed, problems: problems, kind: .code)
        submit("Continue")
      }
      p(.class("quiet")) {
        "Nothing came? Look in the spam folder, or "
        a(.href("/sign-in?next=\(percentEncoded(next))")) { "ask for another code" }
        "."
      }
    }
  }

  /// Before what even a browser left open must not do.
  static func proof(
    email: String, isSent: Bool, next: String, typed: String = "", problems: Problems = [:], _ viewer: Viewer
  ) -> Page {
    Page("Show that it is you") {
      h1 { "Show that it is you" }
      lede(
        isSent
          ? "We sent six characters to \(email). They hold for 15 minutes, in this browser."
          : "What comes next is for you alone. We send a code to \(email), and you type it here.")
      if isSent {
        postForm("/account/proof", viewer, class: "stack") {
          input(.type("hidden"), .name("next"), .value(next))
          field("Code", name: "typed", value: typed, problems: problems, kind: .code)
          submit("Continue")
        }
      }
      postForm("/account/proof/code", viewer) {
        input(.type("hidden"), .name("next"), .value(next))
        if isSent {
          quietSubmit("Send another code", name: "again", value: "yes")
        } else {
          submit("Send me a code")
        }
      }
    }
  }

  static func secondFactor(next: String, problems: Problems = [:], _ viewer: Viewer) -> Page {
    Page("Second step") {
      h1 { "One more step" }
      p(.class("lede")) {
        "Type the six digits that your authenticator app shows: they show that it is you."
      }
      postForm("/sign-in/second-factor", viewer, class: "stack") {
        input(.type("hidden"), .name("next"), .value(next))
        field(
          "Six digits", name: "digits", problems: problems, kind: .decimal, autocomplete: "one-time-code")
        submit("Continue")
      }
      folded("The app is lost", isOpen: problems["recovery"] != nil) {
        p {
          "Type one of the recovery codes that you kept. Each opens the door once. Without one, ask the League office."
        }
        postForm("/sign-in/second-factor", viewer, class: "stack") {
          input(.type("hidden"), .name("next"), .value(next))
          field(
            "Recovery code", name: "recovery", problems: problems,
            hint: "Six groups of four, such as 7KQ2-MT4X-9HBN-C3WD-P0ZR-81GA.",
            autocomplete: "off")
          submit("Continue")
        }
      }
    }
  }

  /// Shown once: the database keeps only what cannot be read back.
  static func recoveryCodes(_ codes: [String], next: String, _ viewer: Viewer) -> Page {
    Page("Recovery codes") {
      h1 { "Keep these codes" }
      lede("If your authenticator app is lost, each of them lets you in once. They are shown now and never again.")
      pre(.class("letter")) { codes.joined(separator: "\n") }
      p { "Print them, or write them down, and keep them apart from your phone." }
      buttonLink("I have kept them", next)
    }
  }

  /// What a person sees of their own second step.
  static func secondStep(isOn: Bool, isNeeded: Bool, codesLeft: Int, problems: Problems = [:], _ viewer: Viewer) -> Page
  {
    Page("Second step") {
      AccountPages.sections(current: 3)
      h1 { "Second step" }
      if isOn {
        lede("On. \(counted(codesLeft, "recovery code")) left.")
        column {
          formErrors(problems)
          part("New recovery codes") {
            p { "The old ones stop working." }
            postForm("/account/recovery-codes", viewer, class: "stack") {
              field(
                "Six digits from your app", name: "digits", problems: problems, kind: .decimal,
                autocomplete: "one-time-code")
              submit("Make ten new codes")
            }
          }
          if !isNeeded {
            part("Turn it off") {
              postForm("/account/second-step/off", viewer, class: "stack") {
                field(
                  "Six digits from your app", name: "off", problems: problems, kind: .decimal,
                  autocomplete: "one-time-code")
                submit("Turn it off")
              }
            }
          }
        }
      } else {
        lede("Off. With it, whoever reads your mail still cannot sign in as you.")
        buttonLink("Set it up", "/sign-in/second-factor?next=/account/second-step")
      }
    }
  }

  static func enrol(secret: String, uri: String, next: String, problems: Problems = [:], _ viewer: Viewer) -> Page {
    Page("Set up the second step") {
      h1 { "Set up the second step" }
      p(.class("lede")) {
        "An authenticator app proves that it is you even if somebody reads your mail; the office and liaisons need one. Add this key to yours, then type the six digits that it shows."
      }
      p { code { secret } }
      p { a(.init("href", uri)) { "Open it in an app on this device" } }
      postForm("/sign-in/second-factor/setup", viewer, class: "stack") {
        input(.type("hidden"), .name("next"), .value(next))
        input(.type("hidden"), .name("secret"), .value(secret))
        field(
          "Six digits", name: "digits", problems: problems, kind: .decimal, autocomplete: "one-time-code")
        submit("Turn it on")
      }
    }
  }

  /// - Parameter hasProviders: whether there are other ways in than codes by mail.
  static func sessions(
    _ sessions: [Session], current: Session.ID?, hasProviders: Bool = false, _ viewer: Viewer
  ) -> Page {
    Page("Where you are signed in") {
      AccountPages.sections(current: 2)
      h1 { "Where you are signed in" }
      p(.class("lede")) { "End what you do not know. Ending a session takes effect at once." }
      ul(.class("rows")) {
        for session in sessions {
          li(.class("row")) {
            heading(2) { session.id == current ? "This browser" : Session.device(session.agent) }
            p(.class("quiet")) {
              "Last used \(viewer.zone.ago(session.seenAt, now: viewer.now)) from \(session.address); signed in \(viewer.zone.date(of: session.createdAt).spoken)"
            }
            if session.id != current {
              buttonForm("End it", "/account/sessions/\(session.id)/end", viewer)
            }
          }
        }
      }
      if sessions.count > 1 {
        postForm("/account/sessions/end-others", viewer) {
          submit("End all others")
        }
      }
      buttonForm("Sign out everywhere, here too", "/account/sessions/end-all", viewer)
      if hasProviders { p { a(.href("/account/ways-in")) { "Ways in besides codes by mail" } } }
    }
  }
}
