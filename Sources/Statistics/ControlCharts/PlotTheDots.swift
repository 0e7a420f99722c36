/// NHS Making Data Count: which special cause each point shows, in the order in which the rules are read: outside the limits,
/// then a trend of seven, then two of three close to a limit, then seven on one side of the mean. Every point of a pattern
/// is marked. A missing point breaks every pattern; so does an excluded one, which is still held against its limits.
public struct PlotTheDots: Sendable {
  public enum Cause: Sendable, Equatable {
    case none
    case outside(isHigh: Bool)
    case trend(isRising: Bool)
    case twoOfThree(isHigh: Bool)
    case shift(isHigh: Bool)

    /// 1 for high or rising, −1 for low or falling, 0 for common cause.
    public var direction: Int {
      switch self {
      case .none: 0
      case .outside(let isHigh), .twoOfThree(let isHigh), .shift(let isHigh): isHigh ? 1 : -1
      case .trend(let isRising): isRising ? 1 : -1
      }
    }
  }

  /// One for each point.
  public let causes: [Cause]

  init(_ phase: ControlChart.Phase) {
    self.init(
      values: phase.values, included: phase.included, mean: phase.centre, lower: phase.lower, upper: phase.upper,
      near: phase.lower95, nearUpper: phase.upper95)
  }

  /// `near` and `nearUpper` lie two thirds of the way from the mean to the limits.
  public init(
    values: [Double?], included: [Bool]? = nil, mean: Double?, lower: [Double?], upper: [Double?], near: [Double?],
    nearUpper: [Double?]
  ) {
    let included = included ?? values.map { _ in true }
    let judged = zip(values, included).map { $1 ? $0 : nil }
    let sides = judged.map { value -> Int in
      guard let value, let mean else { return 0 }
      return value > mean ? 1 : value < mean ? -1 : 0
    }
    let outside = values.indices.map { index in
      guard let value = values[index], let low = lower[index], let high = upper[index] else { return false }
      return value > high || value < low
    }
    let close = values.indices.map { index in
      guard let value = judged[index], let low = near[index], let high = nearUpper[index] else { return false }
      return !outside[index] && (value < low || value > high)
    }
    let trend = Self.trend(judged)
    let pairs = Self.twoOfThree(close, sides)
    let shift = Self.shift(sides)
    causes = values.indices.map { index in
      if outside[index] { return .outside(isHigh: values[index] ?? 0 > mean ?? 0) }
      if trend[index] { return .trend(isRising: Self.isRising(judged, trend, at: index)) }
      if pairs[index] { return .twoOfThree(isHigh: sides[index] > 0) }
      if shift[index] { return .shift(isHigh: sides[index] > 0) }
      return .none
    }
  }

  var found: [(rule: ChartRule, points: [Int])] {
    func points(_ isMeant: (Cause) -> Bool) -> [Int] { causes.indices.filter { isMeant(causes[$0]) } }
    return [
      (.nhsOutside, points { if case .outside = $0 { true } else { false } }),
      (.nhsTrend, points { if case .trend = $0 { true } else { false } }),
      (.nhsTwoOfThree, points { if case .twoOfThree = $0 { true } else { false } }),
      (.nhsShift, points { if case .shift = $0 { true } else { false } }),
    ]
  }

  /// Every point of a window of seven that all rise or all fall.
  private static func trend(_ values: [Double?]) -> [Bool] {
    marking(values.count, length: 7) { window in
      let steps = zip(window, window.dropFirst()).map { first, second -> Int in
        guard let first = values[first], let second = values[second] else { return 0 }
        return second > first ? 1 : second < first ? -1 : 0
      }
      return steps.allSatisfy { $0 == 1 } || steps.allSatisfy { $0 == -1 }
    }
  }

  private static func shift(_ sides: [Int]) -> [Bool] {
    marking(sides.count, length: 7) { window in
      sides[window.lowerBound] != 0 && window.allSatisfy { sides[$0] == sides[window.lowerBound] }
    }
  }

  /// Two of three close to a limit, all three on one side of the mean; only the two are marked.
  private static func twoOfThree(_ close: [Bool], _ sides: [Int]) -> [Bool] {
    let windows = marking(close.count, length: 3) { window in
      window.count { close[$0] } >= 2 && abs(window.reduce(0) { $0 + sides[$1] }) == 3
    }
    return zip(windows, close).map { $0 && $1 }
  }

  private static func marking(_ count: Int, length: Int, _ holds: (Range<Int>) -> Bool) -> [Bool] {
    var marks = [Bool](repeating: false, count: count)
    guard count >= length else { return marks }
    for start in 0...(count - length) where holds(start..<(start + length)) {
      for index in start..<(start + length) { marks[index] = true }
    }
    return marks
  }

  /// A point between two trends, or at the start of one, is read with the step after it; the others with the step before.
  private static func isRising(_ values: [Double?], _ trend: [Bool], at index: Int) -> Bool {
    let goesOn = index + 1 < values.count && trend[index + 1]
    let (from, to) = goesOn ? (index, index + 1) : (index - 1, index)
    guard from >= 0, let first = values[from], let second = values[to] else { return false }
    return second > first
  }
}

/// Which way is better; neutral where neither is.
public enum WantedDirection: String, Sendable, CaseIterable {
  case increase, decrease, neutral
}

/// Whether the process will meet a target by itself.
public enum Assurance: String, Sendable, CaseIterable {
  case consistentPass = "consistent_pass"
  case consistentFail = "consistent_fail"
  case inconsistent

  /// Of the last phase's limits. A target that lies exactly on a limit is inconsistent. Nil without target or direction.
  public init?(target: Double?, lower: Double?, upper: Double?, direction: WantedDirection) {
    guard let target, let lower, let upper, direction != .neutral else { return nil }
    let wantsMore = direction == .increase
    if target > upper {
      self = wantsMore ? .consistentFail : .consistentPass
    } else if target < lower {
      self = wantsMore ? .consistentPass : .consistentFail
    } else {
      self = .inconsistent
    }
  }
}
