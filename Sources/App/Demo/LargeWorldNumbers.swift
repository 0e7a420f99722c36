/// Numbers that are the same in every run and on both engines, one sequence for each thing made (SplitMix64; Steele, Lea
/// and Flood, OOPSLA 2014).
struct LargeWorldNumbers: RandomNumberGenerator {
  /// What is made; each kind has sequences of its own.
  enum Kind: UInt64 { case school = 1, person, idea, trial, thread, post }

  private var state: UInt64

  init(_ kind: Kind, _ number: Int) {
    state = kind.rawValue &* 0xD6E8_FEB8_6659_FD93 &+ UInt64(bitPattern: Int64(number)) &* 0xA076_1D64_78BD_642F
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func whole(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
  mutating func real(_ range: ClosedRange<Double>) -> Double { Double.random(in: range, using: &self) }
  mutating func one(_ words: [String]) -> String { words.isEmpty ? "" : words[whole(0...words.count - 1)] }
  mutating func isOne(in count: Int) -> Bool { whole(1...count) == 1 }
}
