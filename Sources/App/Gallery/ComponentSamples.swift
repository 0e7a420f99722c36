import Markup

/// The components by themselves: what the pages are made of.
enum ComponentSamples {
  static let all: [Sample] = [
    Sample("components/reading", "Words, answer, people, lists", reading),
    Sample("components/form", "A form, empty", form(problems: [:], filled: false)),
    Sample("components/form-refused", "A form that came back", form(problems: problems, filled: true)),
    Sample("components/stories", "Trials, posts, stages", stories),
    Sample("components/opening", "The head of a public page", opened, for: .sampleVisitor),
    Sample("components/lists", "Filters, tabs, tables, pages", lists),
    Sample("components/empty", "Nothing yet", empty, for: .sampleEducator),
    Sample("components/long", "Long names", long, for: .sampleOffice),
    Sample("components/visitor", "As a visitor sees it", lists, for: .sampleVisitor),
  ]

  // MARK: reading

  private static var reading: Page {
    var page = Page("A ten-minute conference with every ninth-grader, every week", section: .ideas) {
      spread {
        crumbs([("Ideas", "/ideas"), ("Advisory", "/ideas?topic=advisory")])
        h1 { "A ten-minute conference with every ninth-grader, every week" }
        lede(
          "Each student sits down with one adult for ten minutes a week, with three fixed questions and one promise.")
        byline([
          HTML(text: "Kettle Cove Regional, Maine"), HTML(text: "by Ruth Ouellette"),
          HTML {
            "checked "
            timeTag(Viewer.sampleNow - .days(43), .sampleLead)
          },
        ])
        answer(
          "Nine schools tried it. It probably helps a little, but not everywhere.",
          sure: HTML {
            "About 4 students in 100 fewer late (from none to 7). Medium certainty: nine schools differ more than "
            "chance explains. "
            a(.href("/ideas/42/numbers")) { "Explain these numbers" }
          })
        actions {
          buttonLink("We will try this", "/ideas/42/trials/new")
          quietLink("We tried this already", "/ideas/42/trials/new?done=1")
        }
        part("What to do", more: quietLink("Change", "/ideas/42/edit")) { markdownBody(written) }
        part("New, and why you see it") { newest }
        folded("How this is worked out") { p { "Each school counts once, whatever the number of its trials." } }
      } side: {
        panel("People to ask") {
          personChip("Ruth Ouellette", "/people/1", note: "ran it twice; answers within two days")
          personChip("Devon Marsh", "/people/2", note: "says why it failed at Moosehead")
        }
        panel("Schools like yours") {
          schoolLine("Kettle Cove Regional", "/schools/1", about: "Rural, 410 students, grades 9–12", isMember: true)
          schoolLine("Moosehead Union", "/schools/2", about: "Remote, 120 students, grades 6–12")
        }
        panel("What it takes") {
          facts([
            ("Effort", "high for a month, then low"), ("Cost", "under $2,000 a year"), ("Grades", "7–9"),
            ("Must keep", "fixed slot, same adult"),
          ])
        }
      }
    }
    page.notice = "Your trial is registered."
    page.undo = "/trials/7/withdrawal"
    page.summary = "Each student sits down with one adult for ten minutes a week."
    page.feed = "/ideas.atom"
    return page
  }

  private static var newest: HTML {
    rows {
      row(
        "Homework clubs run by seniors: it did not work for us", "/ideas/9", tag: "because you follow Tutoring",
        text: "Point Judith High reports no change over three terms, and what they would keep.")
      row(
        "Advisory conferences: the ninth trial is in", "/ideas/42",
        tag: timeTag(Viewer.sampleNow - .minutes(12), .sampleLead),
        text: HTML {
          "The picture hardly "
          mark { "moved" }
          ": +0.17 (it was +0.19)."
        })
    }
  }

  private static var written: HTML {
    HTML {
      p {
        "Give every student the "
        strong { "same adult" }
        " and a "
        a(.href("https://example.org/slot")) { "fixed slot" }
        "."
      }
      ol {
        li { "What went well?" }
        li { "What is in the way?" }
        li { "What will I do for you by next week?" }
      }
      blockquote { p { "The first month was worse than before: nobody had a script." } }
      pre { code { "18 of 100 → 11 of 100" } }
    }
  }

  // MARK: stories

