import Storage

/// The demonstration's ideas with their pasts, under their keys as ids.
struct DemoIdeas {
  let db: any Transaction
  let files: DemoFiles
  let calendar: DemoCalendar

  func load() throws {
    // Parents first: an idea may only be adapted from one that is there.
    var waiting = files.ideas
    var known: Set<String> = []
    while !waiting.isEmpty {
      let ready = waiting.filter { $0.adaptedFrom.map(known.contains) ?? true }
      guard !ready.isEmpty else {
        throw SettingsError(description: "Data/demo/ideas.json: an idea's parent is missing")
      }
      for idea in ready { try add(idea) }
      known.formUnion(ready.map(\.key))
      waiting.removeAll { known.contains($0.key) }
    }
  }

  private func add(_ idea: DemoIdea) throws {
    let (store, id) = (IdeaStore(db: db), Idea.ID(idea.key))
    let contents = try history(of: idea)
    let created = try calendar.date(idea.created)
    try store.add(
      contents[0],
      IdeaStore.Origin(
        id: id, school: School.ID(idea.school), owner: Person.ID(idea.person), submission: idea.key,
        adaptedFrom: idea.adaptedFrom.map { Idea.ID($0) }, adaptation: idea.adaptation ?? "",
        now: try calendar.moment(idea.created), today: created))
    for (number, version) in idea.versions.enumerated() {
      try store.change(
        id, to: contents[number + 1], basis: number + 1, by: Person.ID(idea.person), note: version.note,
        now: try calendar.moment(version.until), today: try calendar.date(version.until))
    }
    try review(idea, id)
  }

  private func review(_ idea: DemoIdea, _ id: Idea.ID) throws {
    let store = IdeaStore(db: db)
    if idea.reviewed > (idea.versions.last?.until ?? idea.created) {
      try store.review(
        id, .verified, reason: "", by: Person.ID(idea.person), reviewID: "\(idea.key)-verified",
        now: try calendar.moment(idea.reviewed), today: try calendar.date(idea.reviewed))
    }
    if let outdated = idea.outdated {
      try store.review(
        id, .outdated, reason: outdated.reason, by: Person.ID(outdated.by), reviewID: "\(idea.key)-outdated",
        now: try calendar.moment(outdated.on), today: try calendar.date(outdated.on))
    }
  }

  /// Every version's content, the oldest first.
  private func history(of idea: DemoIdea) throws -> [IdeaContent] {
    var contents = [try content(of: idea)]
    for version in idea.versions.reversed() {
      var older = contents[0]
      let fields = version.fields
      if let title = fields.title { older.title = title }
      if let summary = fields.summary { older.summary = summary }
      if let problem = fields.problem { older.problem = problem }
      if let practice = fields.whatToDo { older.practice = practice }
      if let core = fields.core { older.core = core }
      if let adaptable = fields.adapt { older.adaptable = adaptable }
      if let conditions = fields.conditions { older.conditions = conditions }
      contents.insert(older, at: 0)
    }
    return contents
  }

  private func content(of idea: DemoIdea) throws -> IdeaContent {
    guard let effort = Effort(rawValue: idea.effort.band),
      let grades = GradeSpan(low: idea.gradeLow, high: idea.gradeHigh)
    else { throw SettingsError(description: "Data/demo/ideas.json, \(idea.key): effort or grades are none") }
    var content = IdeaContent(
      title: idea.title, summary: idea.summary, problem: idea.problem, practice: idea.whatToDo, effort: effort,
      grades: grades)
    (content.core, content.adaptable, content.conditions) = (idea.core, idea.adapt, idea.conditions)
    content.effortWords = idea.effort.words
    content.cost = YearlyCost(low: idea.cost.low, high: idea.cost.high, words: idea.cost.words ?? "")
    (content.topics, content.subjects) = (idea.topics, idea.subjects)
    return content
  }
}
