import Foundation
import Testing

@testable import Statistics

/// What is unknown is refused with what was probably meant.
struct UnknownNameTests {
  @Test(arguments: [
    (#"{"kind":"poool","studies":[]}"#, #"did you mean "pool"?"#),
    (#"{"kind":"effect_size","measure":"SMCRR","input":{}}"#, #"did you mean "SMCR"?"#),
    (#"{"kind":"pool","studeis":[]}"#, #"studies is missing (is it "studeis"?)"#),
    (#"{"chart":"xbarr","call":"","data":{"y":[1,2]}}"#, #"did you mean "xbar"?"#),
    (#"{"chart":"i","options":{"rules":"nelsen"},"data":{"y":[1,2,3]}}"#, #"did you mean "nelson"?"#),
    (
      #"{"kind":"effect_size","measure":"OR","input":{"a":1,"b":2,"c":3,"d":4},"options":{"vtpye":"LS"}}"#,
      #"options.vtpye is unknown; did you mean "vtype"?"#
    ),
    (#"{"chart":"i","data":{"vaules":[1,2,3]}}"#, #"data.values is missing (is it "vaules"?)"#),
  ])
  func theNearestNameIsSuggested(input: String, words: String) throws {
    let error = try #require(throws: StatisticsError.self) { try StatisticsCase.answer(Data(input.utf8)) }
    #expect("\(error)".contains(words), "\(error)")
  }

  /// What another program calls its options is passed over; a name that differs by its number is no slip.
  @Test func whatIsMerelyStrangeIsNoSlip() throws {
    let answer = try StatisticsCase.answer(
      Data(#"{"chart":"i","options":{"x_period":"month","facets":2},"data":{"y":[1,2,3]}}"#.utf8))
    #expect(!answer.isEmpty)
    let error = #expect(throws: StatisticsError.self) {
      try StatisticsCase.answer(
        Data(#"{"kind":"effect_size","measure":"SMPPC","input":{"m_pre2":1,"n1":9,"n2":9}}"#.utf8))
    }
    #expect(error == .input(field: "input.sd_pre1", advice: "is missing"))
  }

  @Test(arguments: [
    ("gee", "g", 2), ("odds", "od", 2), ("abc", "acb", 1), ("", "abc", 3), ("same", "same", 0),
    ("kitten", "sitting", 3),
  ])
  func distancesCountLettersAndSwaps(a: String, b: String, distance: Int) {
    #expect(Nearest.distance(Array(a), Array(b)) == distance)
  }
}