  private static var stories: Page {
    Page("What happened", section: .discussion) {
      column {
        h1 { "What happened" }
        stages(["Find your school", "Agree", "Sign", "Begin"], current: 2, label: "Joining")
        figures([("118", "member schools"), ("904", "trials"), ("41 of 100", "changed nothing")])
        part("Trials") {
          story(
            "Kettle Cove Regional", "/trials/1", glyph: HTML(text: "●"),
            about: "Rural, 410 students, grades 9–12 · Maine",
            rests: HTML {
              "112 of 118 students · counts before and after · "
              a(.href("/trials/1/claim")) { "explain this claim" }
            }, id: "t1"
          ) {
            p {
              strong { "Unexcused lateness fell from 18 in 100 to 11 in 100 over two terms. " }
              "We cut the meetings to eight minutes. The first month was worse than before."
            }
          }
          story("Moosehead Union", "/trials/2", glyph: HTML(text: "■"), about: "Remote, 120 students · Maine") {
            p { "Nothing changed in three terms, and two advisers gave up." }
          }
        }
        part("Discussion") {
          post(
            by: "Ruth Ouellette", id: "post-1", isAccepted: true,
            said: postWords(
              by: "Ruth Ouellette", "/people/1", school: "Kettle Cove Regional", when: postTime(.days(2)),
              state: HTML(text: "accepted answer"), body: written)
          ) { postActs }
          newSinceLastVisit()
          post(
            by: "Devon Marsh", id: "post-2",
            said: postWords(
              by: "Devon Marsh", "/people/2", school: "Moosehead Union", when: postTime(.minutes(40)),
              body: p { "We tried the same and it did not hold." })
          ) { postActs }
        }
        part("What changed between two versions") {
          p {
            "Meet for "
            del { "ten" }
            " "
            ins { "eight" }
            " minutes."
          }
        }
      }
    }
  }

  private static func postTime(_ ago: Span) -> HTML {
    a(.href("/discussion/1#post-1")) { timeTag(Viewer.sampleNow - ago, .sampleLead) }
  }

  @HTMLBuilder private static var postActs: HTML {
    quietLink("Reply", "/discussion/1?reply=1#reply")
    quietLink("Quote", "/discussion/1?quote=1#reply")
    buttonForm("Thank", "/posts/1/thanks", .sampleLead)
  }

  private static var opened: Page {
    Page("League") {
      opening {
        h1 { "Schools that find out together what works." }
        lede("118 secondary schools in six states try ideas, say honestly what happened, and help each other.")
        actions {
          buttonLink("Find your school", "/schools")
          quietLink("Read what we learned", "/ideas")
        }
      } picture: {
        svg(.init("viewBox", "0 0 26 26"), .class("badge-large"), .aria(.hidden, "true")) {
          path(.init("d", "M13 2 4 9v15h18V9z"), .init("fill", "currentColor"), .init("fill-opacity", ".08"))
        }
      }
      abreast {
        section {
          h2 { "Educators who know" }
          p { "Educators say what they can help with. Ask one, or go and see." }
        }
        section {
          h2 { "Ideas, failures included" }
          p { "What did not work stands as large as what did." }
        }
        section {
          h2 { "Improvement you can see" }
          p { "Charts instead of claims, week by week." }
        }
      }
    }
  }

  // MARK: a form

  private static let problems: Problems = [
    "title": "Say what to do, in one sentence.", "start": "Choose a day that is not in the past.",
    "measure": "Choose how you will know.", "agree": "Tick this to go on.",
    "happened": "Tell in a sentence what happened.", "state": "Choose a state.",
  ]

