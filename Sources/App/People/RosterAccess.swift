import Storage

/// Who may look after a school's roster: its leads, the liaison of its state, the office.
enum RosterAccess {
  /// - Throws: `Refusal.notFound` to all who may not manage this very school.
  static func school(_ id: School.ID, for viewer: Viewer, _ db: any Transaction) throws -> School {
    let school = try SchoolStore(db: db).find(id).orRefuse(.notFound)
    guard viewer.mayManage(id, in: school.state) else { throw Refusal.notFound }
    return school
  }
}
