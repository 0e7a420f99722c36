import Markup

/// The way into the demonstration: one door for each role.
enum DemoPages {
  static func doors(_ doors: [DemoDoor], _ viewer: Viewer) -> Page {
    Page("Step into the demonstration") {
      h1 { "Step into the demonstration" }
      lede(
        "Sixty invented schools, four hundred invented people, two years of work. Choose who you are; nothing you do here reaches anybody."
      )
      rows {
        for door in doors {
          li(.class("row")) {
            heading(2) { door.name }
            p { door.about }
            buttonForm("Be \(door.name)", "/demo/\(door.person)", viewer)
          }
        }
      }
      p(.class("quiet")) {
        "Or look around as a visitor: "; a(.href("/")) { "the front page" }; "."
      }
    }
  }
}

/// One person of the demonstration into whose role a visitor may step.
struct DemoDoor: Sendable {
  let person: Person.ID
  let name: String
  /// Who that is and what to try as them.
  let about: String
}
