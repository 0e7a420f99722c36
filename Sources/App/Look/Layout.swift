import Markup

/// What stands around every page: head, masthead, notices, footer.
package enum Layout {
  /// The whole document, ready to send.
  package static func document(_ page: Page, for viewer: Viewer, assets: Assets) -> HTML {
    HTML.doctype
      + html(
        .lang("en"), .when(viewer.theme != .system, .data("data-theme", viewer.theme.rawValue)),
        .when(!viewer.hasKeys, .data("data-keys", "off"))
      ) {
        documentHead(page, assets: assets)
        body {
          a(.class("skip"), .href("#content")) { "Skip to the content" }
          Masthead.html(page, for: viewer, name: assets.leagueName)
          if assets.isDemonstration { demonstrationBanner(hasDoors: assets.hasDoors) }
          if let acting = viewer.acting { actingBanner(acting, viewer) }
          main(.id("content"), .class("page"), .tabindex(-1)) {
            if let notice = page.notice { undoNotice(notice, undo: page.undo, viewer) }
            page.content
          }
          pageFooter(assets.leagueName)
        }
      }
  }

  private static func documentHead(_ page: Page, assets: Assets) -> HTML {
    head {
      meta(.init("charset", "utf-8"))
      meta(.name("viewport"), .content("width=device-width, initial-scale=1"))
      title { page.title == assets.leagueName ? page.title : "\(page.title) · \(assets.leagueName)" }
      link(.rel("stylesheet"), .href(assets.stylesheet))
      link(.rel("icon"), .href(assets.icon), .type("image/svg+xml"))
      for url in assets.scripts { script(.src(url), .init("defer")) }
      meta(.name("color-scheme"), .content("light dark"))
      meta(.init("property", "og:title"), .content(page.title))
      if let summary = page.summary {
        meta(.name("description"), .content(summary))
        meta(.init("property", "og:description"), .content(summary))
      }
      if let canonical = page.canonical { link(.rel("canonical"), .href(canonical)) }
      if let feed = page.feed {
        link(.rel("alternate"), .type("application/atom+xml"), .init("title", page.title), .href(feed))
      }
    }
  }

  private static func demonstrationBanner(hasDoors: Bool) -> HTML {
    p(.class("banner")) {
      strong { "A fictional world." }
      " Every school, person and number here is invented."
      if hasDoors {
        " "
        a(.href("/demo")) { "Step into a role" }
      }
    }
  }

  private static func actingBanner(_ acting: Acting, _ viewer: Viewer) -> HTML {
    div(.class("banner")) {
      strong { "You look at the League as \(viewer.name)" }
      " until \(viewer.zone.clock(acting.until)). "
      buttonForm("Stop", "/acting/end", viewer)
    }
  }

  private static let footerLinks = [
    ("About", "/about"), ("Privacy", "/privacy"), ("Accessibility", "/accessibility"), ("Keyboard", "/keyboard"),
  ]

  private static func pageFooter(_ name: String) -> HTML {
    footer(.class("foot")) {
      div(.class("page")) {
        p { "\(name): schools that find out together what works." }
        ul {
          for (name, path) in footerLinks { li { a(.href(path)) { name } } }
        }
      }
    }
  }

  /// Light, dark, or as the system says; works as a plain form, and at once where scripts run.
  static func themeForm(_ viewer: Viewer) -> HTML {
    postForm("/theme", viewer, class: "theme") {
      fieldset {
        legend { "Appearance" }
        for (theme, name) in [(Theme.system, "As the system"), (.light, "Light"), (.dark, "Dark")] {
          button(
            .name("theme"), .value(theme.rawValue), .aria(.pressed, viewer.theme == theme ? "true" : "false")
          ) { name }
        }
      }
    }
  }
}
