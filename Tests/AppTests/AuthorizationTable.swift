@testable import App

/// One line a route: method, path, who may pass its door.
enum AuthorizationTable {
  static let rows: [RouteTable.Entry] =
    (site + signIn + gallery + schools + membership + roster + people + office + ideas + trials + projects + discussion
    + search + measures)
    .map { RouteTable.Entry(method: $0.0, path: $0.1, access: $0.2) }

  typealias Line = (String, String, Access)

  private static let site: [Line] = [
    ("GET", "/", .everyone),
    ("GET", "/assets/:name", .everyone),
    ("GET", "/robots.txt", .everyone),
    ("GET", "/healthz", .everyone),
    ("GET", "/readyz", .everyone),
    ("GET", "/metrics", .everyone),
    ("GET", "/keyboard", .everyone),
    ("GET", "/today", .signedIn),
    ("GET", "/about", .everyone),
    ("GET", "/claims", .everyone),
    ("GET", "/families", .everyone),
    ("GET", "/help/joining", .everyone),
    ("GET", "/help/trials", .everyone),
    ("GET", "/privacy", .everyone),
    ("GET", "/accessibility", .everyone),
    ("POST", "/theme", .signedIn),
    ("GET", "/kept/:id", .signedIn),
    ("GET", "/office/mail", .office),
    ("GET", "/office/mail/:id", .office),
    ("POST", "/office/mail/:id/attempt", .office),
  ]

  private static let signIn: [Line] = [
    ("GET", "/sign-in", .everyone),
    ("POST", "/sign-in", .everyone),
    ("GET", "/sign-in/code", .everyone),
    ("POST", "/sign-in/code", .everyone),
    ("POST", "/sign-out", .everyone),
    ("POST", "/sign-in/with/:provider", .everyone),
    ("GET", "/sign-in/provider", .everyone),
    ("GET", "/sign-in/offer/:id", .everyone),
    ("GET", "/account/ways-in", .signedIn),
    ("POST", "/account/ways-in/offers/:offer", .signedIn),
    ("POST", "/account/ways-in/end", .signedIn),
    ("GET", "/office/domains", .office),
    ("POST", "/office/domains", .office),
    ("POST", "/office/domains/:domain/end", .office),
    ("GET", "/sign-in/second-factor", .signedIn),
    ("POST", "/sign-in/second-factor", .signedIn),
    ("POST", "/sign-in/second-factor/setup", .signedIn),
    ("GET", "/account/second-step", .signedIn),
    ("POST", "/account/second-step/off", .signedIn),
    ("POST", "/account/recovery-codes", .signedIn),
    ("GET", "/first-office/:token", .everyone),
    ("POST", "/first-office/:token", .everyone),
    ("GET", "/account/sessions", .signedIn),
    ("POST", "/account/sessions/:id/end", .signedIn),
    ("POST", "/account/sessions/end-others", .signedIn),
    ("POST", "/account/sessions/end-all", .signedIn),
  ]

  private static let measures: [Line] = [
    ("GET", "/measures", .member),
    ("GET", "/measures/new", .member),
    ("POST", "/measures", .member),
    ("GET", "/measures/network", .member),
    ("GET", "/measures/:id", .member),
    ("GET", "/measures/:id/amendment", .member),
    ("POST", "/measures/:id/amendment", .member),
    ("POST", "/measures/:id/marks", .member),
    ("POST", "/measures/:id/links", .member),
    ("POST", "/measures/:id/links/:link/end", .member),
    ("POST", "/measures/:id/values", .member),
    ("GET", "/measures/:id/values.csv", .member),
    ("GET", "/measures/:id/column", .member),
    ("POST", "/measures/:id/column", .member),
    ("GET", "/measures/:id/values/:value/correction", .member),
    ("POST", "/measures/:id/values/:value/correction", .member),
    ("POST", "/measures/:id/settlement", .member),
    ("GET", "/enter/:token", .everyone),
    ("POST", "/enter/:token", .everyone),
  ]

