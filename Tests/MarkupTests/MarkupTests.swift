import Testing

@testable import Markup

struct MarkupTests {
  @Test func textIsEscapedOnEntry() {
    let html = p(.class("a\"b")) { "<b> & 'c'" }
    #expect(html.string == "<p class=\"a&quot;b\">&lt;b&gt; &amp; &#39;c&#39;</p>")
  }

  @Test(arguments: [
    ("", ""), ("plain – é", "plain – é"), ("&", "&amp;"), ("<<a>>", "&lt;&lt;a&gt;&gt;"), ("é\"ü'", "é&quot;ü&#39;"),
    ("a&", "a&amp;"), ("&b", "&amp;b"), ("\u{1}", ""), ("x\u{0}&\u{1}y", "x&amp;y"),
  ]) func whatNeedsNoEscapingIsCopiedAsItIs(text: String, written: String) {
    #expect(HTML(text: text).string == written)
  }

  @Test func controlCharactersAreDropped() {
    #expect(HTML(text: "a\u{0}b\u{8}c\td\ne").string == "abc\td\ne")
  }

  @Test(arguments: [
    ("/ideas/1", "/ideas/1"), ("https://a.b/c:d", "https://a.b/c:d"), ("mailto:a@b.c", "mailto:a@b.c"),
    ("#top", "#top"),
    ("?q=a:b", "?q=a:b"), ("javascript:alert(1)", "#"), ("JAVASCRIPT:alert(1)", "#"), ("data:text/html,x", "#"),
    (" javascript:alert(1)", "#"), ("java\nscript:alert(1)", "#"), ("vbscript:x", "#"),
  ]) func linksLeadOnlyWhereTheyMay(given: String, written: String) {
    #expect(a(.href(given)) { "x" }.string == "<a href=\"\(written)\">x</a>")
  }

  @Test func nothingIsWrittenForWhatDoesNotHold() {
    #expect(input(.name("a"), .when(false, .checked), .when(true, .required)).string == "<input name=\"a\" required>")
  }

  @Test func loopsAndBranchesJoinInOrder() {
    let html = ul {
      for n in 1...3 { if n != 2 { li { "\(n)" } } else { li { em { "two" } } } }
    }
    #expect(html.string == "<ul><li>1</li><li><em>two</em></li><li>3</li></ul>")
  }

  /// Whatever the text, the page has exactly the tags that the program wrote.
  @Test(arguments: 0..<200) func hostileTextNeverBecomesMarkup(seed: Int) {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
    let alphabet = Array("<>&\"'/= abscript-!\u{0}\u{2028}é`;:")
    let text = String(
      (0..<40).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return alphabet[Int(state >> 33) % alphabet.count]
      })
    let html = div(.class(text), .init("title", text)) { p { text } }.string
    let tags = html.matches(of: /<[^>]*>/).count
    #expect(tags == 4, "seed \(seed): \(html)")
    #expect(html.matches(of: /"/).count == 4, "seed \(seed): \(html)")
  }
}
