import Markup
import Statistics

/// What the League is, who is in it, and what was learned lately.
enum FrontPages {
  static func front(_ front: Front, _ viewer: Viewer) -> Page {
    var page = Page("Schools that find out together what works") {
      opening {
        h1 { "Schools that find out together what works." }
        lede(what(front))
        actions {
          buttonLink("Find your school", "/join")
          quietLink("Read what we learned", "/ideas")
        }
      } picture: {
        map(front)
      }
      abreast {
        section {
          h2 { "Educators who know" }
          p { know(front) }
        }
        section {
          h2 { "Ideas, failures included" }
          p { included(front) }
        }
        section {
          h2 { "Claims nobody can type" }
          p {
            "Whether something worked is computed from numbers that were promised before they were known. "
            a(.href("/claims")) { "By which rule" }
          }
        }
      }
      if front.trials > 0 { soFar(front) }
      learned(front, viewer)
      abreast { join + families }
    }
    page.summary =
      "A network of secondary schools in six New England states: what they try, what happened, and whom to ask."
    page.canonical = "/"
    return page
  }

  // MARK: words

  private static func what(_ front: Front) -> String {
    let schools =
      front.members > 1
      ? "\(grouped(front.members)) secondary schools in six states" : "Secondary schools in six states"
    return
      "\(schools) try ideas, say honestly what happened, and help each other do it better. Any secondary school in New England may join, and it is free."
  }

  private static func know(_ front: Front) -> String {
    guard front.educators > 1 else {
      return "Educators of every school that joins can be found and asked here: what they tried, and what went wrong."
    }
    let all = "\(grouped(front.educators)) educators of member schools can be asked"
    return front.trials > 0
      ? "\(all). One of them tried it last year and will tell you what went wrong."
      : "\(all) what they tried, and what went wrong."
  }

  private static func included(_ front: Front) -> String {
    guard front.trials > 0 else {
      return
        "Each idea will carry every trial of it: those that worked, those that did not, and those that were never reported, in the same size."
    }
    let (found, failed, early) = (share(.worked, front), share(.didNotWork, front), share(.tooEarly, front))
    return
      "\(counted(front.ideas, "idea")), \(counted(front.trials, "reported trial")): \(found) worked, \(failed) did not, for \(early) it is too early to say. All are shown in the same size."
  }

  /// "9 in 100" for many, a plain count for few.
  private static func share(_ verdict: Verdict, _ front: Front) -> String {
    let part = front.verdicts[verdict] ?? 0
    return front.trials >= 100
      ? "\(Int((100 * Double(part) / Double(front.trials)).rounded())) in 100" : grouped(part)
  }

  // MARK: parts

  private static func map(_ front: Front) -> HTML {
    figure(.class("map-figure")) {
      SchoolMap.svg(front.dots, counts: front.states) { "/schools?member=yes&state=\($0)" }
      figcaption {
        if front.members > 0 {
          "\(counted(front.members, "member school")). "
          a(.href("/schools?member=yes")) { "The same as a list" }
        } else {
          a(.href("/schools")) { "Every secondary school of the six states" }
        }
      }
    }
  }

  private static func soFar(_ front: Front) -> HTML {
    part("What came of \(counted(front.trials, "trial"))") {
      verdictStrip(
        Verdict.inOrder.flatMap { verdict in
          (0..<(front.verdicts[verdict] ?? 0)).map { _ in StripMark(verdict, name: "") }
        }, unreported: front.unreported)
    }
  }

  private static func learned(_ front: Front, _ viewer: Viewer) -> HTML {
    part("Learned lately") {
      if front.learned.isEmpty {
        emptyState(
          "Nothing has been reported yet",
          "Here will stand what schools found out, whether it worked or not, as soon as the first trial is in.")
      }
      for each in front.learned {
        story(
          each.idea, each.path, glyph: verdictGlyph(each.verdict, isNamed: false),
          about:
            "\(each.verdict.words.first?.uppercased() ?? "")\(each.verdict.words.dropFirst()) · \(each.school) · \(viewer.zone.ago(each.reportedAt, now: viewer.now))"
        ) { p { each.finding } }
      }
    }
  }

  private static let join = section {
    h2 { "How a school joins" }
    ol {
      li { "Find it in the directory." }
      li { "Read the agreement: one page." }
      li { "The principal signs with a code we mail. There is nothing to pay." }
    }
    p { a(.href("/help/joining")) { "What it asks of you" } }
  }

  private static let families = section {
    h2 { "For families" }
    p {
      "Is your school in it, what is it working on, and what does that mean for your child? All of it is open to read."
    }
    p { a(.href("/families")) { "Read more" } }
  }
}
