/// Western Electric and Nelson rules: zones of one, two and three standard errors; strict inequalities; the point that
/// completes a pattern is marked, and those that go on with it. A missing point breaks every pattern; so does an excluded
/// one, which is still held against its limits.
struct ZoneRules {
  /// Positions count from 0 within it.
  let values: [Double?]
  let included: [Bool]
  let centre: [Double?]
  let one: [ClosedRange<Double>?]
  let two: [ClosedRange<Double>?]
  let three: [ClosedRange<Double>?]

  init(_ phase: ControlChart.Phase) {
    self.init(
      values: phase.values, included: phase.included, centre: phase.values.map { _ in phase.centre },
      one: Self.ranges(phase.lower68, phase.upper68), two: Self.ranges(phase.lower95, phase.upper95),
      three: Self.ranges(phase.lower, phase.upper))
  }

  init(
    values: [Double?], included: [Bool]? = nil, centre: [Double?], one: [ClosedRange<Double>?],
    two: [ClosedRange<Double>?], three: [ClosedRange<Double>?]
  ) {
    self.values = values
    self.included = included ?? values.map { _ in true }
    self.centre = centre
    self.one = one
    self.two = two
    self.three = three
  }

  private static func ranges(_ lower: [Double?], _ upper: [Double?]) -> [ClosedRange<Double>?] {
    zip(lower, upper).map { low, high in
      guard let low, let high, low <= high else { return nil }
      return low...high
    }
  }

  var westernElectric: [(rule: ChartRule, points: [Int])] {
    [(.we1, beyond), (.we2, some(2, of: 3, beyond: two)), (.we3, some(4, of: 5, beyond: one)), (.we4, oneSide(8))]
  }

  var nelson: [(rule: ChartRule, points: [Int])] {
    [
      (.n1, beyond), (.n2, oneSide(9)), (.n3, trend(6)), (.n4, alternating(14)), (.n5, some(2, of: 3, beyond: two)),
      (.n6, some(4, of: 5, beyond: one)), (.n7, within(15)), (.n8, outside(8)),
    ]
  }

  var beyond: [Int] {
    values.indices.filter { index in
      guard let value = values[index], let range = three[index] else { return false }
      return !range.contains(value)
    }
  }

  /// What patterns are looked for in.
  private var judged: [Double?] { zip(values, included).map { $1 ? $0 : nil } }

  /// `least` of `length` neighbours beyond the zone of the point that completes them, on one side, itself among them.
  /// What the others do does not matter: they may lie on the other side.
  func some(_ least: Int, of length: Int, beyond zone: [ClosedRange<Double>?]) -> [Int] {
    let values = judged
    return values.indices.filter { index in
      guard index >= length - 1, let value = values[index], let range = zone[index] else { return false }
      let window = values[(index - length + 1)...index].compactMap(\.self)
      guard window.count == length else { return false }
      if value > range.upperBound { return window.count { $0 > range.upperBound } >= least }
      return value < range.lowerBound && window.count { $0 < range.lowerBound } >= least
    }
  }

  /// A point on the centre line breaks the run.
  func oneSide(_ length: Int) -> [Int] {
    let sides = zip(judged, centre).map { value, centre -> Int in
      guard let value, let centre else { return 0 }
      return value > centre ? 1 : value < centre ? -1 : 0
    }
    return Self.completing(sides.map { $0 > 0 }, length) + Self.completing(sides.map { $0 < 0 }, length)
  }

  /// `length` points, one step fewer.
  func trend(_ length: Int) -> [Int] {
    (Self.completing(steps.map { $0 > 0 }, length - 1) + Self.completing(steps.map { $0 < 0 }, length - 1)).map {
      $0 + 1
    }
  }

  func alternating(_ length: Int) -> [Int] {
    let turns = zip(steps, steps.dropFirst()).map { $0 * $1 < 0 }
    return Self.completing(turns, length - 2).map { $0 + 2 }
  }

  func within(_ length: Int) -> [Int] {
    Self.completing(
      zip(judged, one).map { value, range in
        guard let value, let range else { return false }
        return range.contains(value)
      }, length)
  }

  func outside(_ length: Int) -> [Int] {
    let sides = zip(judged, one).map { value, range -> Int in
      guard let value, let range else { return 0 }
      return value > range.upperBound ? 1 : value < range.lowerBound ? -1 : 0
    }
    return sides.indices.filter { index in
      guard index >= length - 1 else { return false }
      let window = sides[(index - length + 1)...index]
      return window.allSatisfy { $0 != 0 } && window.contains(1) && window.contains(-1)
    }
  }

  private var steps: [Double] {
    zip(judged, judged.dropFirst()).map { first, second in
      guard let first, let second else { return 0 }
      return second - first
    }
  }

  /// Places where an unbroken run of true has reached `length`, and those that go on with it.
  private static func completing(_ holds: [Bool], _ length: Int) -> [Int] {
    var run = 0
    return holds.indices.filter { index in
      run = holds[index] ? run + 1 : 0
      return run >= length
    }
  }
}
