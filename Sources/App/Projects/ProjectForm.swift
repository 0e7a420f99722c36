/// What was typed about a project. The first form asks for the title and the aim; the rest can come later.
struct ProjectForm: Sendable, Equatable {
  var title = ""
  var aim = ""
  var population = ""
  var measure = ""
  var from = ""
  var to = ""
  var by = ""
  var questions = ""
  var visibility = Project.Visibility.school
  var school = ""
  var submission = ""
  var version = 0
  /// Whether it waits for its beginning.
  var isPlanned = false
  /// Why the aim is another one.
  var why = ""

  init(submission: String) { self.submission = submission }

  init(_ fields: Fields) {
    title = oneLine(fields["title"])
    aim = fields["aim"]
    population = oneLine(fields["population"])
    measure = oneLine(fields["measure"])
    from = oneLine(fields["from"])
    to = oneLine(fields["to"])
    by = fields["by"]
    questions = fields["questions"]
    visibility = Project.Visibility(rawValue: fields["visibility"]) ?? .school
    school = fields["school"]
    submission = fields["submission"]
    version = fields.integer("version") ?? 0
    isPlanned = fields["state"] == Project.State.planned.rawValue
    why = oneLine(fields["why"])
  }

  init(_ project: Project) {
    title = project.title
    aim = project.aim.words
    population = project.aim.population
    measure = project.aim.measure
    from = project.aim.from
    to = project.aim.to
    by = project.aim.by?.description ?? ""
    questions = project.questions
    visibility = project.visibility
    version = project.version
  }

  static let order = ["title", "aim", "measure", "population", "from", "to", "by", "why", "questions"]

  /// - Throws: `Refusal.invalid`, naming each field and what to do about it.
  /// - Parameter held: the aim that changes only with a reason, once a value stands.
  func checked(held: Project.Aim? = nil) throws(Refusal) -> Project.Aim {
    var check = FormCheck()
    check.words("title", title, 3...150, "Give the project a title that colleagues recognise.")
    check.words("aim", aim, 10...1000, "Say in a sentence what shall be better, for whom and by when.")
    check.optionalWords("population", population, limit: 300)
    check.optionalWords("measure", measure, limit: 150)
    check.optionalWords("from", from, limit: 60)
    check.optionalWords("to", to, limit: 60)
    check.optionalWords("questions", questions, limit: 2000)
    let day = by.isEmpty ? nil : check.date("by", by, "")
    let new = Project.Aim(words: aim, population: population, measure: measure, from: from, to: to, by: day)
    if let held, held != new {
      check.words(
        "why", why, 10...500, "Values stand already: say why the aim changes. The one before stays to be seen.")
    } else {
      check.optionalWords("why", why, limit: 500)
    }
    try check.finish()
    return new
  }
}