  private static func form(problems: Problems, filled: Bool) -> Page {
    Page("Share an idea", section: .ideas) {
      column {
        h1 { "Share an idea" }
        lede("What did you do, and what would another school need in order to do it too?")
        postForm("/ideas", .sampleLead) {
          formErrors(problems, order: ["title", "happened", "measure", "state", "start", "agree"])
          field(
            "The idea in one sentence", name: "title", problems: problems, hint: "Begin with what a school does.",
            limit: 120)
          field("Your school's mail", name: "mail", value: filled ? "dana@ashuelot.example" : "", kind: .email)
          textArea(
            "What happened", name: "happened", value: filled ? "We met every\nTuesday." : "", problems: problems,
            limit: 4000, markdown: true, calls: true, draft: DraftHook(context: "idea:new", generation: 2))
          radios(
            "How will you know?", name: "measure",
            options: [
              Option("counts", "Counts", note: "so many of so many, before and after"),
              Option("means", "Means", note: "an average, with its spread"),
              Option("story", "Experience only", note: "shown as a story, never as an effect"),
            ], value: filled ? "" : "counts", problems: problems)
          checkboxes(
            "Grades", name: "grades", options: (6...12).map { Option("\($0)", "Grade \($0)") }, values: ["9", "10"])
          choice(
            "State", name: "state", options: [Option("ME", "Maine"), Option("VT", "Vermont")], problems: problems,
            prompt: "Choose a state")
          dateField("Start", name: "start", value: filled ? "2020-01-01" : "", problems: problems)
          field("Students", name: "students", value: "112", kind: .number, required: false, unit: "students")
          field("Code", name: "code", hint: "Six characters, from the mail.", kind: .code)
          checkbox("We agree to say what happens, whatever it is.", name: "agree", problems: problems)
          submit("Share it") { quietLink("Cancel", "/ideas") }
        }
      }
    }
  }

  // MARK: lists

  private static var lists: Page {
    var page = Page("Schools", section: .schools) {
      h1 { "Schools" }
      tabs(
        [
          Tab("All", "/schools", count: 1204), Tab("Members", "/schools?member=1", isCurrent: true, count: 118),
          Tab("Map", "/schools/map"),
        ], label: "Views")
      filterForm("/schools", isFiltered: true) {
        field("Name", name: "name", value: "valley", kind: .search, required: false)
        choice(
          "State", name: "state", options: [Option("ME", "Maine"), Option("NH", "New Hampshire")], value: "NH",
          prompt: "Any state", required: false)
      }
      dataTable(
        "Member schools, by name",
        columns: [
          TableColumn("School", path: "/schools?sort=name", order: .ascending), TableColumn("State"),
          TableColumn("Students", isNumber: true, path: "/schools?sort=students"),
          TableColumn("Trials", isNumber: true),
        ],
        rows: [
          [a(.href("/schools/1")) { "Ashuelot Valley Regional" }] + ["NH", "612", "7"].map(HTML.init(text:)),
          [a(.href("/schools/2")) { "Kettle Cove Regional" }] + ["ME", "410", "12"].map(HTML.init(text:)),
          [a(.href("/schools/3")) { "Mad River Union" }] + ["VT", "1,240", "0"].map(HTML.init(text:)),
        ])
      pager(
        newer: "/schools?page=1", older: "/schools?page=3", newerWords: "Before", olderWords: "After",
        middle: "41–60 of 118")
      note { p { "A school that closed keeps its history and points to the one that followed it." } }
    }
    page.query = "valley"
    return page
  }

  private static var empty: Page {
    Page("Discussion", section: .discussion) {
      h1 { "Discussion" }
      emptyState("Nobody has asked anything yet", "Questions and answers between schools stand here.") {
        buttonLink("Ask the first question", "/discussion/new")
      }
    }
  }

  // MARK: long names

  private static let longName =
    "Southeastern Massachusetts-Narragansett Bay Interdistrict Regional Vocational-Technical Collaborative High School"

  private static var long: Page {
    Page(longName, section: .office) {
      spread {
        h1 { longName }
        byline(longName, "by Bartholomew Featherstonehaugh-Wolfeschlegelsteinhausenbergerdorff", "checked 12 Oct 2026")
        answer(
          "One school tried it; it is too early to say anything, and the address "
            + "https://example.org/averyveryveryverylongaddresswithoutanyplacetobreakitatall is quoted here.")
        rows {
          for n in 1...4 {
            row(
              longName, "/ideas/\(n)", tag: "because you follow Student-centered assessment and reporting",
              text: longName, level: 2)
          }
        }
        dataTable(
          longName, columns: (1...9).map { TableColumn("Quantity number \($0)", isNumber: $0 > 1) },
          rows: (1...3).map { row in (1...9).map { $0 == 1 ? longName : grouped(row * $0 * 12_345) } })
      } side: {
        panel("People to ask") {
          personChip("Bartholomew Featherstonehaugh-Wolfeschlegelsteinhausenbergerdorff", "/people/1", note: longName)
        }
        panel("Schools") { schoolLine(longName, "/schools/1", about: longName, isMember: true) }
        panel("Facts") { facts([("Averyveryverylongtermindeed", longName), ("Cost", "none")]) }
      }
    }
  }
}
