import Markup

enum RosterPages {
  /// All that the page is made of.
  struct Standing: Sendable {
    let school: School
    let domain: String
    let present: [RosterEntry]
    let past: [RosterEntry]
    let requests: [RosterRequest]
    let imports: [RosterImport]
  }

  /// Which form of the page was sent, so that only that one shows what was typed.
  enum Place: Equatable, Sendable {
    case invitation, domain
    case handover(RosterEntry.ID)
  }

  static func show(
    _ at: Standing, typed: Fields = Fields(), problems: Problems = [:], at place: Place = .invitation, _ viewer: Viewer
  ) -> Page {
    let path = "/schools/\(at.school.id)/roster"
    let invited = place == .invitation ? typed : Fields()
    return Page("Roster of \(at.school.name)", section: .schools) {
      crumbs([(at.school.name, "/schools/\(at.school.id)")])
      h1 { "Roster of \(at.school.name)" }
      lede("\(counted(at.present.count, "role")) now. Ending one ends its rights at that moment.")
      spread {
        formErrors(problems, order: ["name", "email", "title", "starts", "ends"])
        if !at.requests.isEmpty { requests(at.requests, path, viewer) }
        people(at, path, typed, problems, place, viewer)
        if !at.past.isEmpty { past(at.past, viewer) }
      } side: {
        panel("Invite somebody") {
          invitation(path, invited, place == .invitation ? problems : [:], viewer)
          p { a(.href("\(path)/import")) { "Add many people at once" } }
        }
        panel("Who may come in by themselves") { domain(at, path, typed, place == .domain ? problems : [:], viewer) }
        if !at.imports.isEmpty { panel("Imports") { imports(at.imports, path, viewer) } }
      }
    }
  }

  // MARK: people

  private static func people(
    _ at: Standing, _ path: String, _ typed: Fields, _ problems: Problems, _ place: Place, _ viewer: Viewer
  ) -> HTML {
    part("People") {
      if at.present.isEmpty {
        emptyState("Nobody yet", "Invite the first person: they get a letter and sign in without a password.")
      }
      rows {
        for each in at.present { person(each, path, typed, problems, place, viewer) }
      }
    }
  }

  private static func person(
    _ each: RosterEntry, _ path: String, _ typed: Fields, _ problems: Problems, _ place: Place, _ viewer: Viewer
  ) -> HTML {
    let isHere = place == .handover(each.id) && !problems.isEmpty
    return li(.class("row")) {
      h3 { a(.href("/people/\(each.person)")) { each.name } }
      span(.class("tag")) { each.kind == .lead ? "lead" : "educator" }
      p(.class("quiet")) {
        ([each.title, each.email].filter { !$0.isEmpty } + [term(each, viewer)]).joined(separator: " · ")
      }
      folded(each.kind == .lead ? "End or hand over" : "End the term", isOpen: isHere) {
        if let problem = problems["end-\(each.id)"] { p(.class("problem"), .id("field-end-\(each.id)")) { problem } }
        postForm("\(path)/\(each.id)/end", viewer, class: "stack") {
          field("Why", name: "reason", required: false, limit: 300, id: "field-reason-\(each.id)")
          submit("End it now")
        }
        if each.kind == .lead { handover(each, path, isHere ? typed : Fields(), isHere ? problems : [:], viewer) }
      }
    }
  }

  private static func handover(
    _ each: RosterEntry, _ path: String, _ typed: Fields, _ problems: Problems, _ viewer: Viewer
  ) -> HTML {
    HTML {
      h4 { "Or hand over to a successor" }
      p(.class("quiet")) { "The term ends and the successor leads, in one act." }
      postForm("\(path)/\(each.id)/handover", viewer, class: "stack") {
        field(
          "Successor's name", name: "successor-name", value: typed["successor-name"], problems: problems, limit: 100,
          autocomplete: "off",
          id: problems["successor-name"] == nil ? "field-name-\(each.id)" : nil)
        field(
          "Successor's email", name: "successor-email", value: typed["successor-email"], problems: problems,
          kind: .email,
          autocomplete: "off", id: problems["successor-email"] == nil ? "field-email-\(each.id)" : nil)
        submit("Hand over now")
      }
    }
  }

  private static func term(_ each: RosterEntry, _ viewer: Viewer) -> String {
    let start = viewer.zone.date(of: each.startsAt).short
    guard let end = each.endsAt else { return "since \(start)" }
    return "\(start) to \(viewer.zone.date(of: Instant(milliseconds: end.milliseconds - 1)).short)"
  }

  private static func past(_ entries: [RosterEntry], _ viewer: Viewer) -> HTML {
    folded("Terms that ended (\(entries.count))") {
      ul {
        for each in entries {
          li {
            a(.href("/people/\(each.person)")) { each.name }
            ", \(each.kind == .lead ? "lead" : "educator"), \(term(each, viewer))"
            if !each.endReason.isEmpty { span(.class("quiet")) { ": \(each.endReason)" } }
          }
        }
      }
    }
  }

