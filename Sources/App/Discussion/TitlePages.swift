import Markup

/// Values in, pages out: changing the title of a discussion, and those that it had.
enum TitlePages {
  static func edit(_ discussion: Discussion, title: String, problems: Problems = [:], _ viewer: Viewer) -> Page {
    Page("Change the title", section: .discussion) {
      column {
        crumbs([("Discussion", "/discussions"), (discussion.title, discussion.path)])
        h1 { "Change the title" }
        lede(
          discussion.changeLeavesTrace(viewer)
            ? "The earlier title stays readable beside the discussion, with who changed it."
            : "In the first five minutes a change leaves no trace.")
        formErrors(problems)
        postForm("\(discussion.path)/title", viewer) {
          field(
            "Title", name: "title", value: title, problems: problems,
            hint: "A question, or what it is about, in one line.", limit: DiscussionForm.titleLimit)
          submit("Save the title") { quietLink("Cancel", discussion.path) }
        }
      }
    }
  }

  /// Each change, the newest first, with what was taken out and put in.
  static func history(_ discussion: Discussion, _ revisions: [TitleRevision], _ viewer: Viewer) -> Page {
    let titles = revisions.map(\.title) + [discussion.title]
    return Page("Changes of a title", section: .discussion) {
      column {
        crumbs([("Discussion", "/discussions"), (discussion.title, discussion.path)])
        h1 { "What was changed" }
        lede("In the title of a discussion of \(viewer.zone.date(of: discussion.createdAt).spoken).")
        if revisions.isEmpty { emptyState("No change", "The title stands as it was written.") }
        for index in revisions.indices.reversed() {
          section(.class("part")) {
            h2 { timeTag(revisions[index].replacedAt, viewer) }
            p(.class("byline")) { "by \(revisions[index].replacedBy)" }
            PostPages.difference(from: titles[index], to: titles[index + 1])
          }
        }
        p { quietLink("Back to the discussion", discussion.path) }
      }
    }
  }
}
