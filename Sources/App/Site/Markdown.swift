import CMarkdown
import Markup

/// Markdown as the sanitised HTML text that a store keeps beside it.
func renderedMarkdown(_ text: String) -> String { Markdown.html(text).string }

/// Text that people write: GitHub-flavoured Markdown through cmark-gfm in its safe mode, rendered once on save.
enum Markdown {
  /// The most characters of one text; a longer one is refused by its form.
  static let limit = 20_000

  /// The text as safe HTML: raw HTML is left out, `javascript:` and its like lose their target, pictures of other hosts
  /// become links, and headings start at the third level so that the page keeps its outline.
  ///
  /// - Parameter level: 1…6, of a heading that is written with one `#`.
  static func html(_ text: String, headingsFrom level: Int = 3) -> HTML {
    HTML(trusted: rendered(String(text.prefix(limit)), headingsFrom: level))
  }

  /// What `html` made earlier and a store has kept since in a column that nothing else writes.
  static func kept(_ html: String) -> HTML { HTML(trusted: html) }

  private static let extensions = ["table", "strikethrough", "autolink", "tasklist", "tagfilter"]

  /// cmark-gfm registers its extensions in a table of the process; a static makes that happen once.
  private static let isReady: Bool = {
    cmark_gfm_core_extensions_ensure_registered()
    return true
  }()

  private static func rendered(_ text: String, headingsFrom level: Int) -> String {
    guard isReady, let parser = cmark_parser_new(CMARK_OPT_DEFAULT) else { return "" }
    defer { cmark_parser_free(parser) }
    for name in extensions {
      if let found = cmark_find_syntax_extension(name) { cmark_parser_attach_syntax_extension(parser, found) }
    }
    cmark_parser_feed(parser, text, text.utf8.count)
    guard let document = cmark_parser_finish(parser) else { return "" }
    defer { cmark_node_free(document) }
    soften(document, headingsFrom: level)
    guard let out = cmark_render_html(document, CMARK_OPT_DEFAULT, cmark_parser_get_syntax_extensions(parser)) else {
      return ""
    }
    defer { cmark_get_default_mem_allocator().pointee.free(out) }
    // Addresses in the output are escaped, so this text can only be the start of a link.
    return String(cString: out).replacing("<a href=\"http", with: "<a rel=\"nofollow ugc\" href=\"http")
  }

  private static func soften(_ document: OpaquePointer, headingsFrom level: Int) {
    guard let walk = cmark_iter_new(document) else { return }
    defer { cmark_iter_free(walk) }
    var pictures: [OpaquePointer] = []
    while true {
      let event = cmark_iter_next(walk)
      if event == CMARK_EVENT_DONE { break }
      guard event == CMARK_EVENT_ENTER, let node = cmark_iter_get_node(walk) else { continue }
      let kind = cmark_node_get_type(node)
      if kind == CMARK_NODE_HEADING {
        cmark_node_set_heading_level(node, min(6, cmark_node_get_heading_level(node) + Int32(level) - 1))
      }
      if kind == CMARK_NODE_IMAGE { pictures.append(node) }
    }
    for picture in pictures { turnIntoLink(picture) }
  }

  /// No page asks another host for anything, so a picture elsewhere is a link to it.
  private static func turnIntoLink(_ picture: OpaquePointer) {
    guard let link = cmark_node_new(CMARK_NODE_LINK) else { return }
    cmark_node_set_url(link, cmark_node_get_url(picture))
    while let child = cmark_node_first_child(picture) {
      cmark_node_unlink(child)
      cmark_node_append_child(link, child)
    }
    if cmark_node_replace(picture, link) == 1 { cmark_node_free(picture) } else { cmark_node_free(link) }
  }
}
