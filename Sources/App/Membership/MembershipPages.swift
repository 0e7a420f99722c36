import Markup

/// A school's membership: where it stands, who has signed, every step, and what the viewer may do next.
enum MembershipPages {
  /// All that the page is made of.
  struct Standing: Sendable {
    let membership: Membership
    let party: MembershipParty
    let agreement: AgreementVersion?
    /// To choose from while none was issued.
    let versions: [AgreementVersion]
    let signatures: [Signature]
    let events: [MembershipEvent]

    var school: String { "/schools/\(membership.school)" }
    var path: String { "\(school)/membership" }
    var signed: Int { signatures.count(where: \.isSigned) }
  }

  static func show(
    _ at: Standing, form: SignerForm, typed: Fields = Fields(), problems: Problems = [:], _ viewer: Viewer
  ) -> Page {
    Page("Membership of \(at.membership.schoolName)", section: .schools) {
      crumbs([(at.membership.schoolName, at.school)])
      h1 { "Membership of \(at.membership.schoolName)" }
      lede(at.membership.next(signed: at.signed, of: at.signatures.count))
      progress(at.membership.state)
      spread {
        formErrors(problems)
        step(at, form, typed, problems, viewer)
        if !at.signatures.isEmpty { signers(at, typed, problems, viewer) }
        history(at.events, viewer)
      } side: {
        aside(at, viewer)
        if !at.membership.state.isEnd { leaving(at, typed, problems, viewer) }
      }
    }
  }

  private static func progress(_ state: MembershipState) -> HTML {
    guard let index = MembershipState.journey.firstIndex(of: state) else {
      return note { p { strong { state.words } } }
    }
    return stages(
      MembershipState.journey.map(\.words), current: state == .active ? MembershipState.journey.count : index,
      label: "Where it stands")
  }

  // MARK: the next step

  private static func step(
    _ at: Standing, _ form: SignerForm, _ typed: Fields, _ problems: Problems, _ viewer: Viewer
  ) -> HTML {
    switch at.membership.state {
    case .inquiry: inquiry(at, problems, viewer)
    case .agreementIssued: nameSigners(at, form, problems, viewer)
    case .signaturesPending, .withdrawn, .closed, .merged: HTML()
    case .received: received(at, viewer)
    case .active, .inactive: reaffirm(at, viewer)
    }
  }

  private static func inquiry(_ at: Standing, _ problems: Problems, _ viewer: Viewer) -> HTML {
    guard at.party == .office || at.party == .liaison else {
      return note {
        p { "The directory does not tell whether your school may join, so the office looks. You will be written to." }
      }
    }
    return part("Issue the agreement") {
      postForm("\(at.path)/agreement", viewer, class: "stack") {
        radios(
          "Which text will the school sign?", name: "version",
          options: at.versions.map { Option($0.version, "\($0.title) (\($0.version))") },
          value: at.membership.agreement ?? at.versions.first?.version ?? "", problems: problems,
          hint: at.agreement.map { "The school asked for: \($0.title)." })
        field("Why it may join", name: "why", problems: problems, required: false, limit: 500)
        submit("Issue it")
      }
    }
  }

  private static func nameSigners(_ at: Standing, _ form: SignerForm, _ problems: Problems, _ viewer: Viewer) -> HTML {
    part("Who signs?") {
      p {
        "Each gets a letter with a link, reads the text, and signs with a code, in any order. "
        a(.href("/agreements/\(at.membership.agreement ?? "")")) { "Read the text first" }
        "."
      }
      postForm("\(at.path)/signers", viewer, class: "stack") {
        for role in form.roles { signerFields(role, form, problems, id: role.key) }
        submit(form.roles.count == 1 ? "Write to the signer" : "Write to the signers")
      }
    }
  }

  private static func signerFields(_ role: SignerRole, _ form: SignerForm, _ problems: Problems, id: String) -> HTML {
    fieldset {
      legend { role.words }
      field(
        "Name", name: "name-\(role.key)", value: form.name(role), problems: problems, limit: 100,
        id: "field-name-\(id)")
      field(
        "Email", name: "email-\(role.key)", value: form.email(role), problems: problems, kind: .email,
        autocomplete: "off", id: "field-email-\(id)")
    }
  }

  private static func received(_ at: Standing, _ viewer: Viewer) -> HTML {
    guard at.party == .office else {
      return note {
        p { "All have signed. The office confirms, usually within two working days; nobody needs to do anything." }
      }
    }
    return part("Confirm") {
      p { "The principal and whoever began will lead the school here, and are written to." }
      postForm("\(at.path)/confirmation", viewer, class: "stack") {
        field("A note for the record", name: "why", required: false, limit: 500)
        submit("Confirm the membership")
      }
    }
  }

  private static func reaffirm(_ at: Standing, _ viewer: Viewer) -> HTML {
    guard let standing = at.membership.reaffirmation(today: viewer.today), at.party == .school || at.party == .office
    else { return HTML() }
    let words =
      switch standing {
      case .settled(let until): "Reaffirmed for this year. The next time is in the autumn, from \(until.spoken)."
      case .due(let by): "Please reaffirm by \(by.spoken): look your people over, then press the button."
      case .overdue(let since): "The autumn ended on \(since.spoken) without an answer. One button mends it."
      }
    if case .settled = standing, at.membership.state == .active { return note { p { words } } }
    return part("Once a year") {
      p { at.membership.state == .inactive ? "The membership rests. Reaffirm, and it is whole again at once." : words }
      postForm("\(at.path)/reaffirmation", viewer) {
        submit("We are a member, and our list is true") { quietLink("Look the list over", "\(at.school)/roster") }
      }
    }
  }

