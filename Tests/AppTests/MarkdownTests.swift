import Markup
import Testing

@testable import App

struct MarkdownTests {
  @Test func readsWhatTeachersWrite() {
    let html = Markdown.html("# Title\n\n- [x] done\n\n| a | b |\n|---|---|\n| 1 | ~~2~~ |\n\nhttps://nces.ed.gov")
      .string
    #expect(html.contains("<h3>Title</h3>"))
    #expect(html.contains("<table>"))
    #expect(html.contains("<del>2</del>"))
    #expect(html.contains("<a rel=\"nofollow ugc\" href=\"https://nces.ed.gov\">"))
  }

  /// What people write can be named and reached by whoever does not see it, or has no mouse.
  @Test func everyLinkHasWordsAndEveryTableAKey() {
    let tasks = Markdown.html("- [ ] copy\n- [x] staple").string
    #expect(!tasks.contains("<input"))
    #expect(
      tasks.contains("aria-label=\"To do\">☐</span> copy") && tasks.contains("aria-label=\"Done\">☑</span> staple"))
    let table = Markdown.html("| a | b |\n|---|---|\n| 1 | 2 |").string
    #expect(table.hasPrefix("<div class=\"scrolled\" role=\"group\" tabindex=\"0\" aria-label=\"Table\"><table>"))
    #expect(table.contains("</table></div>"))
    #expect(!Markdown.html("`<table>` and <table>").string.contains("<table>"), "only what cmark drew is wrapped")
  }

  @Test(arguments: [
    ("[](https://a.example/x)", "https://a.example/x"), ("[ \u{200B}](https://a.example/x)", "https://a.example/x"),
    ("![](https://a.example/y.png)", "https://a.example/y.png"),
    ("[<b></b>](https://a.example/x)", "https://a.example/x"),
    ("[![](https://a.example/y.png)](https://a.example/x)", "https://a.example/x"),
    ("[![a graph](https://a.example/y.png)](https://a.example/x)", "a graph"),
    ("![see [this](https://a.example/z)](https://a.example/y.png)", "see this"), ("[]()", "a link without an address"),
  ]) func aLinkWithoutWordsSaysItsAddress(text: String, words: String) {
    let html = Markdown.html(text).string
    #expect(html.contains("\(words)</a>"), "\(html)")
    #expect(html.matches(of: /<a\s/).count == 1, "\(html)")
  }

  /// Payloads in the manner of OWASP's XSS filter evasion list.
  @Test(arguments: [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[a](javascript:alert(1))", "[a](JaVaScRiPt:alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)", "![a](javascript:alert(1))", "<a href=\"javascript:alert(1)\">x</a>",
    "[a](\u{1}javascript:alert(1))", "<svg onload=alert(1)>", "<iframe src=//evil.example>",
    "<style>*{x:expression()}</style>",
    "[x](vbscript:msgbox(1))", "<javascript:alert(1)>", "`<b>`<i onclick=alert(1)>", "[a]: javascript:alert(1)\n\n[a]",
    "<!--><script>alert(1)</script>", "<p style=\"x\">y", "&lt;script&gt;alert(1)&lt;/script&gt;",
    "[\"><script>](http://a\"><b>)",
  ]) func hostileTextNeverBecomesActive(text: String) {
    let html = Markdown.html(text).string.lowercased()
    let tags = html.matches(of: /<([a-z0-9]+)([^>]*)>/)
    for tag in tags {
      #expect(
        ["p", "a", "code", "h3", "em", "strong", "pre", "ul", "li", "ol", "blockquote"].contains(tag.output.1),
        "\(html)")
      #expect(tag.output.2.firstMatch(of: /\son\w+=|style=/) == nil, "\(html)")
    }
    for link in html.matches(of: /href="([^"]*)"/) {
      let scheme = link.output.1.prefixMatch(of: /[a-z][a-z0-9+.\-]*:/)
      #expect(scheme == nil || ["http:", "https:", "mailto:"].contains(scheme?.output ?? ""), "\(html)")
    }
  }

  @Test func aPictureElsewhereBecomesALink() {
    let html = Markdown.html("![a graph](https://elsewhere.example/x.png)").string
    #expect(!html.contains("<img"))
    #expect(html.contains("href=\"https://elsewhere.example/x.png\">a graph</a>"))
  }

  /// Deep nesting must not crash: each text is as long as a post may be.
  @Test(arguments: [">", "*", "[", "- ", "`", "![", "<", "~~", "| a ", "[a](", "**a "]) func deepNestingDoesNotBlowUp(
    piece: String
  ) {
    let text = String(repeating: piece, count: Markdown.limit / piece.count)
    #expect(!Markdown.html(text).isEmpty)
  }
}
