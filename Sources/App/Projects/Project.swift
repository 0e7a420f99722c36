/// What a team of a school wants to make better, and how far it has come.
package struct Project: Identifiable, Sendable, Equatable {
  enum Visibility: String, Sendable, CaseIterable { case team, school, league }
  enum State: String, Sendable, CaseIterable { case planned, active, paused, done }
  enum Decision: String, Sendable, CaseIterable { case adopt, adapt, abandon }

  /// What shall change, for whom, from where to where, by when; in words, since the measure carries the figures.
  struct Aim: Sendable, Equatable {
    let words: String
    var population = ""
    var measure = ""
    var from = ""
    var to = ""
    var by: CalendarDate?
  }

  struct Conclusion: Sendable, Equatable {
    let decision: Decision
    let reason: String
    let at: Instant
  }

  /// What the team says against the computed progress.
  struct Contest: Sendable, Equatable {
    let words: String
    /// Halves: 1 is 0.5, 10 is 5.
    let halves: Int
  }

  package let id: Identifier<Project>
  let school: SchoolGlance
  let title: String
  let aim: Aim
  /// What the team asks itself, one question a line.
  let questions: String
  let visibility: Visibility
  let state: State
  let conclusion: Conclusion?
  let contest: Contest?
  let createdAt: Instant
  let changedAt: Instant
  /// 1 at first, one more with each change.
  let version: Int
  var team: [ProjectMember] = []
  /// Schools beside the one that began it, by name.
  var further: [SchoolGlance] = []

  var furtherSchools: [School.ID] { further.map(\.id) }
  /// All its schools, the one that began it first.
  var schools: [SchoolGlance] { [school] + further }

  package var path: String { "/projects/\(id)" }

  /// The school for which somebody of the team measures: the one that began it, or else their own.
  func own(of viewer: Viewer) -> SchoolGlance { schools.first { viewer.belongs(to: $0.id) } ?? school }

  /// The team works on its project while its people belong to one of its schools: rights end with a term.
  package func mayEdit(_ viewer: Viewer) -> Bool {
    guard let person = viewer.person, schools.contains(where: { viewer.belongs(to: $0.id) }) else { return false }
    return team.contains { $0.person.id == person && ($0.role == .lead || $0.role == .member) }
  }
}

/// Somebody of a project's team.
struct ProjectMember: Sendable, Equatable {
  enum Role: String, Sendable, CaseIterable { case lead, member, coach, viewer }

  let person: Person
  let role: Role
}
