/// Who looks at a page and what they may do: all that a page knows of the request.
package struct Viewer: Sendable {
  package let person: Person.ID?
  package let name: String
  /// The roles in force at this moment; a role whose term has ended is not here.
  package let roles: [Role]
  /// The token that every form of this session must carry; empty for visitors.
  package var formToken: String
  package let theme: Theme
  /// Whether single keys move about (WCAG 2.2, 2.1.4: they can be switched off).
  package let hasKeys: Bool
  /// Notices not yet read.
  package let unread: Int
  /// Set when somebody has signed in but not yet shown the second step that they have set up or must: until then no right
  /// of the office or of a liaison holds, and none at all for whoever has set it up.
  package let owesSecondFactor: Bool
  /// Set while the office looks at the League as this person.
  package let acting: Acting?
  package let now: Instant
  package let zone: LeagueZone

  package init(
    person: Person.ID? = nil, name: String = "", roles: [Role] = [], formToken: String = "", theme: Theme = .system,
    hasKeys: Bool = true, unread: Int = 0, owesSecondFactor: Bool = false, acting: Acting? = nil, now: Instant,
    zone: LeagueZone = .newYork
  ) {
    self.person = person
    self.name = name
    self.roles = roles
    self.formToken = formToken
    self.theme = theme
    self.hasKeys = hasKeys
    self.unread = unread
    self.owesSecondFactor = owesSecondFactor
    self.acting = acting
    self.now = now
    self.zone = zone
  }

  package static func visitor(now: Instant, zone: LeagueZone = .newYork) -> Viewer { Viewer(now: now, zone: zone) }
}

/// Light, dark, or what the reader's system says.
package enum Theme: String, Sendable, CaseIterable { case system, light, dark }

// MARK: what a viewer may do

extension Viewer {
  package var isSignedIn: Bool { person != nil }
  package var isOffice: Bool { roles.contains { $0.kind == .office } }

  /// The states whose liaison this is, by postal code.
  package var liaisonStates: [String] { roles.filter { $0.kind == .liaison }.compactMap(\.state) }

  /// Every school that the person belongs to now.
  package var schools: [School.ID] {
    var seen: Set<School.ID> = []
    return roles.compactMap(\.school).filter { seen.insert($0).inserted }
  }

  /// The school that "a school like mine" means: the first member school, else the first.
  package var homeSchool: Role? {
    roles.first { $0.school != nil && $0.schoolIsMember } ?? roles.first { $0.school != nil }
  }

  /// May read what members share and take part: educators and leads of member schools, liaisons, the office.
  package var isMember: Bool { roles.contains { $0.kind == .office || $0.kind == .liaison || $0.schoolIsMember } }

  /// May add what a member school does: its ideas, trials and projects. A liaison or the office has no school to add for.
  package var mayAddForSchool: Bool { roles.contains { $0.school != nil && $0.schoolIsMember } }

  package func belongs(to school: School.ID) -> Bool { roles.contains { $0.school == school } }
  package func leads(_ school: School.ID) -> Bool { roles.contains { $0.kind == .lead && $0.school == school } }
  package func mayManage(_ school: School.ID, in state: String) -> Bool {
    isOffice || leads(school) || liaisonStates.contains(state)
  }
}

/// A right that a person holds for a term: at a school, for a state, or in the office.
package struct Role: Sendable, Equatable {
  package enum Kind: String, Sendable, CaseIterable { case educator, lead, liaison, office }

  package let kind: Kind
  /// Set for educators and leads.
  package let school: School.ID?
  package let schoolName: String
  /// Whether that school is an active member of the League.
  package let schoolIsMember: Bool
  /// Postal code of the state; set for liaisons.
  package let state: String?

  /// Rights over others' data, which an emailed code alone does not open.
  var needsSecondFactor: Bool { kind == .office || kind == .liaison }

  package init(
    _ kind: Kind, school: School.ID? = nil, schoolName: String = "", schoolIsMember: Bool = false, state: String? = nil
  ) {
    self.kind = kind
    self.school = school
    self.schoolName = schoolName
    self.schoolIsMember = schoolIsMember
    self.state = state
  }
}
