/// What was changed of a measure itself: its name, or whether it is being taken.
struct MeasureChange: Sendable, Equatable {
  enum Kind: String, Sendable {
    case name
    /// Nobody is asked for values any more; all that was entered stays.
    case rest
    case `return`
  }

  let kind: Kind
  let at: Instant
  let by: String
  var oldName = ""
  var newName = ""
  var why = ""

  static let rests = "This measure rests. Take it up again first, then save."
}

/// Another name for a measure, exactly as typed.
struct MeasureNameForm: Sendable, Equatable {
  var name = ""
  var why = ""
  /// The name that stood when the form was opened.
  var basis = ""

  static let order = ["name", "why"]

  init(_ measure: Measure) { (name, basis) = (measure.name, measure.name) }

  init(_ fields: Fields) { (name, why, basis) = (oneLine(fields["name"]), fields["why"], fields["basis"]) }

  /// - Throws: `Refusal.invalid`, naming each field and what to do about it.
  func checked() throws(Refusal) {
    var check = FormCheck()
    check.words("name", name, 3...80, "Name what is measured: “On time to first class”.")
    check.optionalWords("why", why, limit: 300)
    if name == basis { check["name"] = "That is its name already." }
    try check.finish()
  }
}
