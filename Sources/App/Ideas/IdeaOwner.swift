/// How an idea came from one owner to another.
struct IdeaOwnerChange: Sendable, Equatable {
  /// The new owner did not want it, and the idea went back.
  struct Decline: Sendable, Equatable {
    let at: Instant
    let why: String
  }

  let id: String
  let at: Instant
  let by: Person
  let from: Person
  let to: Person
  let why: String
  let decline: Decline?
}

/// An idea's ownership with all that its page shows.
struct IdeaOwnership: Sendable {
  let idea: Idea
  /// Educators of the idea's school who could own it, without who does.
  let candidates: [Person]
  /// The latest first.
  let changes: [IdeaOwnerChange]

  /// The change by which the viewer became the owner, while they may still decline: as long as the idea can go back.
  func mayDecline(_ viewer: Viewer) -> IdeaOwnerChange? {
    guard let latest = changes.first, latest.decline == nil, latest.to.id == idea.owner.id,
      viewer.person == latest.to.id,
      latest.by.id != latest.from.id || candidates.contains(where: { $0.id == latest.from.id })
    else { return nil }
    return latest
  }
}

extension Idea {
  /// The owner gives it to a colleague, and so may the office, as when the owner has left.
  func mayGiveAway(_ viewer: Viewer) -> Bool {
    guard let person = viewer.person, state == .published else { return false }
    return person == owner.id || viewer.isOffice
  }
}
