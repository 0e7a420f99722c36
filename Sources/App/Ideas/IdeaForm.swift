/// What a person typed about an idea, exactly as typed; `checked()` is the only way from here to the store.
struct IdeaForm: Sendable, Equatable {
  var title = ""
  var summary = ""
  var problem = ""
  var practice = ""
  /// One item a line.
  var core = ""
  var adaptable = ""
  var conditions = ""
  var effort = ""
  var effortWords = ""
  var costLow = ""
  var costHigh = ""
  var costWords = ""
  var gradeLow = ""
  var gradeHigh = ""
  var topics: [String] = []
  var subjects: [String] = []
  /// The school that it belongs to, one of the author's.
  var school = ""
  /// The idea it was made from, and what was changed.
  var adaptedFrom = ""
  var adaptation = ""
  /// What was changed from the version before, and why.
  var note = ""
  /// The version that was on the screen when the change began.
  var basis = ""
  /// Given by the page; a form that is sent twice bears the same one.
  var submission = ""

  static let order = [
    "title", "summary", "problem", "practice", "core", "adaptable", "conditions", "effort", "effort_words", "cost_low",
    "cost_high", "cost_words", "grade_low", "grade_high", "topic", "subject", "school", "adaptation", "note",
  ]
}

extension IdeaForm {
  init(_ fields: Fields) {
    title = fields["title"]
    summary = fields["summary"]
    problem = fields["problem"]
    practice = fields["practice"]
    core = fields["core"]
    adaptable = fields["adaptable"]
    conditions = fields["conditions"]
    effort = fields["effort"]
    effortWords = fields["effort_words"]
    costLow = fields["cost_low"]
    costHigh = fields["cost_high"]
    costWords = fields["cost_words"]
    gradeLow = fields["grade_low"]
    gradeHigh = fields["grade_high"]
    topics = fields.all("topic").filter { !$0.isEmpty }
    subjects = fields.all("subject").filter { !$0.isEmpty }
    school = fields["school"]
    adaptedFrom = fields["from"]
    adaptation = fields["adaptation"]
    note = fields["note"]
    basis = fields["basis"]
    submission = fields["submission"]
  }

  init(_ content: IdeaContent) {
    title = content.title
    summary = content.summary
    problem = content.problem
    practice = content.practice
    core = content.core.joined(separator: "\n")
    adaptable = content.adaptable.joined(separator: "\n")
    conditions = content.conditions.joined(separator: "\n")
    effort = content.effort.rawValue
    effortWords = content.effortWords
    costLow = content.cost.low.map(String.init) ?? ""
    costHigh = content.cost.high.map(String.init) ?? ""
    costWords = content.cost.words
    gradeLow = String(content.grades.low)
    gradeHigh = String(content.grades.high)
    topics = content.topics
    subjects = content.subjects
  }
}

extension IdeaForm {
  /// - Throws: `Refusal.invalid`, naming each field and what to do about it.
  func checked(_ taxonomy: Taxonomy) throws(Refusal) -> IdeaContent {
    var check = FormCheck()
    check.words("title", title, 12...160, "Give the idea a title: a sentence that says what is done.")
    check.words("summary", summary, 20...400, "Say in a sentence or two what happens.")
    check.words("problem", problem, 20...Self.longest, "Say what made you look for this: what was going wrong?")
    check.words(
      "practice", practice, 40...Self.longest, "Say what to do, step by step, so that a stranger could do it.")
    let lists = [("core", core), ("adaptable", adaptable), ("conditions", conditions)].map { check.list($0.0, $0.1) }
    let band = check.choice("effort", Effort(rawValue: effort), "Say how much work it is.")
    check.optionalWords("effort_words", effortWords, limit: 200)
    let cost = check.cost(low: costLow, high: costHigh)
    check.optionalWords("cost_words", costWords, limit: 200)
    let grades = check.grades(low: gradeLow, high: gradeHigh)
    if topics.isEmpty { check["topic"] = "Choose at least one topic, so that others find it." }
    if topics.count > 6 { check["topic"] = "Choose at most six topics: the ones it is really about." }
    if !topics.allSatisfy(taxonomy.hasTopic) {
      check["topic"] = "One of these topics is not on the list. Choose again."
    }
    if !subjects.allSatisfy(taxonomy.hasSubject) {
      check["subject"] = "One of these subjects is not on the list. Choose again."
    }
    check.optionalWords("adaptation", adaptation, limit: 1000)
    check.optionalWords("note", note, limit: 500)
    try check.finish()
    guard let band, let grades else { throw .invalid([:]) }
    var content = IdeaContent(
      title: title, summary: summary, problem: problem, practice: practice, effort: band, grades: grades)
    (content.core, content.adaptable, content.conditions) = (lists[0], lists[1], lists[2])
    content.effortWords = effortWords
    content.cost = YearlyCost(low: cost.low, high: cost.high, words: costWords)
    content.topics = Self.unique(topics)
    content.subjects = Self.unique(subjects)
    return content
  }

  /// Characters of a long text.
  static let longest = 20_000

  private static func unique(_ keys: [String]) -> [String] {
    var seen: Set<String> = []
    return keys.filter { seen.insert($0).inserted }
  }
}

extension FormCheck {
  fileprivate mutating func cost(low: String, high: String) -> (low: Int?, high: Int?) {
    let least = dollars("cost_low", low)
    let most = dollars("cost_high", high)
    if let least, let most, least > most {
      self["cost_high"] = "The most it costs cannot be less than the least (\(grouped(least)))."
    }
    return (least, most)
  }

  private mutating func dollars(_ name: String, _ typed: String) -> Int? {
    let digits = typed.filter { $0 != "," && $0 != "$" && $0 != " " }
    if digits.isEmpty { return nil }
    if let value = Int(digits), (0...1_000_000).contains(value) { return value }
    self[name] = "Write whole dollars, such as 500, or leave it empty."
    return nil
  }

  fileprivate mutating func grades(low: String, high: String) -> GradeSpan? {
    guard let from = Int(low), (6...12).contains(from) else {
      self["grade_low"] = "Choose the lowest grade that it is for."
      return nil
    }
    guard let to = Int(high), let span = GradeSpan(low: from, high: to) else {
      self["grade_high"] = "Choose the highest grade: grade \(from) or above."
      return nil
    }
    return span
  }
}
