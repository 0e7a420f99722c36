import Foundation
import Testing

@testable import Statistics

struct CaseInputTests {
  @Test func objectsKeepTheOrderOfTheirFields() throws {
    let value = try CaseParser.parse(Data(#"{"b": 1, "a": [true, null, "x\n\u00e9"], "c": -2.5e-3}"#.utf8))
    #expect(value == ["b": .number(1), "a": [.flag(true), .null, .text("x\né")], "c": .number(-0.0025)])
    let again = try CaseParser.parse(value.json())
    #expect(again == value)
  }

  @Test(arguments: [
    "", "{", "[1,]", "{\"a\":1,}", "{\"a\" 1}", "01", "+1", "1.", "tru", "\"x", "{\"a\":1} 2", "{\"a\":1,\"a\":2}",
    "\"\\x\"",
  ])
  func brokenTextIsRefused(text: String) {
    #expect(throws: StatisticsError.self) { try CaseParser.parse(Data(text.utf8)) }
  }

  @Test func deepNestingIsRefusedInsteadOfExhaustingTheStack() {
    let text = String(repeating: "[", count: 100_000)
    #expect(throws: StatisticsError.self) { try CaseParser.parse(Data(text.utf8)) }
  }

  @Test(arguments: [
    (#"{"studies":[{"vi":1},{"vi":2},{"vi":-1}]}"#, "studies[3].vi must be above 0"),
    (#"{"studies":[{"vi":"0.04"}]}"#, "studies[1].vi must be a number; it is the text \"0.04\""),
    (#"{"studies":[{"vi":NaN}]}"#, "studies[1].vi must be a number; NaN is none"),
    (#"{"studies":[{"vi":1e999}]}"#, "studies[1].vi must be a number; 1e999 is none"),
    (#"{"studies":[{"yi":3}]}"#, "studies[1].vi is missing"),
    (#"{"studies":[{"vi":null}]}"#, "studies[1].vi is missing"),
    (#"{"studies":7}"#, "studies must be a list"),
    (#"{}"#, "studies is missing"),
  ])
  func everyRefusalNamesItsField(text: String, message: String) throws {
    let input = CaseInput(try CaseParser.parse(Data(text.utf8)))
    do {
      for study in try input.list("studies") { _ = try study.field("vi").positive() }
      Issue.record("nothing was refused")
    } catch { #expect("\(error)" == message) }
  }

  @Test func wholeNumbersKeepTheirRange() throws {
    let input = CaseInput(["n": .number(3), "half": .number(0.5)])
    let three = try input.field("n").whole(0...3)
    #expect(three == 3)
    #expect(throws: StatisticsError.input(field: "n", advice: "must lie in 0…2")) { try input.field("n").whole(0...2) }
    #expect(throws: StatisticsError.input(field: "half", advice: "must be a whole number")) {
      try input.field("half").whole()
    }
  }

  @Test func undefinedFiguresBecomeNull() {
    let answer: CaseValue = ["a": .figure(.nan), "b": .figure(nil), "c": .figures([1, .infinity])]
    #expect(
      String(decoding: answer.json(), as: UTF8.self).filter { !$0.isWhitespace } == #"{"a":null,"b":null,"c":[1,null]}"#
    )
  }

  @Test(arguments: ["[]", "3", #"{"kind":"horoscope"}"#, #"{"name":"x"}"#, #"{"kind":3}"#])
  func aCaseOfNoKnownKindIsRefused(text: String) {
    #expect(throws: StatisticsError.self) { try StatisticsCase.answer(Data(text.utf8)) }
  }
}
