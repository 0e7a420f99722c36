import Markup
import Statistics

/// A page of the library with its rows drawn, which stand alike on the page of every reader.
struct IdeaListDrawing: Sendable {
  let list: IdeaPage
  let filters: HTML
  let rows: HTML

  /// - Parameter hasSchool: whether the reader can ask for schools like their own.
  init(_ list: IdeaPage, _ filter: IdeaFilter, _ taxonomy: Taxonomy, _ today: CalendarDate, hasSchool: Bool) {
    self.list = list
    filters = IdeaListPages.filters(filter, taxonomy, hasSchool: hasSchool)
    rows = IdeaListPages.found(list, taxonomy, today)
  }
}

/// The library of ideas.
enum IdeaListPages {
  static func list(
    _ drawing: IdeaListDrawing, _ filter: IdeaFilter, drafts: [IdeaGlance] = [], _ viewer: Viewer
  ) -> Page {
    let list = drawing.list
    var page = Page("Ideas", section: .ideas) {
      h1 { "Ideas" }
      lede("Changes that schools have tried, with what each school found, whether it worked or not.")
      if viewer.mayAddForSchool {
        actions { buttonLink("Share an idea", "/ideas/new") }
      }
      if !drafts.isEmpty { draftsPart(drafts) }
      drawing.filters
      if list.ideas.isEmpty { nothing(filter, viewer) } else { drawing.rows }
      pager(
        newer: filter.after == nil ? nil : filter.going(on: nil).path,
        older: list.next.map { filter.going(on: $0).path },
        newerWords: "To the start", olderWords: "More ideas")
    }
    page.summary = "Changes that secondary schools in New England tried, and what each school found."
    page.canonical = "/ideas"
    return page
  }

  private static func draftsPart(_ drafts: [IdeaGlance]) -> HTML {
    part("Your drafts") {
      ul { for draft in drafts { li { a(.href("/ideas/\(draft.id)")) { draft.title } } } }
    }
  }

  fileprivate static func filters(_ filter: IdeaFilter, _ taxonomy: Taxonomy, hasSchool: Bool) -> HTML {
    filterForm("/ideas", isFiltered: filter.isFiltered) {
      topicChoice(filter, taxonomy)
      choice(
        "Subject", name: "subject", options: taxonomy.subjects.map { Option($0.key, $0.name) },
        value: filter.subject ?? "", prompt: "Any", required: false)
      choice(
        "Grade", name: "grade", options: (6...12).map { Option("\($0)", "\($0)") },
        value: filter.grade.map(String.init) ?? "", prompt: "Any", required: false)
      choice(
        "Found", name: "evidence", options: IdeaFilter.Evidence.allCases.map { Option($0.rawValue, $0.words) },
        value: filter.evidence?.rawValue ?? "", prompt: "Anything", required: false)
      choice(
        "Effort", name: "effort", options: Effort.allCases.map { Option($0.rawValue, $0.rawValue) },
        value: filter.effort?.rawValue ?? "", prompt: "Any", required: false)
      if hasSchool {
        choice(
          "Tried by", name: "like", options: [Option("mine", "schools like mine")],
          value: filter.likeMine ? "mine" : "", prompt: "Any school", required: false)
      }
      choice(
        "First", name: "sort", options: IdeaFilter.Sort.allCases.map { Option($0.rawValue, $0.words) },
        value: filter.sort.rawValue, required: false)
    }
  }

  /// The topics by area, as groups of one list.
  private static func topicChoice(_ filter: IdeaFilter, _ taxonomy: Taxonomy) -> HTML {
    div(.class("field")) {
      label(.for(fieldID("topic"))) { "Topic" }
      select(.id(fieldID("topic")), .name("topic")) {
        option(.value("")) { "Any" }
        for area in taxonomy.areas {
          optgroup(.init("label", area.name)) {
            for topic in taxonomy.topics where topic.area == area.key {
              option(.value(topic.key), .when(filter.topic == topic.key, .selected)) { topic.name }
            }
          }
        }
      }
    }
  }

  @HTMLBuilder
  private static func nothing(_ filter: IdeaFilter, _ viewer: Viewer) -> HTML {
    if filter.isFiltered {
      emptyState(
        "No idea fits all of that", "Take one of the filters away, or be the first to write such an idea down."
      ) {
        quietLink("All ideas", "/ideas")
      }
    } else {
      emptyState(
        "No idea yet",
        "Here will stand what schools do and what came of it. The first one may be something you do every week."
      ) {
        if viewer.mayAddForSchool { buttonLink("Share an idea", "/ideas/new") }
      }
    }
  }

  fileprivate static func found(_ list: IdeaPage, _ taxonomy: Taxonomy, _ today: CalendarDate) -> HTML {
    rows {
      for idea in list.ideas {
        row(
          idea.title, "/ideas/\(idea.id)", tag: HTML(text: staleness(idea, today)), text: HTML(text: idea.summary),
          level: 2
        ) {
          p(.class("headline")) { idea.headline }
          evidenceKey(idea)
          p { small { about(idea, taxonomy) } }
        }
      }
    }
  }

  private static func staleness(_ idea: ListedIdea, _ today: CalendarDate) -> String {
    idea.isOutdated ? "outdated" : idea.reviewDue < today ? "not checked lately" : ""
  }

  private static func about(_ idea: ListedIdea, _ taxonomy: Taxonomy) -> String {
    let topics = idea.topics.prefix(3).map(taxonomy.topicName)
    return ([idea.school.name, "grades \(idea.grades.words)", "\(idea.effort.rawValue) effort"] + topics)
      .joined(separator: " · ")
  }

  /// "2 worked  1 did not work  3 more were started and never reported", each with its shape.
  @HTMLBuilder
  private static func evidenceKey(_ idea: ListedIdea) -> HTML {
    let counts: [(Verdict, Int)] = [
      (.worked, idea.worked), (.mixed, idea.mixed), (.didNotWork, idea.didNotWork), (.tooEarly, idea.tooEarly),
      (.experience, idea.experience),
    ].filter { $0.1 > 0 }
    if !counts.isEmpty || idea.unreported > 0 {
      p(.class("key")) {
        for (verdict, count) in counts {
          span(.class(verdict.style)) {
            verdictGlyph(verdict, isNamed: false)
            strong { " \(count) \(verdict.words)" }
          }
          " "
        }
        if idea.unreported > 0 {
          span(.class("quiet")) { unreportedWords(idea.unreported, afterOthers: !counts.isEmpty) }
        }
      }
    }
  }
}
