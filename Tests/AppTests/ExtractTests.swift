import Testing

@testable import App

struct ExtractTests {
  @Test(arguments: [
    ("*Not yet* it is. **Seven.**", "Not yet it is. Seven."),
    ("# Title\n\n- one\n* two\n  + three", "Title  one two three"),
    ("-3 degrees and #42", "-3 degrees and #42"),
    ("> a quote\n| a | table |\nThe [page](https://nces.ed.gov) says `so`", "The page says so"),
    ("above\n***\nbelow", "above below"),
    ("@ruth-ouellette <b>x</b> a)<br/><!-- no -->", "@ruth-ouellette x a)"),
    ("fewer than <5, a < b and 3 > 2", "fewer than <5, a < b and 3 > 2"),
    ("see <https://nces.ed.gov/ccd>", "see https://nces.ed.gov/ccd"),
    ("We **cut** it to [eight minutes](https://example.org).", "We cut it to eight minutes."),
  ]) func marksBecomePlainWords(markdown: String, words: String) {
    #expect(Extract.plain(markdown).split(separator: " ") == words.split(separator: " "))
  }

  @Test func aLongTextEndsAtAWord() {
    #expect(Extract.plain("one two three", limit: 9) == "one two…")
  }

  @Test(arguments: [
    ("", "plain words "), ("> as they said\r\n", "plain words "), ("", "größere 👩‍👩‍👧 Wörter "),
    ("*", "starred words* and "),
    ("[", "linked](https://example.org) and "),
  ])
  func theBeginningOfALongTextIsThatOfTheWholeText(before: String, words: String) {
    let line = before + String(repeating: words, count: 20)
    for length in 1...60 {
      // What a text is cut to does not depend on how much follows.
      let short = Extract.plain(line, limit: length)
      #expect(Extract.plain(line + "\n" + String(repeating: "and more of it ", count: 150), limit: length) == short)
      #expect(short.count <= length + 1)
    }
  }
}
