import Storage

/// Gathers what a school does, through the stores of each feature.
struct SchoolWorkStore {
  let db: any Transaction

  func work(of school: School.ID) throws -> SchoolWork {
    SchoolWork(
      ideas: try IdeaListStore(db: db).ideas(of: school, limit: SchoolWork.most),
      trials: try TrialListStore(db: db).trials(by: school, limit: SchoolWork.most))
  }

  /// Those whom the viewer may see: nobody for those who are no members.
  func people(of school: School.ID, for viewer: Viewer) throws -> SchoolPeople {
    guard viewer.isMember else { return SchoolPeople() }
    let most = SchoolWork.most
    let people = try ProfileStore(db: db).list(ProfileStore.Search(school: school), for: viewer, limit: most + 1)
    return SchoolPeople(first: Array(people.prefix(most)), hasMore: people.count > most)
  }
}
