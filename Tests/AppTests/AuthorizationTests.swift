import Testing
import TestDatabase

@testable import App

/// Every route × every kind of person. A route that is missing here fails the build, and so does a row without a route.
///
/// What a row says is who may pass the door; what lies behind it (this school's lead, this post's author) each feature's
/// own tests hold.
struct AuthorizationTests {
  @Test func everyRouteStandsInTheTable() async throws {
    let world = try await TestWorld()
    let served = Set(world.site.table().entries.map { "\($0.method) \($0.path) \($0.access.rawValue)" })
    let listed = Set(AuthorizationTable.rows.map { "\($0.method) \($0.path) \($0.access.rawValue)" })
    #expect(served.subtracting(listed).sorted() == [], "served, not in AuthorizationTable")
    #expect(listed.subtracting(served).sorted() == [], "in AuthorizationTable, not served")
  }

  /// What the office may change while it acts as somebody. Whoever adds a line answers for it: it must not sign, decide,
  /// vote, or speak in the person's name.
  @Test func whileActingTheOfficeMayChangeLittle() async throws {
    let world = try await TestWorld()
    let allowed = world.site.table().entries.filter { $0.method == "POST" && $0.whileActing }.map(\.path)
    #expect(
      allowed.sorted() == ["/account/letters", "/account/profile", "/acting/end", "/sign-out", "/theme"])
  }

  /// Asks each route as each person. Whoever is not admitted is sent to sign in, told whom to ask, or finds nothing;
  /// whoever is admitted never gets those answers from the door itself, and nobody gets a fault of ours.
  @Test(arguments: Engine.available) func theDoorOpensOnlyToThoseInTheTable(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let endsTheSession: Set = ["/sign-out", "/account/sessions/end-all"]
    for asker in Asker.allCases {
      let browser = try await world.browser(as: asker)
      for row in AuthorizationTable.rows where !endsTheSession.contains(row.path) {
        let path = row.path.split(separator: "/").map { $0.hasPrefix(":") ? "none" : String($0) }.joined(separator: "/")
        let answer =
          row.method == "POST" ? try await browser.post("/\(path)") : try await browser.get("/\(path)")
        let place: Comment = "\(row.method) \(row.path) as \(asker.rawValue): \(answer.status) \(answer.location ?? "")"
        #expect(answer.status < 500, place)
        if row.access.admits(asker) {
          #expect(answer.location?.hasPrefix("/sign-in?next=") != true, place)
          #expect(!(answer.status == 403 && answer.text.contains("This is for")), place)
        } else if asker == .visitor {
          #expect(answer.status == 303 && answer.location?.hasPrefix("/sign-in?next=") == true, place)
        } else {
          #expect(answer.status == 403, place)
        }
      }
    }
  }
}

extension Access {
  /// The rule of the doors, said a second time and in other words than the product's.
  func admits(_ asker: Asker) -> Bool {
    switch self {
    case .everyone: true
    case .signedIn: asker != .visitor
    case .member: ![.visitor, .outsider].contains(asker)
    case .lead: [.lead, .otherLead, .liaison, .office].contains(asker)
    case .liaison: [.liaison, .office].contains(asker)
    case .office: asker == .office
    }
  }
}
