import Foundation

/// Measures work in seconds of wall clock.
enum Stopwatch {
  /// The median of `times` runs after one that does not count.
  static func median(of times: Int, _ work: () throws -> Void) rethrows -> Double {
    try work()
    var seconds: [Double] = []
    for _ in 0..<times { seconds.append(try once(work)) }
    return seconds.sorted()[times / 2]
  }

  static func once(_ work: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    try work()
    return start.duration(to: clock.now) / .seconds(1)
  }
}

/// Prints one measured figure, what it must be, and whether it is.
enum Report {
  static func line(_ what: String, _ figure: String, bar: String, isMet: Bool) {
    print(pad(what, 62), pad(figure, 22), pad(bar, 18), isMet ? "met" : "MISSED")
  }

  static func note(_ text: String) { print(text) }

  static func milliseconds(_ seconds: Double) -> String { String(format: "%.3f ms", seconds * 1000) }

  private static func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}

/// Numbers that are the same in every run (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A normal number by Box and Muller.
  mutating func normal() -> Double {
    let radius = (-2 * log(Double.random(in: 1e-12...1, using: &self))).squareRoot()
    return radius * cos(2 * .pi * Double.random(in: 0..<1, using: &self))
  }
}
