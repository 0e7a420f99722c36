/// Somebody who reads everything published, in every view and at every time, and computes.
///
/// Unknown quantities have names; whoever learns something adds it: what a quantity may be, and sums of quantities. The
/// attacker then bounds anything by linear programming. Two releases of one count that may have changed are two names.
/// What a viewer knows herself is `learn`ed like what is published.
public struct Attacker: Sendable {
  private var names: [String: Int] = [:]
  private var order: [String] = []
  private var system = LinearSystem(limits: [], rows: [])

  public init() {}

  /// Everything that has been named, in the order of first mention.
  public var quantities: [String] { order }

  /// A quantity lies within a range; said twice, within both. Unsaid, it is 0 or more.
  public mutating func learn(_ name: String, from lower: Double, to upper: Double) {
    let column = column(of: name, startingAt: .free)
    let known = system.limits[column]
    system.limits[column] = Limits(max(known.lower, lower), min(known.upper, upper))
  }

  /// A quantity has been published, or is known.
  public mutating func learn(_ name: String, is value: Double) { learn(name, from: value, to: value) }

  /// The sum of quantities, each times its coefficient, lies within a range. `within` is the value ± the rounding of the
  /// published figure (0.05 for one decimal).
  public mutating func learnSum(_ terms: [String: Double], is value: Double, within: Double = 0) {
    let merged = terms.sorted { $0.key < $1.key }.map { LinearTerm(column(of: $0.key), $0.value) }
    system.rows.append(LinearRow(terms: merged, limits: Limits(value - within, value + within)))
  }

  public mutating func learnSum(_ names: [String], is value: Double, within: Double = 0) {
    learnSum(Dictionary(names.map { ($0, 1.0) }, uniquingKeysWith: +), is: value, within: within)
  }

  /// The tightest bounds on each named quantity; infinite where nothing bounds it.
  /// - Throws: `Contradiction` when what was learnt cannot all be true; `LinearProgramFailure`.
  public func bounds(of names: [String]) throws -> [String: ClosedRange<Double>] {
    let known = names.filter { self.names[$0] != nil }
    let ranges = try system.ranges(of: known.map { [LinearTerm(self.names[$0] ?? 0)] })
    var bounds: [String: ClosedRange<Double>] = [:]
    for (name, range) in zip(known, ranges) { bounds[name] = min(range.lower, range.upper)...range.upper }
    for name in names where bounds[name] == nil { bounds[name] = 0...Double.infinity }
    return bounds
  }

  /// The tightest whole numbers for each named count, rounded inwards.
  public func counts(of names: [String]) throws -> [String: CountInterval] {
    try bounds(of: names).mapValues { CountInterval(Limits($0.lowerBound, $0.upperBound)) }
  }

  /// The tightest bounds on a sum of quantities.
  public func bounds(ofSum terms: [String: Double]) throws -> ClosedRange<Double> {
    var copy = self
    let merged = terms.sorted { $0.key < $1.key }.map { LinearTerm(copy.column(of: $0.key), $0.value) }
    let range = try copy.system.ranges(of: [merged])[0]
    return min(range.lower, range.upper)...range.upper
  }

  private mutating func column(of name: String, startingAt limits: Limits = .nonNegative) -> Int {
    if let column = names[name] { return column }
    names[name] = order.count
    order.append(name)
    system.limits.append(limits)
    return order.count - 1
  }
}
