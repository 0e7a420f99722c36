import Storage

/// Gathers what a school does, through the stores of each feature.
struct SchoolWorkStore {
  let db: any Transaction

  /// - Parameter predecessors: schools whose place it took; what is said about them belongs here.
  func work(of school: School.ID, before predecessors: [School.ID], for viewer: Viewer) throws -> SchoolWork {
    let most = SchoolWork.most
    var work = SchoolWork()
    work.ideas = try IdeaListStore(db: db).ideas(of: school, limit: most)
    work.trials = try TrialListStore(db: db).trials(by: school, limit: most)
    if viewer.isMember {
      let people = try ProfileStore(db: db).list(ProfileStore.Search(school: school), for: viewer, limit: most + 1)
      work.people = Array(people.prefix(most))
      work.hasMorePeople = people.count > most
    }
    work.discussions = try DiscussionStore(db: db).about(
      .school, ([school] + predecessors).map(\.description), for: viewer)
    return work
  }
}
