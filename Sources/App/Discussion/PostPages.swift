import Markup

/// Values in, pages out: changing a post, and what it said before.
enum PostPages {
  static func edit(
    _ post: Post, in discussion: Discussion, text: String, generation: Int, problems: Problems = [:], _ viewer: Viewer
  ) -> Page {
    Page("Edit your post", section: .discussion) {
      column {
        crumbs([("Discussion", "/discussions"), (discussion.title, discussion.path)])
        h1 { "Edit your post" }
        lede(
          viewer.now - post.createdAt > Post.grace
            ? "The earlier text stays readable under “edited”."
            : "In the first five minutes a change leaves no trace.")
        formErrors(problems)
        postForm("/posts/\(post.id)", viewer) {
          textArea(
            "Text", name: "text", value: text, problems: problems, rows: 10, limit: Markdown.limit, markdown: true,
            calls: true,
            draft: DraftHook(context: "post:\(post.id)", generation: generation))
          submit("Save the change") { quietLink("Cancel", "/posts/\(post.id)") }
        }
      }
    }
  }

  /// Each change, the newest first, with what was taken out and put in.
  static func history(
    _ post: Post, in discussion: Discussion, by author: String, _ revisions: [PostRevision], _ viewer: Viewer
  ) -> Page {
    let texts = revisions.map(\.text) + [post.text]
    return Page("Changes of a post", section: .discussion) {
      column {
        crumbs([("Discussion", "/discussions"), (discussion.title, discussion.path)])
        h1 { "What was changed" }
        lede("In \(author)’s post of \(viewer.zone.date(of: post.createdAt).spoken).")
        if revisions.isEmpty { emptyState("No change", "This post stands as it was written.") }
        for index in revisions.indices.reversed() {
          section(.class("part")) {
            h2 { timeTag(revisions[index].replacedAt, viewer) }
            p(.class("byline")) { "by \(revisions[index].replacedBy)" }
            difference(from: texts[index], to: texts[index + 1])
          }
        }
        p { quietLink("Back to the post", "/posts/\(post.id)") }
      }
    }
  }

  static func difference(from old: String, to new: String) -> HTML {
    div(.class("difference prose")) {
      for piece in WordDifference.pieces(from: old, to: new) {
        switch piece {
        case .same(let text): text
        case .removed(let text): del { text }
        case .added(let text): ins { text }
        }
      }
    }
  }
}
