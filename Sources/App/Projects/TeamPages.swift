import Markup

/// Who is on a project's team, and as what.
enum TeamPages {
  static func edit(
    _ project: Project, people: [TeamStore.Candidate], schools: [Option] = [], problems: Problems = [:],
    _ viewer: Viewer
  ) -> Page {
    Page("The team", section: .projects) {
      column {
        crumbs([("Projects", "/projects"), (project.title, project.path)])
        h1 { "The team" }
        for each in project.team {
          personChip(each.person.name, "/people/\(each.person.id)", note: each.role.rawValue)
          buttonForm(
            "Take \(each.person.name) off the team", "\(project.path)/team/\(each.person.id)/end", viewer)
        }
        formErrors(problems, order: ["person", "role", "school"])
        postForm("\(project.path)/team", viewer, class: "stack") {
          choice(
            "Person", name: "person",
            options: people.map { Option("\($0.person.id)", "\($0.person.name), \($0.school)") },
            problems: problems, prompt: "Choose a person")
          radios(
            "As what?", name: "role",
            options: [
              Option("member", "Member", note: "works on it"), Option("lead", "Lead", note: "answers for it"),
              Option("coach", "Coach", note: "reads along and asks"), Option("viewer", "Reader"),
            ], value: "member", problems: problems)
          submit("Put on the team") { quietLink("Back to the project", project.path) }
        }
        self.schools(project, schools, problems, viewer)
      }
    }
  }

  private static func schools(
    _ project: Project, _ candidates: [Option], _ problems: Problems, _ viewer: Viewer
  ) -> HTML {
    part("Schools", id: "schools") {
      p { "\(project.school.name) began it." }
      for school in project.further {
        p { a(.href("/schools/\(school.id)")) { school.name } }
        buttonForm("Take \(school.name) off the project", "\(project.path)/schools/\(school.id)/end", viewer)
      }
      if candidates.isEmpty {
        quiet("To work with another school, put one of its people on the team first.")
      } else {
        postForm("\(project.path)/schools", viewer, class: "stack") {
          choice(
            "Another school", name: "school", options: candidates, problems: problems,
            hint: "Its people on the team may then measure there. Its leads are told and may take it off again.",
            prompt: "Choose a school")
          submit("Add the school")
        }
      }
    }
  }
}
