import Markup

enum PersonDataPages {
  static func show(_ erasure: Erasure?, isHeld: Bool, problems: Problems = [:], _ viewer: Viewer) -> Page {
    Page("Your data") {
      AccountPages.sections(current: 4)
      h1 { "Your data" }
      lede("All of it can be taken along, and all that is yours alone can go.")
      column {
        formErrors(problems)
        part("A copy") {
          p { "One JSON file: your profile, roles, posts, ideas, trials, measures, notices, letters and sign-ins." }
          actions { quietLink("Download my data", "/account/data.json") }
        }
        part("What was done with your account") {
          p { "Each act of the League office, and each time that somebody looked at what you hide." }
          actions { quietLink("Read the record", "/account/record") }
        }
        part("Erase my account") {
          if let erasure {
            note {
              p {
                "Your account will be erased on \(viewer.zone.date(of: erasure.dueAt).spoken). Until then you can take it back."
              }
              if isHeld { p { "The League office must keep it for now, and will tell you when that ends." } }
            }
            buttonForm("Keep my account", "/account/erasure/end", viewer, class: "button second")
          } else {
            p {
              "Your name, address, profile, notices and sign-ins go. What you wrote for others stays under \"Former member\", and so do agreements that you signed and the record of what was done. It happens after 14 days, in which you can take it back."
            }
            postForm("/account/erasure", viewer, class: "stack") {
              field(
                "Type ERASE to be sure", name: "sure", problems: problems, limit: 10, autocomplete: "off")
              button(.class("button second")) { "Erase my account" }
            }
          }
        }
      }
    }
  }
}
