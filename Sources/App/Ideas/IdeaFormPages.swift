import Markup

/// Writing an idea down, changing it, saying that it no longer holds.
enum IdeaFormPages {
  /// - Parameters:
  ///   - schools: the author's member schools, of which one is chosen.
  ///   - parent: the idea that this one is made from.
  static func new(
    _ form: IdeaForm, schools: [Option], parent: IdeaGlance? = nil, taxonomy: Taxonomy, problems: Problems = [:],
    draft: FormDraft? = nil, _ viewer: Viewer
  ) -> Page {
    Page(parent == nil ? "Share an idea" : "Adapt an idea", section: .ideas) {
      column {
        crumbs([("Ideas", "/ideas")])
        h1 { parent == nil ? "Share an idea" : "Adapt this idea for your school" }
        lede(
          "Write it so that somebody who has never met you could do it on Monday. Whether it works is for the trials to say, so this form does not ask."
        )
        formErrors(problems, order: IdeaForm.order)
        postForm("/ideas", viewer, class: "stack", draft: draft) {
          hidden("submission", form.submission)
          if let parent { adaptation(parent, form, problems) }
          fields(form, taxonomy, problems)
          if schools.count > 1 {
            choice("School", name: "school", options: schools, value: form.school, problems: problems)
          }
          submit("Publish") { quietSubmit("Keep as a draft", name: "unpublished", value: "1") }
        }
      }
    }
  }

  static func edit(
    _ idea: Idea, _ form: IdeaForm, taxonomy: Taxonomy, problems: Problems = [:], draft: FormDraft? = nil,
    _ viewer: Viewer
  ) -> Page {
    Page("Change an idea", section: .ideas) {
      column {
        crumbs([("Ideas", "/ideas"), (idea.content.title, "/ideas/\(idea.id)")])
        h1 { "Change this idea" }
        lede("The text before stays to be seen, with what you changed and why.")
        formErrors(problems, order: IdeaForm.order)
        postForm("/ideas/\(idea.id)", viewer, class: "stack", draft: draft) {
          hidden("basis", form.basis)
          fields(form, taxonomy, problems)
          field(
            "What did you change, and why?", name: "note", value: form.note, problems: problems,
            hint: "Stands beside this version: “Nine students per adviser, not fourteen”.", required: false, limit: 500)
          submit("Save") { quietLink("Cancel", "/ideas/\(idea.id)") }
        }
      }
    }
  }

  static func outdated(_ idea: Idea, reason: String, problems: Problems = [:], _ viewer: Viewer) -> Page {
    Page("Mark as outdated", section: .ideas) {
      column {
        crumbs([("Ideas", "/ideas"), (idea.content.title, "/ideas/\(idea.id)")])
        h1 { "Does it no longer hold?" }
        lede("An outdated idea stays, with its trials and with your reason above it. It goes to the end of every list.")
        if let outdated = idea.outdated {
          note { p { "Marked as outdated on \(viewer.zone.date(of: outdated.at).short): \(outdated.reason)" } }
          postForm("/ideas/\(idea.id)/verification", viewer, class: "inline") {
            button(.class("button")) { "It holds again" }
          }
        } else {
          formErrors(problems)
          postForm("/ideas/\(idea.id)/outdated", viewer, class: "stack") {
            textArea(
              "What has changed?", name: "reason", value: reason, problems: problems,
              hint: "“The state dropped the test this prepared for.”", limit: 500)
            submit("Mark as outdated") { quietLink("Cancel", "/ideas/\(idea.id)") }
          }
        }
      }
    }
  }

  // MARK: the fields

  private static func adaptation(_ parent: IdeaGlance, _ form: IdeaForm, _ problems: Problems) -> HTML {
    HTML {
      hidden("from", parent.id.description)
      note { p { "Made from “\(parent.title)”, \(parent.school.name). Both pages will show it." } }
      textArea(
        "What is different in yours?", name: "adaptation", value: form.adaptation, problems: problems,
        hint: "“No separate slot: the talk happens during shop.”", required: false, rows: 2, limit: 1000)
    }
  }

