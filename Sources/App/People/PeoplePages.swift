import Markup
import Statistics

enum PeoplePages {
  static func list(_ people: [PersonLine], words: String, school: School?, hasMore: Bool) -> Page {
    Page(school.map { "People of \($0.name)" } ?? "People", section: .people) {
      h1 { school.map { "People of \($0.name)" } ?? "People" }
      filterForm("/people", isFiltered: !words.isEmpty || school != nil, label: "Find people") {
        if let school { input(.type("hidden"), .name("school"), .value(school.id.description)) }
        field(
          "Name, or what to ask about", name: "q", value: words, kind: .search, required: false, autocomplete: "off")
      }
      if people.isEmpty {
        if words.isEmpty {
          emptyState(
            "Nobody here yet", "Whoever is on a school's roster stands here, with what they may be asked about.")
        } else {
          emptyState(
            "Nobody is found for \u{201C}\(words)\u{201D}", "Try the beginning of a name, or one word of a subject.")
        }
      } else {
        ul(.class("rows people")) {
          for each in people {
            li(.class("row")) {
              personChip(
                each.name, "/people/\(each.id)",
                note: [each.title, each.school].filter { !$0.isEmpty }.joined(separator: ", "))
              if !each.askMe.isEmpty { p { "Ask me about: \(each.askMe)" } }
            }
          }
        }
        pager(newer: nil, older: hasMore ? more(people, words, school) : nil, olderWords: "More")
      }
    }
  }

  private static func more(_ people: [PersonLine], _ words: String, _ school: School?) -> String? {
    guard let last = people.last else { return nil }
    var query = "after=\(percentEncoded(folded(last.name)))&id=\(percentEncoded(last.id.description))"
    if !words.isEmpty { query += "&q=\(percentEncoded(words))" }
    if let school { query += "&school=\(percentEncoded(school.id.description))" }
    return "/people?\(query)"
  }

  /// Where they belong, in their own words, what to ask.
  static func show(_ profile: Profile, expertise: Expertise = Expertise(), _ viewer: Viewer) -> Page {
    let isOwn = viewer.person == profile.id
    return Page(profile.name, section: .people) {
      crumbs([("People", "/people")])
      h1 { profile.name }
      byline([HTML(text: profile.title)] + profile.roles.map(place))
      if isOwn { p { a(.href("/account/profile")) { "Change what stands here" } } }
      if viewer.isOffice { p { a(.href("/office/people/\(profile.id)")) { "This account" } } }
      spread {
        if !expertise.isEmpty { deeds(expertise, viewer) }
        words(profile, isOwn: isOwn, hasDeeds: !expertise.isEmpty, viewer)
      } side: {
        panel("Reach them") {
          p {
            "In any discussion: "; code { "@\(profile.handle)" }
          }
          if profile.shows(profile.emailShown, to: viewer) {
            p {
              a(.href("mailto:\(profile.email)")) { profile.email }
              if isOwn { span(.class("quiet")) { " (shown to: \(profile.emailShown.words.lowercased()))" } }
            }
          }
        }
      }
    }
  }

  private static func place(_ role: Role) -> HTML {
    switch role.kind {
    case .office: HTML(text: "League office")
    case .liaison: HTML(text: "Liaison for \(States.name(role.state ?? ""))")
    case .educator, .lead:
      HTML {
        a(.href("/schools/\(role.school?.description ?? "")")) { role.schoolName }
        if role.kind == .lead { " (lead)" }
      }
    }
  }

  private static func words(_ profile: Profile, isOwn: Bool, hasDeeds: Bool, _ viewer: Viewer) -> HTML {
    let about = profile.shows(profile.aboutShown, to: viewer) ? profile.about : ""
    let asks = profile.shows(profile.askingShown, to: viewer)
    return HTML {
      if !about.isEmpty { part("In their own words") { paragraphs(about) } }
      if asks, !profile.askMe.isEmpty { part("Ask me about") { paragraphs(profile.askMe) } }
      if asks, !profile.lookingFor.isEmpty { part("I am looking for") { paragraphs(profile.lookingFor) } }
      if !hasDeeds || isOwn, about.isEmpty, !asks || (profile.askMe.isEmpty && profile.lookingFor.isEmpty) {
        emptyState(
          isOwn ? "Say a little about yourself" : "\(profile.name) has not written anything here yet",
          isOwn
            ? "One line of what you may be asked about brings you the questions that you can answer."
            : "You can still call them in a discussion.")
      }
    }
  }

  /// What they know from having done it, before what they say of themselves.
  private static func deeds(_ expertise: Expertise, _ viewer: Viewer) -> HTML {
    HTML {
      if !expertise.trials.isEmpty {
        part("Tried and reported") {
          for each in expertise.trials {
            story(
              each.idea, "/trials/\(each.id)", glyph: each.verdict.map { verdictGlyph($0, isNamed: false) } ?? HTML(),
              about:
                "\(each.verdict.map { $0.words.prefix(1).uppercased() + $0.words.dropFirst() } ?? "Reported") · \(each.school)"
            ) { p(.class("quiet")) { timeTag(each.reportedAt, viewer) } }
          }
        }
      }
      if !expertise.ideas.isEmpty {
        part("Wrote down") { rows { for each in expertise.ideas { row(each.title, "/ideas/\(each.id)") } } }
      }
      if !expertise.answers.isEmpty {
        part("Answered, and it helped") {
          rows {
            for each in expertise.answers {
              row(each.question, "/posts/\(each.post)", tag: timeTag(each.acceptedAt, viewer), text: HTML())
            }
          }
        }
      }
      if !expertise.topics.isEmpty {
        p {
          "Knows from doing: "
          for (index, topic) in expertise.topics.enumerated() {
            if index > 0 { ", " }
            a(.href("/ideas?topic=\(percentEncoded(topic.key))")) { topic.name }
            if topic.count > 1 { span(.class("quiet")) { " (\(topic.count))" } }
          }
        }
      }
    }
  }

  private static func paragraphs(_ text: String) -> HTML {
    HTML { for each in text.split(separator: "\n", omittingEmptySubsequences: true) { p { String(each) } } }
  }
}
