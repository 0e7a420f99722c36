import Markup

/// Values in, pages out.
enum NoticePages {
  static func list(unread: [Notice], read: [Notice], _ viewer: Viewer) -> Page {
    Page("Notices") {
      column {
        h1 { "Notices" }
        if unread.isEmpty {
          emptyState(
            "Nothing new", "When somebody calls you by name, answers you, or writes where you watch, it stands here.")
        } else {
          part("New", more: markAll(viewer)) {
            rows {
              for notice in unread {
                row(notice, viewer) { buttonForm("Mark as read", "/notices/\(notice.id)/read", viewer) }
              }
            }
          }
        }
        if !read.isEmpty {
          part("Earlier") { rows { for notice in read { row(notice, viewer) } } }
        }
      }
    }
  }

  private static func markAll(_ viewer: Viewer) -> HTML {
    postForm("/notices/read", viewer, class: "inline") {
      input(.type("hidden"), .name("until"), .value(String(viewer.now.milliseconds)))
      button(.class("plain")) { "Mark all as read" }
    }
  }

  private static func row(_ notice: Notice, _ viewer: Viewer, @HTMLBuilder more: Content = HTML.init) -> HTML {
    App.row(
      notice.words, notice.path, tag: timeTag(notice.createdAt, viewer),
      text: HTML(text: notice.why.isEmpty ? "" : "Because \(notice.why)."), more: more)
  }
}