  // MARK: signers

  private static func signers(_ at: Standing, _ typed: Fields, _ problems: Problems, _ viewer: Viewer) -> HTML {
    part("Signatures") {
      rows { for each in at.signatures { signer(each, at, typed, problems, viewer) } }
    }
  }

  private static func signer(
    _ each: Signature, _ at: Standing, _ typed: Fields, _ problems: Problems, _ viewer: Viewer
  ) -> HTML {
    let isOpen = !each.isSigned && at.membership.state == .signaturesPending
    // Only the form that was sent shows what was typed.
    let isTyped = typed.has("email-\(each.role.key)")
    return li(.class("row")) {
      h3 { "\(each.role.words): \(each.name)" }
      span(.class("tag")) { signedWords(each) }
      p(.class("quiet")) { fate(each, viewer) }
      if isOpen {
        buttonForm("Remind", "\(at.path)/signers/\(each.id)/reminder", viewer)
        folded("Name somebody else", isOpen: isTyped) {
          postForm("\(at.path)/signers/\(each.id)/replacement", viewer, class: "stack") {
            signerFields(
              each.role, SignerForm([each.role], isTyped ? typed : Fields()), isTyped ? problems : [:],
              id: "\(each.role.key)")
            submit("Write to this person instead")
          }
        }
        if at.party == .office { paper(each, at, typed, problems, viewer) }
      }
    }
  }

  private static func signedWords(_ each: Signature) -> String {
    switch each.how {
    case nil: "waits"
    case .paper: "signed on paper"
    case .code, .account: "signed"
    }
  }

  private static func fate(_ each: Signature, _ viewer: Viewer) -> HTML {
    HTML {
      each.email
      if let at = each.signedAt {
        ", signed "
        if let date = each.paperDate { "on \(date.spoken), attested " }
        timeTag(at, viewer)
        if !each.note.isEmpty { ": \(each.note)" }
      } else {
        ", asked "
        timeTag(each.askedAt, viewer)
        if let at = each.remindedAt { ", reminded "; timeTag(at, viewer) }
      }
    }
  }

  private static func paper(
    _ each: Signature, _ at: Standing, _ typed: Fields, _ problems: Problems, _ viewer: Viewer
  ) -> HTML {
    let (date, note) = ("date-\(each.role.key)", "note-\(each.role.key)")
    return folded("A paper copy has come", isOpen: problems[date] != nil || problems[note] != nil) {
      postForm("\(at.path)/signers/\(each.id)/paper", viewer, class: "stack") {
        input(.type("hidden"), .name("role"), .value(each.role.key))
        dateField("Day on the paper", name: date, value: typed[date], problems: problems, latest: viewer.today)
        field("How it came and where it is kept", name: note, value: typed[note], problems: problems, limit: 500)
        submit("Attest the signature")
      }
    }
  }

  // MARK: history and the side

  private static func history(_ events: [MembershipEvent], _ viewer: Viewer) -> HTML {
    part("Every step") {
      rows {
        for each in events.reversed() {
          li(.class("row")) {
            h3 { each.from == each.to ? "Reaffirmed" : each.to.words }
            span(.class("tag")) { timeTag(each.at, viewer) }
            p(.class("quiet")) { each.why.isEmpty ? each.byWords : "\(each.byWords): \(each.why)" }
          }
        }
      }
    }
  }

  private static func aside(_ at: Standing, _ viewer: Viewer) -> HTML {
    panel("In short") {
      facts(
        [
          (
            "Begun by",
            HTML(text: at.membership.startedByName.isEmpty ? "nobody in the list" : at.membership.startedByName)
          ),
          ("Begun", timeTag(at.membership.startedAt, viewer)),
          ("Here since", timeTag(at.membership.stateSince, viewer)),
        ].map { (term: $0.0, value: $0.1) })
      if let agreement = at.agreement {
        p {
          if at.membership.state == .inquiry { "Asked for: " }
          a(.href("/agreements/\(agreement.version)")) { "\(agreement.title) (\(agreement.version))" }
          span(.class("quiet")) { " SHA-256 \(agreement.hash.prefix(16))…" }
        }
      }
      if at.membership.state == .active { p { a(.href("\(at.school)/roster")) { "Our people" } } }
    }
  }

  private static func leaving(_ at: Standing, _ typed: Fields, _ problems: Problems, _ viewer: Viewer) -> HTML {
    let ways = MembershipStep.choices(from: at.membership.state, for: at.party).filter { $0.isEnd || $0 == .inactive }
    guard !ways.isEmpty else { return HTML() }
    return folded(
      at.party == .school ? "Leave" : "End or rest it", isOpen: problems["reason"] != nil || problems["to"] != nil
    ) {
      postForm("\(at.path)/end", viewer, class: "stack") {
        if ways.count == 1 {
          input(.type("hidden"), .name("to"), .value(ways[0].rawValue))
        } else {
          radios(
            "What happened?", name: "to", options: ways.map { Option($0.rawValue, $0.words) }, value: typed["to"],
            problems: problems)
        }
        textArea("Why?", name: "reason", value: typed["reason"], problems: problems, rows: 2, limit: 1000)
        submit(at.party == .school ? "Withdraw" : "Write it down")
      }
    }
  }
}
