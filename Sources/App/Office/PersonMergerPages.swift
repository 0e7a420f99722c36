import Markup

enum PersonMergerPages {
  static func show(
    _ pairs: [PersonDuplicates.Pair], typed: Fields = Fields(), problems: Problems = [:], _ viewer: Viewer
  ) -> Page {
    Page("People with two accounts", section: .office) {
      crumbs([("Office", "/office")])
      h1 { "People with two accounts" }
      lede("One account of two: roles go over, both addresses sign in to it, and what either wrote stays.")
      spread {
        formErrors(problems, order: ["from", "into", "why"])
        part("The same name at the same school") {
          if pairs.isEmpty { emptyState("None found", "Pairs stand here when two accounts of a school have one name.") }
          rows { for pair in pairs { row(pair, viewer) } }
        }
      } side: {
        panel("By address") {
          postForm("/office/people/merger", viewer, class: "stack") {
            field(
              "Address of the account that goes", name: "from", value: typed["from"], problems: problems, kind: .email,
              autocomplete: "off")
            field(
              "Address of the account that stays", name: "into", value: typed["into"], problems: problems, kind: .email,
              autocomplete: "off")
            field("How you know", name: "why", value: typed["why"], problems: problems, limit: 300)
            submit("Make one of them")
          }
        }
      }
    }
  }

  private static func row(_ pair: PersonDuplicates.Pair, _ viewer: Viewer) -> HTML {
    li(.class("row")) {
      h3 { pair.first.name }
      span(.class("tag")) { pair.school }
      p {
        a(.href("/people/\(pair.first.id)")) { pair.first.email }; " and ";
        a(.href("/people/\(pair.second.id)")) { pair.second.email }
      }
      for (old, kept) in [(pair.first, pair.second), (pair.second, pair.first)] {
        postForm("/office/people/merger", viewer, class: "inline") {
          input(.type("hidden"), .name("from"), .value(old.email))
          input(.type("hidden"), .name("into"), .value(kept.email))
          input(.type("hidden"), .name("why"), .value("The same name at \(pair.school)."))
          button(.class("plain")) { "Keep \(kept.email)" }
        }
      }
    }
  }
}
