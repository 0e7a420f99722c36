import Testing

@testable import Markup

struct MarkupTests {
  @Test func textIsEscapedOnEntry() {
    let html = p(.class("a\"b")) { "<b> & 'c'" }
    #expect(html.string == "<p class=\"a&quot;b\">&lt;b&gt; &amp; &#39;c&#39;</p>")
  }
}
