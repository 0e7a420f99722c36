import Foundation
import Storage

/// The people of the League, for its members.
struct PeopleRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("people", .member, use: list)
    routes.get("people/mentions", .member, use: mentions)
    routes.get("people/:id", .everyone, use: show)
  }

  static let pageLength = 50

  @Sendable func list(visit: Visit) async throws -> Page {
    let (viewer, fields) = (visit.viewer, visit.fields)
    var search = ProfileStore.Search(words: String(fields["q"].prefix(100)))
    if !fields["school"].isEmpty { search.school = School.ID(fields["school"]) }
    if fields.has("after") { search.after = (name: fields["after"], id: fields["id"]) }
    let asked = search
    guard let audience = ProfileStore.audience(of: viewer) else { throw Refusal.notFound }
    return try await site.shared.value("people for \(audience) \(asked.key)", now: viewer.now) {
      try await site.database.read { db in
        let people = try ProfileStore(db: db).list(asked, for: viewer, limit: Self.pageLength + 1)
        let school = try asked.school.flatMap { try SchoolStore(db: db).find($0) }
        return PeoplePages.list(
          Array(people.prefix(Self.pageLength)), words: asked.words, school: school,
          hasMore: people.count > Self.pageLength)
      }
    }
  }

  /// `[{"handle", "name", "school"}]`, at most six.
  @Sendable func mentions(visit: Visit) async throws -> Fragment {
    let (viewer, typed) = (visit.viewer, String(visit.fields["q"].prefix(60)))
    let people = try await site.database.read { db in try ProfileStore(db: db).mentions(typed, for: viewer) }
    let lines = people.map { ["handle": $0.handle, "name": $0.name, "school": $0.school] }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return Fragment(json: Array(try encoder.encode(lines)))
  }

  @Sendable func show(visit: Visit) async throws -> any Answer {
    let (id, viewer, taxonomy): (Person.ID, Viewer, Taxonomy) = (try visit.id(), visit.viewer, site.taxonomy)
    if viewer.isOffice, viewer.person != id, try await hides(id, viewer) {
      try await site.recordView("hidden parts of a profile seen", "person", "\(id)", visit)
    }
    return try await site.database.read { db -> any Answer in
      let store = ProfileStore(db: db)
      if let profile = try store.find(id, for: viewer) {
        return PeoplePages.show(
          profile, expertise: try ExpertiseStore(db: db).of(id, taxonomy: taxonomy, for: viewer), viewer)
      }
      // Links to an account that was merged lead on, for those who may see where.
      if let successor = try store.successor(of: id), try store.find(successor, for: viewer) != nil {
        return Redirect(to: "/people/\(successor)")
      }
      throw Refusal.notFound
    }
  }

  /// Whether the office sees more of this profile than members do.
  private func hides(_ id: Person.ID, _ viewer: Viewer) async throws -> Bool {
    let profile = try await site.database.read { db in try ProfileStore(db: db).find(id, for: viewer) }
    guard let profile else { return false }
    return profile.emailShown != .members || (profile.aboutShown != .members && !profile.about.isEmpty)
      || (profile.askingShown != .members && !(profile.askMe + profile.lookingFor).isEmpty)
  }
}
