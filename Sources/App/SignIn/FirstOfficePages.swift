import Markup

enum FirstOfficePages {
  static func ask(token: String, email: String = "", name: String = "", problems: Problems = [:], _ viewer: Viewer)
    -> Page
  {
    Page("The first office account") {
      h1 { "The first office account" }
      p(.class("lede")) { "This League has no office yet. Whoever opens this link becomes it." }
      postForm("/first-office/\(token)", viewer, class: "stack") {
        field("Your name", name: "name", value: name, problems: problems, autocomplete: "name")
        field("Your work email", name: "email", value: email, problems: problems, kind: .email)
        submit("Make my account")
      }
    }
  }
}
