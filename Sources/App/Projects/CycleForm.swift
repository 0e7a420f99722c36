/// What was typed to plan a cycle.
struct CycleForm: Sendable, Equatable {
  var question = ""
  var plan = ""
  var who = ""
  var starts = ""
  var study = ""
  var follows = ""
  var measure = ""
  /// An idea of the library that stands in the diagram; may be empty.
  var idea = ""
  var prediction = PredictionForm()
  var submission = ""

  init(submission: String, follows: String = "") {
    self.submission = submission
    self.follows = follows
  }

  /// What was planned, to be changed while nothing locks it. The prediction is amended on a page of its own.
  init(_ cycle: Cycle) {
    question = cycle.question
    plan = cycle.plan
    who = cycle.who
    starts = cycle.starts.description
    study = cycle.study.description
    follows = cycle.follows?.description ?? ""
    measure = cycle.measure ?? ""
    idea = cycle.idea?.description ?? ""
  }

  /// By which it is seen whether somebody else changed the plan meanwhile (FNV-1a, 64 bits; no secret rests on it).
  var stamp: String {
    let words = [question, plan, who, starts, study, follows, measure, idea].joined(separator: "\u{1F}")
    let hash = words.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return String(hash, radix: 36)
  }

  init(_ fields: Fields) {
    question = oneLine(fields["question"])
    plan = fields["plan"]
    who = oneLine(fields["who"])
    starts = fields["starts"]
    study = fields["study"]
    follows = fields["follows"]
    measure = fields["measure"]
    idea = fields["idea"]
    prediction = PredictionForm(fields)
    submission = fields["submission"]
  }

  static let order = ["question", "plan", "who", "starts", "study"] + PredictionForm.order

  /// A plan that is right.
  struct Plan: Sendable {
    let starts: CalendarDate
    let study: CalendarDate
    let prediction: Cycle.Prediction
  }

  /// - Throws: `Refusal.invalid`, naming each field and what to do about it.
  func checked() throws(Refusal) -> Plan {
    var check = FormCheck()
    let days = read(&check)
    let said = prediction.read(&check)
    try check.finish()
    guard let days, let said else { throw .invalid([:]) }
    return Plan(starts: days.starts, study: days.study, prediction: said)
  }

  /// The plan without its prediction.
  ///
  /// - Throws: `Refusal.invalid`, naming each field and what to do about it.
  func checkedPlan() throws(Refusal) -> (starts: CalendarDate, study: CalendarDate) {
    var check = FormCheck()
    let days = read(&check)
    try check.finish()
    guard let days else { throw .invalid([:]) }
    return days
  }

  private func read(_ check: inout FormCheck) -> (starts: CalendarDate, study: CalendarDate)? {
    check.words("question", question, 5...300, "Ask what this cycle shall answer.")
    check.optionalWords("plan", plan, limit: 3000)
    check.optionalWords("who", who, limit: 200)
    let begins = check.date("starts", starts, "Say on which day it begins.")
    let ends = check.date("study", study, "Say by which day you will look at the data.")
    guard let begins, let ends else { return nil }
    if ends < begins { check["study"] = "The study cannot come before the beginning." }
    return (begins, ends)
  }
}

/// What was typed as a prediction.
struct PredictionForm: Sendable, Equatable {
  var direction = ""
  var size = ""
  var probability = ""
  var words = ""
  var why = ""

  init() {}

  init(_ fields: Fields) {
    direction = fields["direction"]
    size = fields["size"]
    probability = fields["probability"]
    words = oneLine(fields["words"])
    why = oneLine(fields["why"])
  }

  init(_ said: Cycle.Prediction) {
    direction = said.direction.rawValue
    size = String(said.size)
    probability = String(said.probability)
    words = said.words
  }

  static let order = ["direction", "size", "probability", "words", "why"]

  func read(_ check: inout FormCheck) -> Cycle.Prediction? {
    let way = check.choice(
      "direction", Registration.Prediction.Direction(rawValue: direction), "Say which way you expect it to go.")
    let least = check.number(
      "size", size, in: 1e-6...1e9, "Write the smallest difference that would count, above 0, in units of the measure.")
    let sure = check.count("probability", probability, in: 5...95, "Say how sure you are: 5 to 95 in 100.")
    check.optionalWords("words", words, limit: 300)
    guard let way, let least, let sure else { return nil }
    return Cycle.Prediction(direction: way, size: least, probability: sure, words: words)
  }

  /// - Throws: `Refusal.invalid` when the reason or a part is missing.
  func amended() throws(Refusal) -> Cycle.Prediction {
    var check = FormCheck()
    var said = read(&check)
    check.words("why", why, 10...500, "Say why: the prediction before stays to be seen.")
    try check.finish()
    said?.why = why
    guard let said else { throw .invalid([:]) }
    return said
  }
}

/// What a plan may choose among.
struct CycleChoices: Sendable, Equatable {
  var cycles: [Cycle] = []
  var measures: [Option] = []
  var ideas: [Option] = []

  /// - Parameter cycle: the one whose plan is changed; what it names already may stay.
  /// - Throws: `Refusal.invalid` for what cannot be chosen.
  func check(_ form: CycleForm, of cycle: Cycle? = nil) throws(Refusal) {
    guard
      form.measure.isEmpty || form.measure == cycle?.measure || measures.contains(where: { $0.value == form.measure })
    else { throw .invalid(["measure": "Choose a measure of the project, or of its schools."]) }
    guard form.idea.isEmpty || form.idea == cycle?.idea?.description || ideas.contains(where: { $0.value == form.idea })
    else { throw .invalid(["idea": "Choose an idea that stands in the driver diagram."]) }
  }
}