  private static let schools: [Line] = [
    ("GET", "/schools", .everyone),
    ("GET", "/schools.csv", .everyone),
    ("GET", "/schools/:id", .everyone),
    ("GET", "/schools/:id/words", .lead),
    ("POST", "/schools/:id/words", .lead),
    ("POST", "/schools/:id/merger", .office),
    ("GET", "/office/schools", .office),
    ("POST", "/office/schools/pairs/:id/merger", .office),
    ("POST", "/office/schools/pairs/:id/apart", .office),
    ("POST", "/office/schools/pairs/:id/reopening", .office),
    ("POST", "/office/schools/mergers/:id/undoing", .office),
    ("POST", "/office/schools/imports/:id/undoing", .office),
  ]

  private static let projects: [Line] = [
    ("GET", "/projects", .member),
    ("POST", "/projects", .member),
    ("GET", "/projects/new", .member),
    ("GET", "/projects/attention", .member),
    ("GET", "/projects/:id", .member),
    ("GET", "/projects/:id/print", .member),
    ("GET", "/projects/:id/record.json", .member),
    ("GET", "/projects/:id/edit", .member),
    ("POST", "/projects/:id/edit", .member),
    ("POST", "/projects/:id/state", .member),
    ("GET", "/projects/:id/decision", .member),
    ("POST", "/projects/:id/decision", .member),
    ("GET", "/projects/:id/contest", .member),
    ("POST", "/projects/:id/contest", .member),
    ("GET", "/projects/:id/drivers", .member),
    ("POST", "/projects/:id/drivers", .member),
    ("GET", "/projects/:id/team", .member),
    ("POST", "/projects/:id/team", .member),
    ("POST", "/projects/:id/team/:person/end", .member),
    ("GET", "/projects/:id/cycles/new", .member),
    ("POST", "/projects/:id/cycles", .member),
    ("GET", "/projects/:id/cycles/:cycle", .member),
    ("POST", "/projects/:id/cycles/:cycle/beginning", .member),
    ("GET", "/projects/:id/cycles/:cycle/prediction", .member),
    ("POST", "/projects/:id/cycles/:cycle/prediction", .member),
    ("POST", "/projects/:id/cycles/:cycle/study", .member),
    ("POST", "/projects/:id/cycles/:cycle/act", .member),
  ]

  private static let gallery: [Line] = [
    ("GET", "/gallery", .everyone),
    ("GET", "/gallery/:feature/:page", .everyone),
    ("GET", "/demo", .everyone),
    ("POST", "/demo/:id", .everyone),
  ]

  private static let membership: [Line] = [
    ("GET", "/join", .everyone),
    ("GET", "/agreements/:version", .everyone),
    ("GET", "/schools/:id/join", .everyone),
    ("POST", "/schools/:id/join", .signedIn),
    ("GET", "/sign/:id", .everyone),
    ("POST", "/sign/:id", .everyone),
    ("POST", "/sign/:id/code", .everyone),
    ("GET", "/schools/:id/membership", .signedIn),
    ("POST", "/schools/:id/membership/agreement", .liaison),
    ("POST", "/schools/:id/membership/signers", .signedIn),
    ("POST", "/schools/:id/membership/signers/:signer/replacement", .signedIn),
    ("POST", "/schools/:id/membership/signers/:signer/reminder", .signedIn),
    ("POST", "/schools/:id/membership/signers/:signer/paper", .office),
    ("POST", "/schools/:id/membership/confirmation", .office),
    ("POST", "/schools/:id/membership/reaffirmation", .signedIn),
    ("POST", "/schools/:id/membership/end", .signedIn),
  ]

  private static let roster: [Line] = [
    ("GET", "/schools/:id/ask", .signedIn),
    ("POST", "/schools/:id/ask", .signedIn),
    ("GET", "/schools/:id/roster", .lead),
    ("POST", "/schools/:id/roster/invitations", .lead),
    ("POST", "/schools/:id/roster/domain", .lead),
    ("POST", "/schools/:id/roster/requests/:request", .lead),
    ("POST", "/schools/:id/roster/:role/end", .lead),
    ("POST", "/schools/:id/roster/:role/handover", .lead),
    ("GET", "/schools/:id/roster/import", .lead),
    ("POST", "/schools/:id/roster/import", .lead),
    ("POST", "/schools/:id/roster/import/refused", .lead),
    ("POST", "/schools/:id/roster/imports", .lead),
    ("POST", "/schools/:id/roster/imports/:import/undo", .lead),
  ]

