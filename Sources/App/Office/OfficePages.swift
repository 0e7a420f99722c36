import Markup

enum OfficePages {
  struct Counts: Sendable {
    let states: [MembershipState: Int]
    let overdue: Int
    let mail: Int
    let duplicates: Int
    /// Pairs of people who look like one.
    let alike: Int
    let acts: [OfficeStore.Deed]

    /// What waits for the office itself.
    var waiting: Int { (states[.inquiry] ?? 0) + (states[.received] ?? 0) }
  }

  static func index(_ counts: Counts, _ viewer: Viewer) -> Page {
    Page("Office", section: .office) {
      h1 { "Office" }
      lede(
        viewer.isOffice
          ? counts.waiting == 0
            ? "No school waits for the office."
            : "\(counted(counts.waiting, "school waits", "schools wait")) for the office."
          : "Your states: \(viewer.liaisonStates.map(States.name).joined(separator: ", ")).")
      figures([
        (grouped(counts.states[.active] ?? 0), "members"),
        (grouped(MembershipState.journey.dropLast().reduce(0) { $0 + (counts.states[$1] ?? 0) }), "on their way"),
        (grouped(counts.overdue), "overdue to reaffirm"),
      ])
      spread {
        part("What to do") {
          rows {
            row(
              "Membership queue", "/office/membership", tag: "\(counts.waiting) waiting",
              text: "Inquiries to look at, signatures to wait for, memberships to confirm.")
            row(
              "Overdue to reaffirm", "/office/membership?overdue=yes", tag: grouped(counts.overdue),
              text: "Members whose autumn passed without an answer.")
            if viewer.isOffice { officeOnly(counts) }
          }
        }
      } side: {
        if !counts.acts.isEmpty {
          panel("Done lately") {
            ul {
              for each in counts.acts {
                li {
                  "\(each.by): \(each.action) "
                  span(.class("quiet")) { timeTag(each.at, viewer) }
                }
              }
            }
          }
        }
      }
    }
  }

  private static func officeOnly(_ counts: Counts) -> HTML {
    HTML {
      row(
        "Outbox", "/office/mail", tag: counts.mail == 0 ? "all sent" : "\(grouped(counts.mail)) waiting",
        text: "Every letter that the League wrote.")
      row(
        "Schools that look alike", "/office/schools", tag: grouped(counts.duplicates),
        text: "The same name and town, or the same place.")
      row(
        "Schools' sign-in services", "/office/domains",
        text: "Where a school's own service opens the accounts of its addresses.")
      row("Audit log", "/office/audit", text: "Who did, and who looked at, what with rights that others do not have.")
      row(
        "People with two accounts", "/office/people", tag: counts.alike == 0 ? "none found" : grouped(counts.alike),
        text: "Make one account of two; what both did stays.")
    }
  }

  // MARK: the membership queue

  static func queue(
    _ entries: [MembershipQueue.Entry], _ filter: MembershipQueue.Filter, counts: [MembershipState: Int], overdue: Int,
    _ viewer: Viewer
  ) -> Page {
    Page("Membership queue", section: .office) {
      crumbs([("Office", "/office")])
      h1 { "Membership queue" }
      tabs(
        [Tab("On their way", "/office/membership", isCurrent: !filter.isSet)]
          + MembershipState.allCases.map { state in
            Tab(
              state.words, "/office/membership?state=\(state.rawValue)", isCurrent: filter.state == state,
              count: counts[state] ?? 0)
          } + [Tab("Overdue", "/office/membership?overdue=yes", isCurrent: filter.overdue, count: overdue)],
        label: "States of membership")
      filterForm("/office/membership", isFiltered: filter.place != nil) {
        if let state = filter.state { input(.type("hidden"), .name("state"), .value(state.rawValue)) }
        if filter.overdue { input(.type("hidden"), .name("overdue"), .value("yes")) }
        choice(
          "State", name: "place", options: places(viewer), value: filter.place ?? "", prompt: "All", required: false)
      }
      if filter.overdue, !entries.isEmpty {
        postForm("/office/membership/reminders", viewer) { submit("Write to the leads of all overdue schools") }
      }
      if entries.isEmpty {
        emptyState("Nothing stands here", "Schools appear as soon as somebody begins to join.")
      } else {
        list(entries, viewer)
      }
    }
  }

  private static func places(_ viewer: Viewer) -> [Option] {
    States.all.filter { viewer.officeStates?.contains($0.code) ?? true }.map { Option($0.code, $0.name) }
  }

  private static func list(_ entries: [MembershipQueue.Entry], _ viewer: Viewer) -> HTML {
    HTML {
      rows {
        for each in entries {
          let at = each.membership
          row(
            at.schoolName, "/schools/\(at.school)/membership", tag: HTML(text: at.state.words),
            text: HTML(text: at.next(signed: each.signed, of: each.signers)), level: 2
          ) {
            p(.class("quiet")) {
              "\(States.name(at.schoolState)) · here since "
              timeTag(at.stateSince, viewer)
              if !each.by.isEmpty { " · \(each.by)\(each.why.isEmpty ? "" : ": \(each.why)")" }
            }
          }
        }
      }
      if entries.count == 100 { quiet("These are the 100 that have waited longest.") }
    }
  }
}
