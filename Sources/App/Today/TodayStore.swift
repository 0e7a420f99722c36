import Storage

/// Gathers what waits for a person and what is new to them, through the stores of each feature.
struct TodayStore {
  let db: any Transaction

  func today(for viewer: Viewer) throws -> Today {
    var today = Today()
    today.beginning = beginning(viewer)
    today.waiting = try MembershipDuties(db: db).all(for: viewer)
    return today
  }

  private func beginning(_ viewer: Viewer) -> Today.Beginning? {
    if viewer.isMember { return nil }
    guard let role = viewer.homeSchool, let school = role.school else { return .findSchool }
    return .schoolIsNoMember(school, name: role.schoolName)
  }
}
