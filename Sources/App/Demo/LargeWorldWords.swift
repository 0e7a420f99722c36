/// The vocabulary of the benchmark world: sentences that mean little and have the lengths and word frequencies of talk.
enum LargeWorldWords {
  static func sentences(_ count: Int, _ numbers: inout LargeWorldNumbers) -> String {
    (0..<count).map { _ in sentence(&numbers) }.joined(separator: " ")
  }

  static func sentence(_ numbers: inout LargeWorldNumbers) -> String {
    "\(numbers.one(subjects)) \(numbers.one(verbs)) \(numbers.one(objects)) \(numbers.one(circumstances))."
  }

  /// Markdown: paragraphs of two to four sentences.
  static func paragraphs(_ count: Int, _ numbers: inout LargeWorldNumbers) -> String {
    (0..<count).map { _ in sentences(numbers.whole(2...4), &numbers) }.joined(separator: "\n\n")
  }

  /// A title as a sentence, without its full stop.
  static func title(_ numbers: inout LargeWorldNumbers) -> String {
    "\(numbers.one(practices)) \(numbers.one(circumstances)) for \(numbers.one(groups))"
  }

  static func question(_ numbers: inout LargeWorldNumbers) -> String {
    "How did \(numbers.one(groups)) take to \(numbers.one(practices).lowercased()) \(numbers.one(circumstances))?"
  }

  static func measure(_ numbers: inout LargeWorldNumbers) -> String {
    "Share of \(numbers.one(groups)) who \(numbers.one(outcomes))"
  }

  static let townBeginnings = [
    "Alder", "Ash", "Beech", "Birch", "Bram", "Cedar", "Clover", "Copper", "Crane", "Dun", "Elder", "Fern", "Flint",
    "Fox", "Gorse", "Grouse", "Hazel", "Heron", "Holly", "Ivy", "Juniper", "Kestrel", "Larch", "Linden", "Maple",
    "Marten", "Moss", "Otter", "Pine", "Plover", "Quarry", "Raven", "Rowan", "Sedge", "Slate", "Sorrel", "Tamarack",
    "Thistle", "Willow", "Wren",
  ]
  static let townEndings = [
    "bury", "brook", "dale", "field", "ford", "ham", "haven", "ley", "mere", "mouth", "stead", "ton", "vale", "wick",
    "worth",
  ]
  static let highSchools = ["High School", "Regional High School", "Academy", "Technical High School", "Senior High"]
  static let middleSchools = ["Middle School", "Junior High School", "Regional Middle School"]

  private static let groups = [
    "ninth-graders", "students who are new to English", "seniors", "first-year algebra classes", "the advisory groups",
    "students with a plan", "families", "new teachers", "eighth-graders", "the science department",
    "students who had been absent", "our mentors", "juniors without a course plan", "the evening program",
  ]
  private static let practices = [
    "Ten-minute conferences", "Retrieval quizzes", "A reading hour", "Exit tickets", "Phone calls home",
    "Peer tutoring", "Double periods of algebra", "Learning walks", "Student-led meetings", "Short cycles of feedback",
    "A later start", "Writing in every subject", "Mixed practice", "Advisory circles", "Internship afternoons",
    "Attendance letters", "Number talks", "Lesson study",
  ]
  private static let subjects = [
    "We", "Our team", "The ninth-grade teachers", "Two of us", "My department", "The advisors", "Students",
    "The counselors", "A colleague from another school", "Families", "The principal", "Nobody here",
    "Half of the staff",
  ]
  private static let verbs = [
    "tried", "stopped", "measured", "kept", "asked about", "shortened", "planned", "discussed", "wrote down",
    "forgot about", "compared", "could not explain", "would repeat", "dropped", "scheduled", "shared",
  ]
  private static let objects = [
    "the weekly conference", "the reading hour", "the exit tickets", "attendance", "the quiz at the start",
    "the calls home", "the new timetable", "the rubric", "the comparison group", "what students said", "the baseline",
    "homework", "the advisory period", "the second cycle", "the tutoring room", "the plan for spring",
    "the feedback form", "the transition days",
  ]
  private static let circumstances = [
    "in the first quarter", "for six weeks", "on Mondays", "before the break", "without extra money",
    "with two sections", "after the snow days", "in grade nine", "with a substitute in the room", "during advisory",
    "in the spring", "at the end of the day", "together with the library", "every other week",
  ]
  private static let outcomes = [
    "passed algebra", "handed in the draft", "missed fewer than five days", "finished a book", "met their advisor",
    "answered the survey", "earned the credit", "took part in the discussion",
  ]
}