  // MARK: coming in

  private static func requests(_ requests: [RosterRequest], _ path: String, _ viewer: Viewer) -> HTML {
    part(counted(requests.count, "person asks to join", "people ask to join")) {
      rows {
        for each in requests {
          li(.class("row")) {
            h3 { each.name }
            span(.class("tag")) { timeTag(each.at, viewer) }
            p(.class("quiet")) { [each.title, each.email].filter { !$0.isEmpty }.joined(separator: " · ") }
            if !each.words.isEmpty { p { each.words } }
            postForm("\(path)/requests/\(each.id)", viewer, class: "inline") {
              actions {
                button(.class("button second"), .name("verdict"), .value("approved")) { "Add to the roster" }
                quietSubmit("Decline", name: "verdict", value: "declined")
              }
            }
          }
        }
      }
    }
  }

  private static func invitation(_ path: String, _ typed: Fields, _ problems: Problems, _ viewer: Viewer) -> HTML {
    postForm("\(path)/invitations", viewer, class: "stack") {
      field("Name", name: "name", value: typed["name"], problems: problems, limit: 100, autocomplete: "off")
      field("Email", name: "email", value: typed["email"], problems: problems, kind: .email, autocomplete: "off")
      radios(
        "Role", name: "role",
        options: [
          Option("educator", "Educator"), Option("lead", "Lead", note: "Keeps this roster and speaks for the school."),
        ],
        value: typed["role"].isEmpty ? "educator" : typed["role"], problems: problems)
      field(
        "Title at the school", name: "title", value: typed["title"], problems: problems, required: false, limit: 100,
        autocomplete: "off")
      dateField(
        "From", name: "starts", value: typed["starts"].isEmpty ? viewer.today.description : typed["starts"],
        problems: problems)
      dateField("Last day, if it is known", name: "ends", value: typed["ends"], problems: problems, required: false)
      submit("Invite")
    }
  }

  private static func domain(
    _ at: Standing, _ path: String, _ typed: Fields, _ problems: Problems, _ viewer: Viewer
  ) -> HTML {
    postForm("\(path)/domain", viewer, class: "stack") {
      field(
        "Mail domain", name: "domain", value: problems.isEmpty ? at.domain : typed["domain"], problems: problems,
        hint:
          "Whoever signs in from an address there and asks is let in, and you are told. Empty: you decide each time.",
        required: false, limit: 100, autocomplete: "off")
      actions { button(.class("button second")) { "Save" } }
    }
  }

  private static func imports(_ imports: [RosterImport], _ path: String, _ viewer: Viewer) -> HTML {
    ul {
      for each in imports {
        li {
          "\(each.byName) added \(grouped(each.created)), changed \(grouped(each.changed)) "
          span(.class("quiet")) { timeTag(each.at, viewer) }
          " "
          if each.undoneAt == nil {
            buttonForm("Take it back", "\(path)/imports/\(each.id)/undo", viewer)
          } else {
            span(.class("quiet")) { " (taken back)" }
          }
        }
      }
    }
  }

  // MARK: asking to be let in

  /// The page of somebody who wants to be put on a school's roster.
  static func ask(
    _ school: School, isOnRoster: Bool, waitsSince: Instant?, byDomain: Bool, typed: Fields = Fields(),
    problems: Problems = [:], _ viewer: Viewer
  ) -> Page {
    Page("Ask to join \(school.name)", section: .schools) {
      crumbs([(school.name, "/schools/\(school.id)")])
      column {
        h1 { "Ask to join \(school.name)" }
        if isOnRoster {
          note { p { "You are on the roster of \(school.name)." } }
          actions { buttonLink("To today", "/today") }
        } else if let waitsSince {
          note {
            p {
              "You asked "; timeTag(waitsSince, viewer); ". A lead of the school decides; you will be written to."
            }
          }
        } else if !school.isMember {
          note {
            p {
              "\(school.name) is not a member yet. "; a(.href("/schools/\(school.id)/join")) { "Begin its membership" };
              "."
            }
          }
        } else {
          lede(
            byDomain
              ? "Your address is one of the school's, so you are let in at once."
              : "A lead of the school decides. Say who you are, so that they know you.")
          formErrors(problems, order: ["title", "words"])
          postForm("/schools/\(school.id)/ask", viewer, class: "stack") {
            field(
              "What are you at the school?", name: "title", value: typed["title"], problems: problems, limit: 100,
              autocomplete: "organization-title")
            textArea(
              "A word to the lead", name: "words", value: typed["words"], problems: problems, required: false, rows: 3,
              limit: 500)
            submit(byDomain ? "Come in" : "Ask")
          }
        }
      }
    }
  }
}
