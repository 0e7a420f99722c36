import Storage

extension Site {
  /// Every released step of the schema, in order. A step never changes once it is on main; a new one is added below.
  package static let migrations: [Migration] = [
    people,
    schools,
    roles,
    membership,
    ideas,
    trials,
    discussion,
    search,
    projects,
    measures,
    speed,
    safety,
    mail,
    ownData,
    trialsOfProjects,
    projectsHeld,
    following,
    operations,
    letters,
    replies,
    limits,
    searchByKind,
    measuresHeld,
    ideaOwners,
    freshProof,
    valuesMoved,
    measuresRenamed,
    groupsOfValues,
    projectHistory,
    concernAnswers,
  ]
}