  private static func fields(_ form: IdeaForm, _ taxonomy: Taxonomy, _ problems: Problems) -> HTML {
    HTML {
      field(
        "Title, as a sentence", name: "title", value: form.title, problems: problems,
        hint: "“A ten-minute conference with every ninth-grader, every week.”", limit: 160)
      textArea(
        "In short", name: "summary", value: form.summary, problems: problems,
        hint: "A sentence or two that a colleague would read in the hallway.", rows: 2, limit: 400)
      textArea(
        "The problem", name: "problem", value: form.problem, problems: problems,
        hint: "What was going wrong, and for whom? Totals are welcome; names and records of students are not.", rows: 5,
        limit: IdeaForm.longest, markdown: true)
      textArea(
        "What to do", name: "practice", value: form.practice, problems: problems, hint: "Step by step.", rows: 9,
        limit: IdeaForm.longest, markdown: true)
      lists(form, problems)
      cost(form, problems)
      grades(form, problems)
      topics(form, taxonomy, problems)
    }
  }

  private static func lists(_ form: IdeaForm, _ problems: Problems) -> HTML {
    HTML {
      textArea(
        "What must be kept", name: "core", value: form.core, problems: problems,
        hint: "One a line. Without these it is another idea.", required: false, rows: 3)
      textArea(
        "What may be changed", name: "adaptable", value: form.adaptable, problems: problems, hint: "One a line.",
        required: false, rows: 3)
      textArea(
        "What has to be true first", name: "conditions", value: form.conditions, problems: problems,
        hint: "One a line: time, rooms, somebody who defends it.", required: false, rows: 2)
    }
  }

  private static func cost(_ form: IdeaForm, _ problems: Problems) -> HTML {
    HTML {
      radios(
        "How much work is it?", name: "effort",
        options: Effort.allCases.map {
          Option($0.rawValue, $0.rawValue.prefix(1).uppercased() + $0.rawValue.dropFirst(), note: $0.meaning)
        },
        value: form.effort, problems: problems)
      field(
        "The work in words", name: "effort_words", value: form.effortWords, problems: problems,
        hint: "“High for a month, then low.”", required: false, limit: 200)
      fieldset(.class("field figures-group")) {
        legend { "What it costs a school in a year" }
        field(
          "At least, in dollars", name: "cost_low", value: form.costLow, problems: problems, kind: .number,
          required: false)
        field(
          "At most, in dollars", name: "cost_high", value: form.costHigh, problems: problems, kind: .number,
          required: false)
      }
      field(
        "What the money is for", name: "cost_words", value: form.costWords, problems: problems, required: false,
        limit: 200)
    }
  }

  private static func grades(_ form: IdeaForm, _ problems: Problems) -> HTML {
    let options = (6...12).map { Option("\($0)", "Grade \($0)") }
    return HTML {
      fieldset(.class("field figures-group")) {
        legend { "Which grades it is for" }
        choice(
          "From", name: "grade_low", options: options, value: form.gradeLow, problems: problems,
          prompt: "Choose a grade")
        choice(
          "To", name: "grade_high", options: options, value: form.gradeHigh, problems: problems,
          prompt: "Choose a grade")
      }
    }
  }

  private static func topics(_ form: IdeaForm, _ taxonomy: Taxonomy, _ problems: Problems) -> HTML {
    HTML {
      h2(.id(fieldID("topic"))) { "What it is about" }
      quiet("Choose one to six topics; they decide where others find it.")
      if let problem = problems["topic"] { p(.class("problem")) { problem } }
      for area in taxonomy.areas {
        folded(area.name, isOpen: taxonomy.topics.contains { $0.area == area.key && form.topics.contains($0.key) }) {
          checkboxes(
            area.name, name: "topic",
            options: taxonomy.topics.filter { $0.area == area.key }.map {
              Option($0.key, $0.name, note: $0.definition)
            },
            values: form.topics, id: "topics-\(area.key)")
        }
      }
      folded("Subjects", isOpen: !form.subjects.isEmpty) {
        checkboxes(
          "Subjects that it belongs to", name: "subject", options: taxonomy.subjects.map { Option($0.key, $0.name) },
          values: form.subjects, problems: problems, hint: "None for what is not about a subject.")
      }
    }
  }
}

/// A field that the person does not see.
func hidden(_ name: String, _ value: String) -> HTML { input(.type("hidden"), .name(name), .value(value)) }
