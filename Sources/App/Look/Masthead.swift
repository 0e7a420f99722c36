import Markup

/// The line at the top of every page. On a phone the menu folds into a panel that the browser itself opens, without script.
enum Masthead {
  static func html(_ page: Page, for viewer: Viewer, name: String) -> HTML {
    header(.class("mast")) {
      div(.class("page")) {
        a(.class("name"), .href("/")) {
          badge
          name
        }
        mainMenu(page.section, for: viewer)
        searchBox(page.query)
        a(.class("icon narrow"), .href("/search"), .aria(.label, "Search")) { lens }
        if viewer.isSignedIn { noticesLink(viewer.unread) }
        if viewer.isSignedIn { account(viewer) } else { a(.class("sign-in"), .href("/sign-in")) { "Sign in" } }
        button(.class("icon narrow"), .type("button"), .init("popovertarget", "menu"), .aria(.label, "Menu")) { bars }
      }
    }
  }

  // MARK: the main menu

  private static func mainMenu(_ current: Page.Section, for viewer: Viewer) -> HTML {
    nav(.id("menu"), .aria(.label, "Main"), .init("popover")) {
      ul {
        for entry in entries(for: viewer) {
          li {
            a(.href(entry.path), .when(entry.section == current, .aria(.current, "page"))) { entry.name }
          }
        }
      }
    }
  }

  /// Visitors see what is open to the public; the office's door is shown to those who may enter.
  private static func entries(for viewer: Viewer) -> [(section: Page.Section, name: String, path: String)] {
    var shown: [(section: Page.Section, name: String, path: String)] = []
    if viewer.isSignedIn { shown.append((.today, "Today", "/today")) }
    shown.append((.ideas, "Ideas", "/ideas"))
    if viewer.isSignedIn { shown.append((.projects, "Projects", "/projects")) }
    if viewer.isSignedIn { shown.append((.discussion, "Discussion", "/discussions")) }
    shown.append((.schools, "Schools", "/schools"))
    if viewer.isSignedIn { shown.append((.people, "People", "/people")) }
    if viewer.isOffice || !viewer.liaisonStates.isEmpty { shown.append((.office, "Office", "/office")) }
    return shown
  }

  private static func searchBox(_ query: String) -> HTML {
    form(.class("find"), .role("search"), .action("/search")) {
      input(
        .type("search"), .name("q"), .value(query), .aria(.label, "Search"), .placeholder("Search"),
        .init("enterkeyhint", "search"))
    }
  }

  // MARK: what belongs to the person

  private static func noticesLink(_ unread: Int) -> HTML {
    let words = unread == 0 ? "Notices" : "Notices, \(unread) new"
    return a(.class("icon notices"), .href("/notices"), .aria(.label, words)) {
      bell
      if unread > 0 { span(.class("count")) { unread > 99 ? "99+" : String(unread) } }
    }
  }

  private static func account(_ viewer: Viewer) -> HTML {
    HTML {
      button(
        .class("who"), .type("button"), .init("popovertarget", "account"), .aria(.label, "Your account: \(viewer.name)")
      ) { initialsDisc(viewer.name) }
      div(.id("account"), .class("account"), .init("popover")) {
        p {
          strong { viewer.name }
          if let school = viewer.homeSchool { span(.class("quiet")) { school.schoolName } }
        }
        ul {
          for (name, path) in [
            ("Profile", "/account/profile"), ("Letters", "/account/letters"), ("Sign-ins", "/account/sessions"),
          ] {
            li { a(.href(path)) { name } }
          }
        }
        Layout.themeForm(viewer)
        postForm("/sign-out", viewer) { button(.class("plain")) { "Sign out" } }
      }
    }
  }

  // MARK: drawings

  /// The mark of League: a house with its door open.
  static let badge = HTML {
    svg(.class("badge"), .init("viewBox", "0 0 26 26"), .aria(.hidden, "true")) {
      path(.class("wall"), .init("d", "M13 2 4 9v15h18V9z"))
      path(.class("door"), .init("d", "M9 24v-8a4 4 0 0 1 8 0v8z"))
    }
  }

  private static let lens = drawing("M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 21 21")
  private static let bell = drawing("M6 17V11a6 6 0 0 1 12 0v6l1.5 2h-15zM10 21.5h4")
  private static let bars = drawing("M4 7h16M4 12h16M4 17h16")

  private static func drawing(_ d: String) -> HTML {
    svg(.class("drawn"), .init("viewBox", "0 0 24 24"), .aria(.hidden, "true")) { path(.init("d", d)) }
  }
}
