import Foundation
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
    case .oneSchool: measured(1, only: "One school's result is one school's result: too early to say for others.")
    case .tooEarly: measured(2, only: "Two schools with data are too few to say.")
    case .promising: "It looks promising: it \(amount) on average, but \(promisingDoubt)."
    case .works: "It \(amount) on average, and a new school may expect it to help there too."
    case .worksOnAverage: "It \(amount) on average, but not everywhere\(range)."
    case .unclear: measured(summary.k, only: "Whether it helps is not clear\(range).")
    case .noWorthwhileEffect: "On average it changed too little to be worth it\(range)."
    case .harms: "On average students did worse with it\(range)."
    }
  }

  /// `only` where every school that tried it is pooled; else first how many are, and how.
  private func measured(_ schools: Int, only: String) -> String {
    guard evidence.schoolCount > schools else { return only }
    let how = summary.withoutComparisonSetAside > 0 ? "measured it against a comparison group" : "measured it"
    let who = schools == 1 ? "Only one of them \(how)" : "\(Self.spelled(schools, capital: true)) of them \(how)"
    return switch summary.verdict {
    case .oneSchool, .tooEarly: "\(who): too few to say."
    default: "\(who); whether it helps is not clear\(range)."
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
    if summary.k > 4, let heavy = summary.warnings.first(where: \.isHeavy) { return heavy.kind.doubt }
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
    return ([inHundred, figures, certainty] + warnings).filter { !$0.isEmpty }.joined(separator: " ")
  }

  private var certainty: String {
    switch summary.verdict {
    case .works: "High certainty."
    case .worksOnAverage, .noWorthwhileEffect, .harms: "Medium certainty."
    case .promising, .unclear: "Low certainty."
    case .rationaleOnly, .oneSchool, .tooEarly: ""
    }
  }

  /// The pooled effect in students of 100, from the median share before by the logistic conversion; only where every
  /// pooled trial counted students and all wanted the same direction.
  /// "Where 33 in 100 have it before, about 26 in 100 have it after (22 to 32)."
  private var inHundred: String {
    guard let pooled = summary.pooled else { return "" }
    let trials = summary.schools.flatMap { evidence.pooledTrials(of: $0.school) }
    let shares = trials.compactMap { $0.claim?.baseShare }.filter { $0 > 0 && $0 < 1 }.sorted()
    guard shares.count == trials.count, !shares.isEmpty, Set(trials.map(\.better)).count == 1 else { return "" }
    let start = shares[shares.count / 2]
    let sign = trials[0].better == .higher ? 1.0 : -1.0
    let ends = [pooled.estimate, pooled.interval.lower, pooled.interval.upper].map { Self.moved(start, by: sign * $0) }
    let measures = Set(trials.map { $0.measure.lowercased() })
    let name = measures.count == 1 ? " (\(measures.first ?? ""))" : ""
    let range = [ends[1], ends[2]].sorted()
    return
      "Where \(Self.hundredths(start)) in 100 have it before\(name), about \(Self.hundredths(ends[0])) in 100 have it after: from \(Self.hundredths(range[0])) to \(Self.hundredths(range[1]))."
  }

  /// A share moved by a standardised difference: the log odds moved by π/√3 times it.
  static func moved(_ share: Double, by effect: Double) -> Double {
    let odds = log(share / (1 - share)) + effect * .pi / 3.0.squareRoot()
    return 1 / (1 + exp(-odds))
  }

  private static func hundredths(_ share: Double) -> Int { Int((100 * share).rounded()) }

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

extension EvidenceWarning.Kind {
  /// Why a good result is held at promising.
  fileprivate var doubt: String {
    switch self {
    case .smallStudies: "small trials found more than large ones"
    case .oneSchoolDominates: "most of it is one school's result"
    case .oneSchoolDecides: "without one of the schools it would not hold"
    default: "few schools have measured it"
    }
  }
}
