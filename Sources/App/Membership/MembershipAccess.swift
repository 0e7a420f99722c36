/// On whose word somebody may act on a school's membership.
enum MembershipAccess {
  /// Nil for everybody who has nothing to do with it: to them it does not exist.
  ///
  /// Whoever began has a say until the school is a member; from then on its leads have.
  static func party(of viewer: Viewer, in membership: Membership) -> MembershipParty? {
    if viewer.isOffice { return .office }
    if viewer.leads(membership.school) { return .school }
    if viewer.liaisonStates.contains(membership.schoolState) { return .liaison }
    let begun = ![.active, .inactive].contains(membership.state) && viewer.person != nil
    return begun && membership.startedBy == viewer.person ? .school : nil
  }
}
