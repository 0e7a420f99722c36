import Testing

@testable import Statistics

struct NormalTests {
  @Test func halfLiesBelowZero() { #expect(Normal.cumulative(0) == 0.5) }
}
