import Foundation

/// Reads answers that reference programs gave, kept in `Vectors` beside the tests.
enum ReferenceVectors {
  static func read<Answer: Decodable>(_ name: String, as type: Answer.Type = Answer.self) throws -> Answer {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Vectors")
    return try JSONDecoder().decode(Answer.self, from: Data(contentsOf: folder.appending(path: name)))
  }
}

/// A small seeded generator (SplitMix64), so that a failing property names the seed that broke it.
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: Int) { state = UInt64(truncatingIfNeeded: seed) }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
