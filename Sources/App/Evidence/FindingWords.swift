import Foundation

/// What a trial's numbers say, in a sentence, without a verdict.
enum FindingWords {
  static func sentence(_ registration: Registration, _ outcome: Outcome) -> String {
    switch outcome {
    case .experience: "Nothing was counted."
    case .series(let series, _): SeriesCompilation.finding(registration, series)
    case .counts(let groups, _): counts(registration.measure, groups)
    case .means(let groups, _, _): means(registration, groups)
    }
  }

  /// "Late often: from 35 in 100 to 21 in 100 (41 of 118, then 24 of 112). Comparison group: from 30 in 100 to 29 in 100."
  private static func counts(_ measure: String, _ groups: Outcome.Groups<Outcome.Count>) -> String {
    let (before, after) = (inHundred(groups.before), inHundred(groups.after))
    let own =
      "\(measure) \(moved(groups.before.share, groups.after.share, same: before == after, before, after)) (\(of(groups.before)), then \(of(groups.after)))."
    guard let otherAfter = groups.otherAfter else { return own }
    guard let otherBefore = groups.otherBefore else {
      return own + " In the comparison group it was \(inHundred(otherAfter)) (\(of(otherAfter)))."
    }
    return own
      + " In the comparison group it \(moved(otherBefore.share, otherAfter.share, same: inHundred(otherBefore) == inHundred(otherAfter), inHundred(otherBefore), inHundred(otherAfter)))."
  }

  private static func means(_ registration: Registration, _ groups: Outcome.Groups<Outcome.Mean>) -> String {
    let (before, after) = (plain(groups.before.mean), plain(groups.after.mean))
    let unit = registration.unit.isEmpty ? "" : " \(registration.unit)"
    let own =
      "\(registration.measure) \(moved(groups.before.mean, groups.after.mean, same: before == after, before, after + unit)) on average."
    guard let otherAfter = groups.otherAfter else { return own }
    guard let otherBefore = groups.otherBefore else {
      return own + " In the comparison group it was \(plain(otherAfter.mean))\(unit)."
    }
    let (first, last) = (plain(otherBefore.mean), plain(otherAfter.mean))
    return own
      + " In the comparison group it \(moved(otherBefore.mean, otherAfter.mean, same: first == last, first, last + unit))."
  }

  private static func moved(_ from: Double, _ to: Double, same: Bool, _ before: String, _ after: String) -> String {
    if same { return "stayed at \(after)" }
    return "\(to > from ? "rose" : "fell") from \(before) to \(after)"
  }

  private static func inHundred(_ count: Outcome.Count) -> String {
    let share = 100 * count.share
    return (share > 0 && share < 1) || (share > 99 && share < 100)
      ? "\(plain(share)) in 100" : "\(Int(share.rounded())) in 100"
  }

  private static func of(_ count: Outcome.Count) -> String { "\(grouped(count.x)) of \(grouped(count.n))" }

  /// At most two decimals, no zeros at the end, a true minus.
  static func plain(_ value: Double) -> String {
    var text = String(format: "%.2f", abs(value))
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return value < 0 && text != "0" ? "−" + text : text
  }
}
