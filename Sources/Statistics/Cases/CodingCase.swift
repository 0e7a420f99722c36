/// `kind: coding`: what may be shown of a percentage of a group of that size, both ends cut off.
///
/// Input: `n` and `count`, or `groups` of both; `min_n`, when it is stricter than the ladder; `state`, whose rule then holds
/// too.
enum CodingCase: CaseHandler {
  static func answer(_ input: CaseInput) throws -> CaseValue {
    let ladder = PercentCoding.ncesLadder
    let rule = CaseValue.text("\(ladder.name), \(ladder.date)")
    guard let groups = input.optional("groups") else {
      let group = try group(input, minimum(input))
      guard case .object(let fields) = value(group.shown) else { return value(group.shown) }
      return .object(fields + [.init("rule", rule)])
    }
    let minimum = try minimum(input)
    return ["groups": .list(try groups.list().map { value(try group($0, minimum).shown) }), "rule": rule]
  }

  static func explanation(_ input: CaseInput) throws -> [String] {
    let minimum = try minimum(input)
    let groups = try input.optional("groups")?.list() ?? [input]
    return try groups.map { input in
      let group = try group(input, minimum)
      let band = PercentCoding.ncesLadder.bands.first { group.people >= $0.people }
      let words = band.map { "from \($0.people) people on: \($0.margin) % at both ends" } ?? "too small for any band"
      return "\(group.count) of \(group.people), \(words), at least \(minimum) people: \(group.shown)"
    } + [PercentCoding.ncesLadder.source]
  }

  private static func minimum(_ input: CaseInput) throws -> Int {
    let own = try input.optional("min_n")?.whole(1...1_000_000) ?? 0
    return max(own, try input.optional("state").map { SmallestGroup.people(in: try $0.text().uppercased()) } ?? 0)
  }

  private static func group(
    _ input: CaseInput, _ minimum: Int
  ) throws -> (count: Int, people: Int, shown: PercentCoding.Shown) {
    let (people, count) = (try input.field("n").whole(), try input.field("count"))
    let number = try count.whole()
    guard number <= people else { throw count.refusal("must not be above n (\(people))") }
    return (number, people, try PercentCoding.ncesLadder.shown(number, of: people, minimum: minimum))
  }

  private static func value(_ shown: PercentCoding.Shown) -> CaseValue {
    let (code, percent): (String, Int?) =
      switch shown {
      case .hidden: ("hidden", nil)
      case .atMost(let percent): ("at_most", percent)
      case .atLeast(let percent): ("at_least", percent)
      case .percent(let percent): ("percent", percent)
      }
    return [
      "shown": .text(shown.description), "code": .text(code), "percent": percent.map { .whole($0) } ?? .null,
    ]
  }
}
