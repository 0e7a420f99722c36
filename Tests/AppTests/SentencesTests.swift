import Testing

@testable import App

struct SentencesTests {
  @Test func theFirstSentenceIsToldFromTheRest() {
    #expect(
      sentences("It rose to 0.5 %. 9 of 10 lie above. Since May.") == (
        "It rose to 0.5 %.", "9 of 10 lie above. Since May."
      ))
    #expect(sentences("Nothing yet.") == ("Nothing yet.", ""))
    #expect(sentences("") == ("", ""))
  }

  @Test func aLongTextIsCutBeforeAWord() {
    #expect(shortened("Late to first period, each week", to: 80) == "Late to first period, each week")
    #expect(shortened("Late to first period", to: 14) == "Late to first")
    #expect(shortened("Unbreakable", to: 5) == "Unbre")
  }
}
