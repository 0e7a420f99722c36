/// What a person typed to report a trial, exactly as typed.
struct ReportForm: Sendable, Equatable {
  var shape = Outcome.Shape.counts
  /// `before_x`, `other_after_sd` and so on, as typed.
  var cells: [String: String] = [:]
  var correlation = ""
  var baselinePoints = ""
  /// Of a series: how many students could be counted each time.
  var students = ""
  var sameStudents = false
  var alreadyImproving = false
  var chosenAtWorst = false
  var balancingWorse = false
  var changed = ""
  var happened = ""
  var again = ""
  /// Why it is corrected.
  var why = ""

  static let groups = ["before", "after", "other_before", "other_after"]

  static let cellNames = groups.flatMap { group in ["x", "n", "mean", "sd"].map { "\(group)_\($0)" } }

  static let order = cellNames + ["correlation", "baseline_points", "students", "changed", "happened", "again", "why"]
}

extension ReportForm {
  init(_ fields: Fields) {
    shape = Outcome.Shape(rawValue: fields["shape"]) ?? .counts
    for name in Self.cellNames where !fields[name].isEmpty { cells[name] = fields[name] }
    correlation = fields["correlation"]
    baselinePoints = fields["baseline_points"]
    students = fields["students"]
    sameStudents = fields.has("same_students")
    alreadyImproving = fields.has("already_improving")
    chosenAtWorst = fields.has("chosen_at_worst")
    balancingWorse = fields.has("balancing_worse")
    changed = fields["changed"]
    happened = fields["happened"]
    again = fields["again"]
    why = fields["why"]
  }

  /// The report that stands, to be corrected.
  init(_ report: TrialReport) {
    shape = report.outcome.shape
    changed = report.story.changed
    happened = report.story.happened
    again = report.story.again
    let known = report.outcome.circumstances
    sameStudents = known.sameStudents
    alreadyImproving = known.alreadyImproving
    chosenAtWorst = known.chosenAtWorst
    balancingWorse = known.balancingWorse
    baselinePoints = known.baselinePoints == 1 ? "" : String(known.baselinePoints)
    switch report.outcome {
    case .experience: break
    case .series(let series, _): students = series.students.map(String.init) ?? ""
    case .counts(let groups, _):
      for (name, count) in zip(Self.groups, [groups.before, groups.after, groups.otherBefore, groups.otherAfter]) {
        cells["\(name)_x"] = count.map { String($0.x) }
        cells["\(name)_n"] = count.map { String($0.n) }
      }
    case .means(let groups, let correlation, _):
      self.correlation = correlation.map(FindingWords.plain) ?? ""
      for (name, mean) in zip(Self.groups, [groups.before, groups.after, groups.otherBefore, groups.otherAfter]) {
        cells["\(name)_n"] = mean.map { String($0.n) }
        cells["\(name)_mean"] = mean.map { String($0.mean) }
        cells["\(name)_sd"] = mean.map { String($0.sd) }
      }
    }
  }

  /// The same form with another reason, so that a form sent twice can be known again.
  func with(why: String) -> ReportForm {
    var other = self
    other.why = why
    return other
  }

  func cell(_ name: String) -> String { cells[name] ?? "" }

  /// - Parameters:
  ///   - isCorrection: then a reason is asked for.
  ///   - series: read from the measure, for a report of that shape.
  /// - Throws: `Refusal.invalid`, naming each field and what to do about it.
  func checked(
    _ registration: Registration, isCorrection: Bool, series: TrialSeries? = nil
  ) throws(Refusal) -> TrialReport {
    var check = FormCheck()
    let outcome = series.map { self.outcome(of: $0, &check) } ?? self.outcome(registration, &check)
    check.optionalWords("changed", changed, limit: IdeaForm.longest)
    check.words("happened", happened, 20...IdeaForm.longest, "Tell what happened, in your own words.")
    check.optionalWords("again", again, limit: IdeaForm.longest)
    if isCorrection { check.words("why", why, 10...500, "Say what was wrong before: the old figures stay to be seen.") }
    try check.finish()
    guard let outcome else { throw .invalid([:]) }
    var report = TrialReport(
      outcome: outcome, story: .init(changed: changed, happened: happened, again: again))
    report.why = why
    return report
  }

