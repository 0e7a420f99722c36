import Storage

/// Invented ideas, told in the vocabulary's sentences; each belongs to somebody of a member school.
struct LargeWorldIdeas {
  let size: LargeWorldSize
  let people: LargeWorldPeople
  let taxonomy: Taxonomy
  let now: Instant
  let today: CalendarDate

  static func id(_ number: Int) -> Idea.ID { Idea.ID("idea-\(padded(number, 5))") }

  static func title(_ number: Int) -> String {
    var numbers = LargeWorldNumbers(.idea, number)
    return LargeWorldWords.title(&numbers)
  }

  func owner(_ number: Int) -> Int { people.member(number * 37) }

  func add(_ wanted: Range<Int>, to db: any Transaction) throws {
    for number in wanted {
      var numbers = LargeWorldNumbers(.idea, number)
      let owner = owner(number)
      // Nearly all have been read again within the year; the last days of the span are the newest ideas.
      let age = Span.days(1 + (size.ideas - number) * 380 / max(1, size.ideas))
      let content = content(&numbers)
      try IdeaStore(db: db).add(
        content,
        IdeaStore.Origin(
          id: Self.id(number), school: LargeWorldSchools.id(people.school(of: owner)),
          owner: LargeWorldPeople.id(owner), submission: "idea-\(number)",
          adaptedFrom: number % 10 == 9 ? Self.id(number - 7) : nil,
          adaptation: number % 10 == 9 ? LargeWorldWords.sentence(&numbers) : "", now: now - age,
          today: today.adding(days: -age.wholeDays)))
    }
  }

  private func content(_ numbers: inout LargeWorldNumbers) -> IdeaContent {
    var content = IdeaContent(
      title: LargeWorldWords.title(&numbers), summary: LargeWorldWords.sentence(&numbers),
      problem: LargeWorldWords.paragraphs(2, &numbers), practice: LargeWorldWords.paragraphs(3, &numbers),
      effort: Effort.allCases[numbers.whole(0...Effort.allCases.count - 1)],
      grades: GradeSpan(low: numbers.whole(6...9), high: numbers.whole(9...12)) ?? .all)
    content.core = [LargeWorldWords.sentence(&numbers), LargeWorldWords.sentence(&numbers)]
    content.adaptable = [LargeWorldWords.sentence(&numbers)]
    content.conditions = [LargeWorldWords.sentence(&numbers)]
    content.cost = YearlyCost(low: 0, high: 100 * numbers.whole(0...40))
    content.topics = Set([numbers.one(taxonomy.topics.map(\.key)), numbers.one(taxonomy.topics.map(\.key))]).sorted()
    content.subjects = [numbers.one(taxonomy.subjects.map(\.key))]
    return content
  }
}
