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
    return finished(String(cString: out))
  }

  /// Whatever people write is escaped in the output, so each of these texts can only be a tag that cmark wrote: links lead
  /// on without a recommendation, boxes of a task list are marks that nobody can tick, and a wide table can be scrolled
  /// from the keyboard.
  private static func finished(_ html: String) -> String {
    html.replacing("<a href=\"http", with: "<a rel=\"nofollow ugc\" href=\"http")
      .replacing("<input type=\"checkbox\" checked=\"\" disabled=\"\" />", with: task(isDone: true))
      .replacing("<input type=\"checkbox\" disabled=\"\" />", with: task(isDone: false))
      .replacing("<table>", with: "<div class=\"scrolled\" role=\"group\" tabindex=\"0\" aria-label=\"Table\"><table>")
      .replacing("</table>", with: "</table></div>")
  }

  private static func task(isDone: Bool) -> String {
    "<span class=\"task\" role=\"img\" aria-label=\"\(isDone ? "Done" : "To do")\">\(isDone ? "☑" : "☐")</span>"
  }

  private static func soften(_ document: OpaquePointer, headingsFrom level: Int) {
    guard let walk = cmark_iter_new(document) else { return }
    defer { cmark_iter_free(walk) }
    var (pictures, links): ([OpaquePointer], [OpaquePointer]) = ([], [])
    while true {
      let event = cmark_iter_next(walk)
      if event == CMARK_EVENT_DONE { break }
      guard event == CMARK_EVENT_ENTER, let node = cmark_iter_get_node(walk) else { continue }
      let kind = cmark_node_get_type(node)
      if kind == CMARK_NODE_HEADING {
        cmark_node_set_heading_level(node, min(6, cmark_node_get_heading_level(node) + Int32(level) - 1))
      }
      if kind == CMARK_NODE_IMAGE { pictures.append(node) }
      if kind == CMARK_NODE_LINK { links.append(node) }
    }
    for picture in pictures {
      if isInLink(picture) { unwrap(picture) } else if let link = turnedIntoLink(picture) { links.append(link) }
    }
    let outer = links.filter { !isInLink($0) }
    for link in links where isInLink(link) { unwrap(link) }
    for link in outer where !hasWords(link) { name(link) }
  }

  /// No page asks another host for anything, so a picture elsewhere is a link to it.
  private static func turnedIntoLink(_ picture: OpaquePointer) -> OpaquePointer? {
    guard let link = cmark_node_new(CMARK_NODE_LINK) else { return nil }
    cmark_node_set_url(link, cmark_node_get_url(picture))
    while let child = cmark_node_first_child(picture) {
      cmark_node_unlink(child)
      cmark_node_append_child(link, child)
    }
    guard cmark_node_replace(picture, link) == 1 else {
      cmark_node_free(link)
      return nil
    }
    cmark_node_free(picture)
    return link
  }

  private static func isInLink(_ node: OpaquePointer) -> Bool {
    var above = cmark_node_parent(node)
    while let each = above {
      if cmark_node_get_type(each) == CMARK_NODE_LINK { return true }
      above = cmark_node_parent(each)
    }
    return false
  }

  /// A link cannot stand in a link: the words of what is inside, a picture or another link, stand there in its place.
  private static func unwrap(_ inner: OpaquePointer) {
    while let child = cmark_node_first_child(inner) {
      cmark_node_unlink(child)
      if cmark_node_insert_before(inner, child) != 1 { cmark_node_free(child) }
    }
    cmark_node_unlink(inner)
    cmark_node_free(inner)
  }

  /// Whether something can be read in the link; spaces and marks that show nothing cannot.
  private static func hasWords(_ link: OpaquePointer) -> Bool {
    guard let walk = cmark_iter_new(link) else { return false }
    defer { cmark_iter_free(walk) }
    while true {
      let event = cmark_iter_next(walk)
      if event == CMARK_EVENT_DONE { return false }
      guard event == CMARK_EVENT_ENTER, let node = cmark_iter_get_node(walk) else { continue }
      let kind = cmark_node_get_type(node)
      guard kind == CMARK_NODE_TEXT || kind == CMARK_NODE_CODE, let text = cmark_node_get_literal(node) else {
        continue
      }
      let shown = String(cString: text).unicodeScalars.contains { scalar in
        !scalar.properties.isWhitespace && !scalar.properties.isDefaultIgnorableCodePoint
          && ![.control, .format].contains(scalar.properties.generalCategory)
      }
      if shown { return true }
    }
  }

  /// A link without words says its address.
  private static func name(_ link: OpaquePointer) {
    guard let words = cmark_node_new(CMARK_NODE_TEXT) else { return }
    let address = cmark_node_get_url(link).map { String(cString: $0) } ?? ""
    cmark_node_set_literal(words, address.isEmpty ? "a link without an address" : address)
    if cmark_node_append_child(link, words) != 1 { cmark_node_free(words) }
  }
}
