import Markup

/// From the question "may we join?" to the inquiry.
enum JoinPages {
  static func find(_ query: String, _ schools: [School], _ viewer: Viewer) -> Page {
    var page = Page("Join the League", section: .schools) {
      column {
        h1 { "Join the League" }
        lede("It is the school that joins, and joining is free. Find yours first: it stands in the official directory.")
        form(.class("search-again"), .role("search"), .action("/join")) {
          input(.type("search"), .name("q"), .value(query), .aria(.label, "Name of your school or its town"))
          button(.class("button")) { "Find it" }
        }
        if !query.isEmpty { results(query, schools) }
      }
    }
    page.summary = "Any secondary school in the six New England states may join the League, free of charge."
    return page
  }

  private static func results(_ query: String, _ schools: [School]) -> HTML {
    if schools.isEmpty {
      return emptyState(
        "No school is called \u{201C}\(query)\u{201D}",
        "Try one word of its name, or the town. Schools come from the official federal directories: a school that is new there can join as soon as it stands in one."
      )
    }
    return HTML {
      rows {
        for school in schools {
          row(
            school.name, school.isMember ? "/schools/\(school.id)" : "/schools/\(school.id)/join",
            tag: school.isMember ? "member" : nil, text: place(school), level: 2)
        }
      }
      if schools.count == 30 { quiet("These are the first 30. One more word finds yours.") }
    }
  }

  static func place(_ school: School) -> String {
    [school.city.isEmpty ? nil : school.city, school.stateName, school.kind.words, school.grades.words]
      .compactMap(\.self).joined(separator: ", ")
  }

  /// - Parameter standing: where the school stands already; nil before its first inquiry or after the last one ended.
  static func join(
    _ school: School, _ eligibility: Eligibility, commitments: [Commitment], versions: [AgreementVersion],
    standing: MembershipState?, mayLook: Bool = false, form: JoinForm = JoinForm(), problems: Problems = [:],
    _ viewer: Viewer
  ) -> Page {
    Page("Join with \(school.name)", section: .schools) {
      crumbs([("Join the League", "/join")])
      h1 { "Join with \(school.name)" }
      lede(place(school))
      if let standing, !standing.isEnd {
        underWay(school, standing, mayLook: mayLook)
      } else {
        spread {
          formErrors(problems, order: ["title", "words", "version", "commits"])
          may(eligibility, school)
          if eligibility.outcome != .mayNot {
            promises(commitments)
            begin(school, versions, form, problems, viewer)
          }
        } side: {
          panel("What it costs") {
            p { "Nothing, now or later. No step on the way to membership asks for money." }
          }
          panel("How it goes on") {
            ol {
              li { "You choose the text and say who signs." }
              li { "Each signer reads it and signs with a code that we mail, in any order." }
              li { "The office confirms. Your people can come in the same hour." }
            }
          }
        }
      }
    }
  }

  private static func underWay(_ school: School, _ standing: MembershipState, mayLook: Bool) -> HTML {
    note {
      p {
        standing == .active
          ? "\(school.name) is a member already."
          : "Somebody at \(school.name) has begun. It stands at \u{201C}\(standing.words)\u{201D}."
      }
      p {
        if mayLook { a(.href("/schools/\(school.id)/membership")) { "See where it stands" } }
        if !mayLook && standing == .active { a(.href("/schools/\(school.id)/ask")) { "Ask its lead to add you" } }
        if !mayLook && standing != .active { "Ask your principal who it was, or write to the office." }
      }
    }
  }

  private static func may(_ eligibility: Eligibility, _ school: School) -> HTML {
    part("May it join?") {
      p {
        strong {
          switch eligibility.outcome {
          case .may: "Yes."
          case .officeDecides: "Very likely; the office takes a look first."
          case .mayNot: "No, and here is why."
          }
        }
      }
      facts(eligibility.points.map { (term: $0.name, value: $0.words) })
      if let successor = school.successor {
        p { a(.href("/schools/\(successor)/join")) { "Join with the school that took its place" } }
      }
    }
  }

  private static func promises(_ commitments: [Commitment]) -> HTML {
    part("What a member school means") {
      for each in commitments {
        h3 { each.title }
        p { each.text }
        ul { for line in each.inPractice { li { line } } }
      }
    }
  }

  private static func begin(
    _ school: School, _ versions: [AgreementVersion], _ form: JoinForm, _ problems: Problems, _ viewer: Viewer
  ) -> HTML {
    part("Begin") {
      if viewer.isSignedIn {
        postForm("/schools/\(school.id)/join", viewer, class: "stack") {
          field(
            "What are you at the school?", name: "title", value: form.title, problems: problems,
            hint: "Such as Principal, or Science teacher.", limit: 100, autocomplete: "organization-title")
          radios(
            "Which text will your school sign?", name: "version", options: versions.map(option(for:)),
            value: form.version.isEmpty ? versions.first?.version ?? "" : form.version, problems: problems)
          p {
            for each in versions { a(.href("/agreements/\(each.version)")) { "Read \(each.version)" }; " " }
          }
          textArea(
            "Anything that the office should know?", name: "words", value: form.words, problems: problems,
            required: false, rows: 3, limit: 2000)
          checkbox(
            "Our school means these three commitments.", name: "commits", isOn: form.commits, problems: problems,
            required: true)
          submit("Begin")
        }
      } else {
        p { "Sign in with your work email first. There is no password, and a new account takes a minute." }
        actions { buttonLink("Sign in and begin", "/sign-in?next=\(percentEncoded("/schools/\(school.id)/join"))") }
      }
    }
  }

  private static func option(for each: AgreementVersion) -> Option {
    Option(
      each.version, "\(each.title) (\(each.version))",
      note: "Signed by: \(each.signers.map { $0.words.lowercased() }.joined(separator: ", ")).")
  }

  /// A version's text, its hash, and who signs it.
  static func agreement(_ version: AgreementVersion, _ viewer: Viewer) -> Page {
    Page("\(version.title) (\(version.version))") {
      column {
        crumbs([("Join the League", "/join")])
        agreementText(version)
      }
    }
  }

  /// The text as it is signed. Its own first heading stands for a title of the page.
  static func agreementText(_ version: AgreementVersion) -> HTML {
    HTML {
      h1 { version.title }
      byline(
        "Version \(version.version)", version.dated.spoken,
        "signed by: \(version.signers.map { $0.words.lowercased() }.joined(separator: ", "))")
      part("The text") { markdownBody(Markdown.html(belowTitle(version.body))) }
      p(.class("quiet")) {
        "This text has the SHA-256 "
        code { version.hash }
        ". Whoever signs, signs this text and no other."
      }
    }
  }

  /// The text without its first heading, and its sections one level up: the page has a title of its own above them.
  private static func belowTitle(_ body: String) -> String {
    let text = body.hasPrefix("# ") ? String(body.drop { !$0.isNewline }).trimmed : body
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.hasPrefix("## ") ? String($0.dropFirst()) : String($0) }.joined(separator: "\n")
  }
}
