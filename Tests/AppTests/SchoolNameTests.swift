import Testing

@testable import App

struct SchoolNameTests {
  @Test(arguments: [
    ("ST. MARY'S HS", "St. Mary's HS"), ("O'BRIEN TECH", "O'Brien Tech"), ("MCCANN SCHOOL", "McCann School"),
    ("SCHOOL OF THE HOLY CHILD", "School of the Holy Child"), ("THE PIKE SCHOOL", "The Pike School"),
    ("JOHN PAUL II ACADEMY", "John Paul II Academy"), ("WILLIAMS-JONES (EAST)", "Williams-Jones (East)"),
    ("iLearn NH", "iLearn NH"), ("123", "123"),
  ])
  func capitalsBecomeAName(_ written: String, _ name: String) {
    #expect(SchoolName.set(written) == name)
  }

  /// One letter left out, put in, changed, or two exchanged, is one typing error.
  @Test(arguments: [
    ("portland", "portlnd", 1), ("bath", "bathe", 1), ("bath", "beth", 1), ("bath", "bahtt", 2), ("a", "a", 0),
  ])
  func typingErrorsAreCounted(_ left: String, _ right: String, _ errors: Int) {
    #expect(SchoolName.typingErrors(left, right) == errors)
    #expect(SchoolName.typingErrors(right, left) == errors)
  }

  @Test func aMistypedWordFitsTheNameAndAStrangeOneDoesNot() {
    let name = "portland high school portland"
    #expect(SchoolName.fit("portlnad", name) > 0.5)
    #expect(SchoolName.fit("port", name) > 0.8)
    #expect(SchoolName.fit("portland high", name) == 1)
    #expect(SchoolName.fit("springfield", name) == 0)
    #expect(SchoolName.fit("portland middle", name) == 0)
  }

  /// A slip in a short word, a small word too many, an abbreviation.
  @Test(arguments: [
    ("deering hih", "deering high school portland"), ("northfeild mt hermon", "northfield mount hermon school gill"),
    ("platt tech", "platt tech milford"), ("mt ararat", "mt ararat high school topsham"),
    ("mass acad of math", "massachusetts academy for math and science worcester"),
  ])
  func oneWordThatFitsNothingDoesNotHideAName(_ query: String, _ name: String) {
    #expect(SchoolName.fit(query, name) > 0.4)
    #expect(SchoolName.fit(query, "saco middle school") == 0)
  }

  @Test func aWordThatMostSchoolsBearIsNotEnough() {
    #expect(SchoolName.fit("hih academy", "portland academy") == 0)
  }

  @Test func everydayWordsAreOnePieceEach() {
    #expect(SchoolName.pieces("bath high school") == ["^ba", "bat", "ath", "th$", "=high", "=school"])
  }
}
