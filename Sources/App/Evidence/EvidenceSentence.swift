import Statistics

/// What all trials of an idea say together, in plain words; every word follows from `EvidenceSummary`.
struct EvidenceSentence {
  let evidence: IdeaEvidence

  init(_ evidence: IdeaEvidence) { self.evidence = evidence }

  private var summary: EvidenceSummary { evidence.summary }

  /// The answer: "Nine schools tried it. It probably helps a little, but not everywhere: …"
  var answer: String {
    guard !evidence.reported.isEmpty else { return untried }
    return [tried, found].filter { !$0.isEmpty }.joined(separator: " ")
  }

  private var untried: String {
    if evidence.running.isEmpty && evidence.overdue.isEmpty {
      return "Nobody has tried it yet: a reasoned idea, no more."
    }
    let schools = Set((evidence.running + evidence.overdue).map(\.school.id)).count
    return
      "Nobody has reported yet. \(Self.spelled(schools, capital: true)) \(schools == 1 ? "school is" : "schools are") at it."
  }

  private var tried: String {
    let count = evidence.schoolCount
    return "\(Self.spelled(count, capital: true)) \(count == 1 ? "school" : "schools") tried it."
  }

  private var found: String {
    switch summary.verdict {
    case .rationaleOnly: nothingPooled
    case .oneSchool: "One school's result is one school's result: too early to say for others."
    case .tooEarly: "Two schools with data are too few to say."
    case .promising: "It looks promising: it \(amount) on average, but \(promisingDoubt)."
    case .works: "It \(amount) on average, and a new school may expect it to help there too."
    case .worksOnAverage: "It \(amount) on average, but not everywhere\(range)."
    case .unclear: "Whether it helps is not clear\(range)."
    case .noWorthwhileEffect: "On average it changed too little to be worth it\(range)."
    case .harms: "On average students did worse with it\(range)."
    }
  }

  private var nothingPooled: String {
    if summary.unregistered > 0 && evidence.count(.experience) == evidence.reported.count {
      return "None registered it before the data, so this is experience, not evidence of an effect."
    }
    return "No school measured it, so this is experience, not evidence of an effect."
  }

  private var promisingDoubt: String {
    if evidence.summary.warnings.contains(where: { $0.kind == .noComparison }) {
      return "no trial had a comparison group"
    }
    if summary.worstCase.map({ $0.interval.lower <= 0 }) ?? false {
      return "the trials that were never reported could undo that"
    }
    return "few schools have measured it"
  }

  /// "probably helps a little".
  private var amount: String {
    let size = abs(summary.pooled?.estimate ?? 0)
    return switch size {
    case ..<0.05: "hardly changes anything"
    case ..<0.2: "probably helps a little"
    case ..<0.5: "probably helps clearly"
    default: "probably helps a great deal"
    }
  }

  /// ": a new school could see anything from slightly worse to clearly better"; empty below five schools.
  private var range: String {
    guard let prediction = summary.prediction else { return "" }
    let (low, high) = (Self.degree(prediction.lower), Self.degree(prediction.upper))
    return low == high
      ? ": a new school could see it go \(low)" : ": a new school could see anything from \(low) to \(high)"
  }

  static func degree(_ effect: Double) -> String {
    let side = effect < 0 ? "worse" : "better"
    return switch abs(effect) {
    case ..<0.05: "no change"
    case ..<0.2: "slightly \(side)"
    case ..<0.5: "clearly \(side)"
    default: "much \(side)"
    }
  }

  /// How sure we are and on what it rests: certainty first, the statistic after the words.
  var sure: String {
    let warnings = summary.warnings.filter { $0.kind != .unreportedTrials }.prefix(2).map(\.sentence)
    return ([figures] + warnings).filter { !$0.isEmpty }.joined(separator: " ")
  }

  private var figures: String {
    if let pooled = summary.pooled {
      return
        "Together \(effectWords(pooled.estimate, pooled.interval.lower, pooled.interval.upper)) standard deviations, \(counted(summary.k, "school")), \(counted(summary.pupils, "student"))."
    }
    if let bayes = summary.bayes {
      let chance = Int((100 * bayes.nextSchool.probabilityAboveZero).rounded())
      return "The chance that it goes better in another school is about \(chance) in 100, with a cautious prior."
    }
    return ""
  }

  /// Numbers up to twelve as words: "nine", "14".
  static func spelled(_ number: Int, capital: Bool = false) -> String {
    let words = [
      "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    ]
    guard words.indices.contains(number) else { return grouped(number) }
    return capital ? words[number].prefix(1).uppercased() + words[number].dropFirst() : words[number]
  }
}
