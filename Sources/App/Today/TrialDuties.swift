import Storage

/// What a person's trials and ideas ask of them.
struct TrialDuties {
  let db: any Transaction

  /// How long before its day a report is called for.
  static let notice = 14

  /// Reports that are owed, the longest overdue first, then those that are due soon.
  func reports(of person: Person.ID, today: CalendarDate) throws -> [Today.Item] {
    let trials = TrialListStore(db: db)
    let soon = try trials.running(of: person, on: today).filter { $0.due <= today.adding(days: Self.notice) }
    return try trials.overdue(of: person, on: today).map { report($0, "was due \($0.due.spoken)") }
      + soon.map { report($0, $0.due == today ? "due today" : "due \($0.due.spoken)") }
  }

  /// Ideas of the person's own that nobody has looked at for too long.
  func reviews(by person: Person.ID, today: CalendarDate) throws -> [Today.Item] {
    try IdeaListStore(db: db).reviewsOwed(by: person, on: today).map(review)
  }

  /// Trials that run and are not called for yet.
  func running(of person: Person.ID, today: CalendarDate) throws -> [Today.Running] {
    try TrialListStore(db: db).running(of: person, on: today, limit: Today.most)
      .filter { $0.due > today.adding(days: Self.notice) }
      .map { Today.Running(title: $0.ideaTitle, path: "/trials/\($0.id)", due: $0.due) }
  }

  private func report(_ trial: TrialLine, _ tag: String) -> Today.Item {
    Today.Item(
      title: "Report what came of “\(trial.ideaTitle)”", path: "/trials/\(trial.id)/report", tag: tag,
      text: "You said you would count: \(trial.measure). Report what you have, whatever it says.")
  }

  private func review(_ idea: IdeaGlance) -> Today.Item {
    Today.Item(
      title: "Is “\(idea.title)” still right?", path: "/ideas/\(idea.id)", tag: "not checked for a year",
      text: "Read it again and say that it holds, mend it, or mark it as outdated.")
  }
}
