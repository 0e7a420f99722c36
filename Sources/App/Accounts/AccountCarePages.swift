import Markup

enum AccountCarePages {
  static func show(_ care: AccountCare, problems: Problems = [:], _ viewer: Viewer) -> Page {
    Page("Account of \(care.name)", section: .office) {
      crumbs([("Office", "/office"), ("Audit log", "/office/audit")])
      h1 { "Account of \(care.name)" }
      lede(state(care, viewer))
      spread {
        formErrors(problems)
        if care.erasedAt == nil { acts(care, problems, viewer) }
        part("Done with this account") {
          if care.log.isEmpty { quiet("Nothing yet.") } else { AuditPages.table(care.log, viewer) }
        }
      } side: {
        panel("The account") {
          facts([
            ("Address", care.email), ("Made", viewer.zone.date(of: care.createdAt).spoken),
            ("Second step", care.hasSecondFactor ? "on" : "off"),
            ("Signed in", counted(care.sessions.count, "browser")),
          ])
          if care.erasedAt == nil { p { a(.href("/people/\(care.id)")) { "Profile" } } }
        }
        if viewer.person != care.id, care.erasedAt == nil { keeping(care, problems, viewer) }
      }
    }
  }

  private static func state(_ care: AccountCare, _ viewer: Viewer) -> String {
    if let at = care.erasedAt { return "Erased on \(viewer.zone.date(of: at).spoken)." }
    if let at = care.suspendedAt {
      return "Suspended since \(viewer.zone.date(of: at).spoken): \(care.suspendedReason)"
    }
    return "In use."
  }

  @HTMLBuilder private static func acts(_ care: AccountCare, _ problems: Problems, _ viewer: Viewer) -> HTML {
    let path = "/office/people/\(care.id)"
    if viewer.person == care.id {
      note { p { "This is your own account: another one of the office looks after it." } }
    } else {
      if care.mayBeActed {
        part("Look at the League as they do") {
          p {
            "For 30 minutes; they are told. You can change their profile and letters, and nothing else in their name."
          }
          reasoned("Begin", "\(path)/acting", "acting", "Why", problems, viewer)
        }
      }
      if care.isSuspended {
        part("Open it again") { buttonForm("Open the account", "\(path)/restoration", viewer, class: "button second") }
      } else {
        part("Suspend it") {
          p { "They are signed out everywhere at once, and told why." }
          reasoned("Suspend", "\(path)/suspension", "suspension", "Reason, as they will read it", problems, viewer)
        }
      }
      if !care.sessions.isEmpty {
        part("Sign them out") {
          buttonForm("Sign out everywhere", "\(path)/sessions/end", viewer, class: "button second")
        }
      }
      if care.hasSecondFactor {
        part("App and codes are lost") {
          p { "Takes the second step away, so that they can set it up anew. Make sure first who is asking." }
          reasoned(
            "Take it away", "\(path)/second-step/removal", "removal", "How you know that it is they", problems, viewer)
        }
      }
    }
  }

  @HTMLBuilder private static func keeping(_ care: AccountCare, _ problems: Problems, _ viewer: Viewer) -> HTML {
    let path = "/office/people/\(care.id)"
    panel("Keep or erase") {
      if let hold = care.hold {
        p { "Held since \(viewer.zone.date(of: hold.placedAt).spoken): \(hold.reason)" }
        buttonForm("Lift the hold", "\(path)/hold/end", viewer)
      } else {
        reasoned("Hold", "\(path)/hold", "hold", "Why nothing may be erased", problems, viewer)
      }
      if let erasure = care.erasure {
        p {
          "Will be erased on \(viewer.zone.date(of: erasure.dueAt).spoken)\(care.hold == nil ? "" : ", once the hold is lifted")."
          if let trouble = erasure.trouble { " The last try failed: \(trouble)" }
        }
        buttonForm("Take it back", "\(path)/erasure/end", viewer)
      } else {
        reasoned("Erase in 14 days", "\(path)/erasure", "erasure", "Who asked for it", problems, viewer)
      }
    }
  }

  /// Each form's field has a name of its own, so that a problem stands beside the right one.
  private static func reasoned(
    _ words: String, _ action: String, _ name: String, _ label: String, _ problems: Problems, _ viewer: Viewer
  ) -> HTML {
    postForm(action, viewer, class: "stack") {
      field(label, name: name, problems: problems, limit: 300, autocomplete: "off")
      button(.class("button second")) { words }
    }
  }

  /// What others did on, or with, the reader's own account.
  static func record(_ entries: [AuditEntry], _ viewer: Viewer) -> Page {
    Page("What was done with your account") {
      AccountPages.sections(current: 4)
      h1 { "What was done with your account" }
      lede("By you where it matters, by the League office, and by your schools' leads.")
      if entries.isEmpty {
        emptyState(
          "Nothing yet", "When the office looks at the League as you, or changes your account, it stands here.")
      } else {
        AuditPages.table(entries, viewer)
      }
    }
  }
}
