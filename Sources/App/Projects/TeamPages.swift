import Markup

/// Who is on a project's team, and as what.
enum TeamPages {
  static func edit(
    _ project: Project, people: [TeamStore.Candidate], problems: Problems = [:], _ viewer: Viewer
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
        formErrors(problems)
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
      }
    }
  }
}