  private static let people: [Line] = [
    ("GET", "/people", .member),
    ("GET", "/people/mentions", .member),
    ("GET", "/people/:id", .everyone),
    ("GET", "/account", .signedIn),
    ("GET", "/account/profile", .signedIn),
    ("POST", "/account/profile", .signedIn),
    ("GET", "/account/letters", .signedIn),
    ("POST", "/account/letters", .signedIn),
  ]

  private static let office: [Line] = [
    ("GET", "/office", .liaison),
    ("GET", "/office/membership", .liaison),
    ("POST", "/office/membership/reminders", .liaison),
    ("GET", "/office/people", .office),
    ("POST", "/office/people/merger", .office),
    ("GET", "/office/audit", .office),
    ("GET", "/office/audit.csv", .office),
    ("GET", "/office/people/:id", .office),
    ("POST", "/office/people/:id/suspension", .office),
    ("POST", "/office/people/:id/restoration", .office),
    ("POST", "/office/people/:id/sessions/end", .office),
    ("POST", "/office/people/:id/second-step/removal", .office),
    ("POST", "/office/people/:id/acting", .office),
    ("POST", "/office/people/:id/hold", .office),
    ("POST", "/office/people/:id/hold/end", .office),
    ("POST", "/office/people/:id/erasure", .office),
    ("POST", "/office/people/:id/erasure/end", .office),
    ("POST", "/acting/end", .signedIn),
    ("GET", "/account/record", .signedIn),
    ("GET", "/account/data", .signedIn),
    ("GET", "/account/data.json", .signedIn),
    ("POST", "/account/erasure", .signedIn),
    ("POST", "/account/erasure/end", .signedIn),
  ]

  private static let ideas: [Line] = [
    ("GET", "/ideas", .everyone),
    ("GET", "/ideas/new", .member),
    ("POST", "/ideas", .member),
    ("GET", "/ideas/:id", .everyone),
    ("POST", "/ideas/:id", .member),
    ("GET", "/ideas/:id/edit", .member),
    ("GET", "/ideas/:id/evidence", .everyone),
    ("GET", "/ideas/:id/like-mine", .signedIn),
    ("GET", "/ideas/:id/versions", .everyone),
    ("POST", "/ideas/:id/publication", .member),
    ("POST", "/ideas/:id/verification", .member),
    ("GET", "/ideas/:id/outdated", .member),
    ("POST", "/ideas/:id/outdated", .member),
  ]

  private static let trials: [Line] = [
    ("GET", "/ideas/:id/trials/new", .member),
    ("POST", "/ideas/:id/trials", .member),
    ("GET", "/trials/:id", .everyone),
    ("GET", "/trials/:id/amendment", .member),
    ("POST", "/trials/:id/amendment", .member),
    ("GET", "/trials/:id/report", .member),
    ("POST", "/trials/:id/report", .member),
    ("GET", "/trials/:id/withdrawal", .member),
    ("POST", "/trials/:id/withdrawal", .member),
    ("POST", "/trials/:id/resumption", .member),
  ]

  private static let discussion: [Line] = [
    ("GET", "/discussions", .member),
    ("GET", "/discussions/new", .member),
    ("POST", "/discussions", .member),
    ("GET", "/discussions/:id", .member),
    ("POST", "/discussions/:id/posts", .member),
    ("POST", "/discussions/:id/level", .member),
    ("POST", "/discussions/:id/answer", .member),
    ("GET", "/discussions/:id/title", .member),
    ("POST", "/discussions/:id/title", .member),
    ("GET", "/discussions/:id/history", .member),
    ("POST", "/discussions/about/:kind/:id/level", .member),
    ("GET", "/posts/:id", .member),
    ("GET", "/posts/:id/edit", .member),
    ("POST", "/posts/:id", .member),
    ("GET", "/posts/:id/history", .member),
    ("POST", "/posts/:id/deletion", .member),
    ("POST", "/posts/:id/restoration", .member),
    ("POST", "/drafts", .signedIn),
    ("POST", "/preview", .signedIn),
    ("GET", "/notices", .signedIn),
    ("POST", "/notices/read", .signedIn),
    ("POST", "/notices/:id/read", .signedIn),
    ("GET", "/letters/stop/:token", .everyone),
    ("POST", "/letters/stop/:token", .everyone),
  ]

  private static let search: [Line] = [
    ("GET", "/search", .everyone)
  ]
}
