import Markup

enum SignInPages {
  static func ask(email: String, next: String, problems: Problems = [:], _ viewer: Viewer) -> Page {
    Page("Sign in") {
      h1 { "Sign in" }
      p(.class("lede")) { "Type your work email. We send you a code of six characters: there is no password." }
      postForm("/sign-in", viewer, class: "stack") {
        input(.type("hidden"), .name("next"), .value(next))
        field("Email", name: "email", value: email, problems: problems, kind: .email)
        submit("Send me a code")
      }
      p(.class("quiet")) { "New here? It is the same door: the code makes your account." }
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

  static func secondFactor(next: String, problems: Problems = [:], _ viewer: Viewer) -> Page {
    Page("Second step") {
      h1 { "One more step" }
      p(.class("lede")) {
        "Your account has rights over others' data. Type the six digits that your authenticator app shows."
      }
      postForm("/sign-in/second-factor", viewer, class: "stack") {
        input(.type("hidden"), .name("next"), .value(next))
        field(
          "Six digits", name: "digits", problems: problems, kind: .decimal, autocomplete: "one-time-code")
        submit("Continue")
      }
    }
  }

  static func enrol(secret: String, uri: String, next: String, problems: Problems = [:], _ viewer: Viewer) -> Page {
    Page("Set up the second step") {
      h1 { "Set up the second step" }
      p(.class("lede")) {
        "Accounts of the office and of liaisons need an authenticator app. Add this key to yours, then type the six digits that it shows."
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

  static func sessions(_ sessions: [Session], current: Session.ID?, _ viewer: Viewer) -> Page {
    Page("Where you are signed in") {
      h1 { "Where you are signed in" }
      p(.class("lede")) { "End what you do not know. Ending a session takes effect at once." }
      ul(.class("rows")) {
        for session in sessions {
          li(.class("row")) {
            heading(2) { session.id == current ? "This browser" : device(session.agent) }
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
    }
  }

  /// The browser and system that an agent text names, in plain words.
  private static func device(_ agent: String) -> String {
    let browser =
      ["Firefox", "Edg", "Chrome", "Safari"].first { agent.contains($0) }.map { $0 == "Edg" ? "Edge" : $0 }
      ?? "A browser"
    let system = ["CrOS", "Windows", "Android", "iPhone", "iPad", "Mac OS X", "Linux"].first { agent.contains($0) }
    return system.map { "\(browser) on \($0 == "CrOS" ? "a Chromebook" : $0)" } ?? browser
  }
}
