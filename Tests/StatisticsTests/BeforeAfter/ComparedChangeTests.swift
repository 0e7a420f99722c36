import Testing

@testable import Statistics

struct ComparedChangeTests {
  /// Changes 1, 2 and 3: mean 2, s = 1, t(2) at 0.975 is 4.302653 (R 4.2 `qt`), so ± 4.302653 · √(4/3) = ± 4.968275.
  /// Means before 10, 20 and 30: s = 10, their mean 20; a school at 22 stands 0.2 above.
  @Test func oneMoreSchoolIsExpectedWithinTheOthersSpread() throws {
    let compared = try ComparedChange(
      own: series(22, 30), others: [series(10, 11), series(20, 22), series(30, 33)])
    #expect(compared.own == 8 && compared.others == [1, 2, 3] && compared.beyond == 6)
    #expect(abs(compared.expected.lower + 2.968_275) < 1e-5 && abs(compared.expected.upper - 6.968_275) < 1e-5)
    #expect(abs(compared.baselineDifference - 0.2) < 1e-12 && compared.isEquivalent)
  }

  @Test func whoStoodElsewhereBeforeIsNoComparison() throws {
    let compared = try ComparedChange(own: series(23, 30), others: [series(10, 11), series(20, 22), series(30, 33)])
    #expect(!compared.isEquivalent)
    let alike = try ComparedChange(own: series(11, 12), others: [series(10, 11), series(10, 11), series(10, 11)])
    #expect(alike.baselineDifference == .infinity && !alike.isEquivalent)
  }

  @Test func twoSchoolsOrFourValuesAreTooFew() throws {
    #expect(throws: StatisticsError.input(field: "others", advice: "must be 3 schools or more")) {
      try ComparedChange(own: series(1, 2), others: [series(1, 2), series(1, 2)])
    }
    let short = try BeforeAfterSeries(before: [1, 1, 1, 1], after: [2, 2, 2, 2, 2])
    #expect(throws: StatisticsError.self) {
      try ComparedChange(own: series(1, 2), others: [series(1, 2), short, series(1, 2)])
    }
  }

  private func series(_ before: Double, _ after: Double) throws -> BeforeAfterSeries {
    try BeforeAfterSeries(before: Array(repeating: before, count: 5), after: Array(repeating: after, count: 5))
  }
}
