import Markup

/// The home of whoever is signed in. It fits one screen and ends.
enum TodayPages {
  static func show(_ today: Today, _ viewer: Viewer) -> Page {
    Page("Today", section: .today) {
      spread {
        byline([dateTag(viewer.zone.date(of: viewer.now)), HTML(text: viewer.homeSchool?.schoolName ?? "")])
        h1(.class("greeting")) {
          span { "\(greeting(hour: hour(viewer))), \(firstName(viewer.name))." }
          " "
          span { summary(today) }
        }
        if let beginning = today.beginning { begin(beginning) }
        if !today.numbers.isEmpty { numbers(today, viewer) }
        if !today.waiting.isEmpty { waiting(today) }
        if !today.news.isEmpty { news(today) }
        quiet(ending(today))
      } side: {
        if !today.running.isEmpty { running(today.running) }
        school(viewer)
        if viewer.isMember { acts(viewer) }
      }
    }
  }

  // MARK: the sentence at the top

  private static func hour(_ viewer: Viewer) -> Int { Int(viewer.zone.clock(viewer.now).prefix(2)) ?? 12 }

  private static func firstName(_ name: String) -> String { name.split(separator: " ").first.map(String.init) ?? name }

  private static func summary(_ today: Today) -> String {
    if today.beginning != nil { return "One step first." }
    switch today.waiting.count + min(today.numbers.count, 1) {
    case 0: return "Nothing waits for you."
    case 1: return "One thing waits for you."
    case 2...10: return "\(spelled(today.waiting.count + min(today.numbers.count, 1))) things wait for you."
    default: return "\(grouped(today.waiting.count + min(today.numbers.count, 1))) things wait for you."
    }
  }

  private static func spelled(_ number: Int) -> String {
    let words = ["Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"]
    return words.indices.contains(number - 2) ? words[number - 2] : grouped(number)
  }

  private static func ending(_ today: Today) -> String {
    today.news.isEmpty && today.beginning == nil
      ? "Nothing new in the last 30 days touches what you work on. That is all." : "That is all."
  }

  // MARK: parts

  /// One field and one button for each number: nothing has to be opened first.
  private static func numbers(_ today: Today, _ viewer: Viewer) -> HTML {
    part("Numbers to enter") {
      for number in today.numbers.prefix(Today.mostNumbers) { ValuePages.onTheSpot(number, viewer) }
      if today.numbers.count > Today.mostNumbers {
        p { quietLink("\(counted(today.numbers.count - Today.mostNumbers, "more measure")) without one", "/measures") }
      }
    }
  }

  private static func waiting(_ today: Today) -> HTML {
    part("Yours to do") {
      rows { today.shownWaiting.map(item) }
      if today.moreWaiting > 0 {
        quiet("And \(counted(today.moreWaiting, "more", "more")). They move up as you finish these.")
      }
    }
  }

  private static func news(_ today: Today) -> HTML {
    part("New, and why you see it") {
      rows { today.shownNews.map(item) }
    }
  }

  private static func item(_ item: Today.Item) -> HTML {
    row(item.title, item.path, tag: item.tag.isEmpty ? nil : item.tag, text: item.text.isEmpty ? nil : item.text)
  }

  /// The one next step of somebody who cannot take part yet.
  private static func begin(_ beginning: Today.Beginning) -> HTML {
    switch beginning {
    case .secondStep:
      emptyState(
        "Your second step comes first",
        "This account needs six digits from an app on your phone beside the code we mail. Until you have set that up or shown it here, what the account may do does not hold."
      ) { buttonLink("Go to the second step", "/sign-in/second-factor?next=/today") }
    case .findSchool:
      emptyState(
        "Find your school",
        "In the League the member is the school. Find yours: if it is a member, ask to be put on its list; if not, you can begin its membership in ten minutes."
      ) { buttonLink("Find your school", "/join") }
    case .schoolIsNoMember(let school, let name):
      emptyState(
        "\(name) is not a member yet",
        "Once it is, you can share ideas, register trials and talk with educators of other schools. There is nothing to pay."
      ) { buttonLink("See how it joins", "/schools/\(school)/join") }
    }
  }

  // MARK: aside

  private static func running(_ trials: [Today.Running]) -> HTML {
    panel("Your trials") {
      ul(.class("plain-list")) {
        for trial in trials {
          li {
            a(.href(trial.path)) { trial.title }
            br()
            span(.class("quiet")) { "Report by \(trial.due.spoken)" }
          }
        }
      }
    }
  }

  @HTMLBuilder private static func school(_ viewer: Viewer) -> HTML {
    if let role = viewer.homeSchool, let school = role.school {
      panel("Your school") {
        p { a(.href("/schools/\(school)")) { role.schoolName } }
        if viewer.leads(school) {
          ul(.class("plain-list")) {
            li { a(.href("/schools/\(school)/roster")) { "Who is on its list" } }
            li { a(.href("/schools/\(school)/membership")) { "Its membership" } }
          }
        }
      }
    }
  }

  private static func acts(_ viewer: Viewer) -> HTML {
    panel("When you have something") {
      ul(.class("plain-list")) {
        if viewer.mayAddForSchool { li { a(.href("/ideas/new")) { "Share an idea" } } }
        li { a(.href("/discussions/new")) { "Ask a question" } }
        if viewer.mayAddForSchool {
          li { a(.href("/ideas")) { "Report that you tried something" } }
          li { a(.href("/measures")) { "Enter a number that you measure" } }
        } else {
          li { a(.href("/office/membership")) { "See where schools stand with their membership" } }
        }
      }
    }
  }
}