  private func outcome(_ registration: Registration, _ check: inout FormCheck) -> Outcome? {
    switch shape {
    case .experience, .series: return .experience
    case .counts:
      let known = circumstances(&check)
      return groups(registration, &check) { count($0, required: $1, &$2) }.map { .counts($0, known) }
    case .means:
      let known = circumstances(&check)
      let correlation = check.number(
        "correlation", self.correlation, in: -0.999...0.999, required: false,
        "Write the correlation as a number between −1 and 1, or leave it empty.")
      return groups(registration, &check) { mean($0, required: $1, &$2) }.map {
        .means($0, correlation: correlation, known)
      }
    }
  }

  /// The values are the measure's; only what nobody can compute is asked.
  func outcome(of series: TrialSeries, _ check: inout FormCheck) -> Outcome {
    let size = check.count(
      "students", students, in: 1...1_000_000, required: false,
      "Write how many students could be counted each time, or leave it empty.")
    return .series(
      series.with(students: size),
      Outcome.Circumstances(
        baselinePoints: max(1, min(1000, series.before.count)), chosenAtWorst: chosenAtWorst,
        balancingWorse: balancingWorse))
  }

  private func circumstances(_ check: inout FormCheck) -> Outcome.Circumstances {
    let points = check.count(
      "baseline_points", baselinePoints, in: 1...1000, required: false,
      "Write how many times it was measured before, 1 or more.")
    return Outcome.Circumstances(
      sameStudents: sameStudents, baselinePoints: points ?? 1, alreadyImproving: alreadyImproving,
      chosenAtWorst: chosenAtWorst, balancingWorse: balancingWorse)
  }

  /// The comparison group is asked for where one was registered, and taken where one is given.
  private func groups<Value>(
    _ registration: Registration, _ check: inout FormCheck,
    _ read: (String, Bool, inout FormCheck) -> Value?
  ) -> Outcome.Groups<Value>? {
    let before = read("before", true, &check)
    let after = read("after", true, &check)
    let otherAfter = read("other_after", registration.comparison == .group, &check)
    let otherBefore = read("other_before", false, &check)
    if otherBefore != nil, otherAfter == nil, check.problems.isEmpty {
      check["other_after_n"] = "The comparison group has figures before and none after. Add them, or leave both empty."
    }
    guard let before, let after else { return nil }
    return Outcome.Groups(before: before, after: after, otherBefore: otherBefore, otherAfter: otherAfter)
  }

  private func count(_ group: String, required: Bool, _ check: inout FormCheck) -> Outcome.Count? {
    guard isTouched(group, ["x", "n"], required) else { return nil }
    let n = check.count(
      "\(group)_n", cell("\(group)_n"), in: 1...1_000_000, "Write how many students there were in all.")
    let x = check.count("\(group)_x", cell("\(group)_x"), in: 0...1_000_000, "Write how many of them, 0 or more.")
    guard let n, let x else { return nil }
    if x > n {
      check["\(group)_x"] = "That is more than there were in all (\(grouped(n)))."
      return nil
    }
    return Outcome.Count(x: x, n: n)
  }

  private func mean(_ group: String, required: Bool, _ check: inout FormCheck) -> Outcome.Mean? {
    guard isTouched(group, ["n", "mean", "sd"], required) else { return nil }
    let n = check.count(
      "\(group)_n", cell("\(group)_n"), in: 2...1_000_000, "Write how many students there were, 2 or more.")
    let mean = check.number("\(group)_mean", cell("\(group)_mean"), in: -1e9...1e9, "Write the mean as a number.")
    let sd = check.number(
      "\(group)_sd", cell("\(group)_sd"), in: 1e-9...1e9, "Write the standard deviation: a number above 0.")
    guard let n, let mean, let sd else { return nil }
    return Outcome.Mean(n: n, mean: mean, sd: sd)
  }

  private func isTouched(_ group: String, _ parts: [String], _ required: Bool) -> Bool {
    required || parts.contains { !cell("\(group)_\($0)").isEmpty }
  }
}
