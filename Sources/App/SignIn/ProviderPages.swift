import Markup

enum ProviderPages {
  /// A button for each service, under the form for a code.
  static func buttons(_ providers: [Provider], email: String = "", next: String, _ viewer: Viewer) -> HTML {
    guard !providers.isEmpty else { return HTML() }
    return part("Or with an account that you have") {
      div(.class("actions")) {
        for provider in providers {
          postForm("/sign-in/with/\(provider.id)", viewer) {
            input(.type("hidden"), .name("next"), .value(next))
            if !email.isEmpty { input(.type("hidden"), .name("email"), .value(email)) }
            button(.class("plain")) { "Continue with \(provider.name)" }
          }
        }
      }
    }
  }

  /// On the way to the provider.
  static func onward(to provider: Provider, _ address: String, _ viewer: Viewer) -> Page {
    Page("On to \(provider.name)") {
      h1 { "On to \(provider.name)" }
      lede("You come back here when \(provider.name) knows who you are.")
      p { a(.href(address)) { "Go on to \(provider.name)" } }
    }
  }

  /// The address must show itself once: an account elsewhere that bears it proves nothing.
  static func offer(_ offer: ProviderStore.Offer, from provider: String, _ viewer: Viewer) -> Page {
    Page("One step, this once") {
      h1 { "One step, this once" }
      lede("\(provider) says that you are \(offer.email). To be sure, we send a code of six characters there.")
      p { "From then on \(provider) alone opens your account." }
      postForm("/sign-in", viewer, class: "stack") {
        input(.type("hidden"), .name("email"), .value(offer.email))
        input(.type("hidden"), .name("next"), .value(offer.next))
        submit("Send me the code")
      }
      p(.class("quiet")) {
        "Your account here has another address? "
        a(.href("/sign-in?next=/account/ways-in")) { "Sign in with that one" }
        " and connect \(provider) under Ways in."
      }
    }
  }

  /// What opens a person's account besides codes by mail.
  static func ways(
    _ links: [(link: ProviderStore.Link, provider: String)], offered: (offer: ProviderStore.Offer, provider: String)?,
    providers: [Provider], _ viewer: Viewer
  ) -> Page {
    Page("Ways in") {
      AccountPages.sections(current: 2)
      h1 { "Ways in" }
      lede("A code to your address always opens your account. These do too.")
      column {
        if let offered {
          note {
            p { "Connect \(offered.provider) (\(offered.offer.email)) to your account? It opens it from then on." }
            postForm("/account/ways-in/offers/\(offered.offer.id)", viewer) { submit("Connect \(offered.provider)") }
          }
        }
        if links.isEmpty {
          emptyState("Nothing connected", "Connect an account that you have elsewhere, and no code is needed.")
        }
        rows { for each in links { row(each.link, each.provider, viewer) } }
        if !providers.isEmpty {
          part("Connect another") {
            div(.class("actions")) {
              for provider in providers {
                postForm("/sign-in/with/\(provider.id)", viewer) {
                  input(.type("hidden"), .name("next"), .value("/account/ways-in"))
                  button(.class("plain")) { "Connect \(provider.name)" }
                }
              }
            }
          }
        }
      }
    }
  }

  private static func row(_ link: ProviderStore.Link, _ provider: String, _ viewer: Viewer) -> HTML {
    li(.class("row")) {
      heading(2) { provider }
      p(.class("quiet")) {
        "Connected \(viewer.zone.date(of: link.linkedAt).spoken), last used \(viewer.zone.ago(link.usedAt, now: viewer.now))"
      }
      postForm("/account/ways-in/end", viewer) {
        input(.type("hidden"), .name("issuer"), .value(link.issuer))
        input(.type("hidden"), .name("subject"), .value(link.subject))
        button(.class("plain")) { "Disconnect" }
      }
    }
  }
}
