/// A piece of finished HTML or SVG. Text enters only through escaping, so a value of this type is always safe to send.
public struct HTML: Sendable, Equatable {
  public internal(set) var bytes: [UInt8] = []

  public init() {}

  /// Plain text; `&`, `<`, `>` and both quotes are escaped, characters that HTML forbids are dropped.
  public init(text: String) { bytes.append(escaping: text) }

  /// Markup that is already safe: sanitised Markdown, and nothing else. Every use is a security decision.
  public init(trusted: String) { bytes = Array(trusted.utf8) }

  public init(@HTMLBuilder _ content: () -> HTML) { self = content() }

  public var string: String { String(decoding: bytes, as: UTF8.self) }
  public var isEmpty: Bool { bytes.isEmpty }

  public static func + (left: HTML, right: HTML) -> HTML {
    var both = left
    both.bytes.append(contentsOf: right.bytes)
    return both
  }
}

extension [UInt8] {
  /// Copies what needs no escaping in one piece, which is most of any text.
  mutating func append(escaping text: String) {
    var text = text
    text.withUTF8 { utf8 in
      var start = 0
      for (index, byte) in utf8.enumerated() where !isPlain(byte) {
        append(contentsOf: utf8[start..<index])
        start = index + 1
        switch byte {
        case UInt8(ascii: "&"): append("&amp;")
        case UInt8(ascii: "<"): append("&lt;")
        case UInt8(ascii: ">"): append("&gt;")
        case UInt8(ascii: "\""): append("&quot;")
        case UInt8(ascii: "'"): append("&#39;")
        default: break
        }
      }
      append(contentsOf: utf8[start...])
    }
  }

  mutating func append(_ literal: StaticString) {
    literal.withUTF8Buffer { append(contentsOf: $0) }
  }
}

/// Whether the byte stands for itself: all but `"`, `&`, `'`, `<`, `>` and the control characters that HTML forbids.
private func isPlain(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x22, 0x26, 0x27, 0x3C, 0x3E: false
  case 0..<0x20: byte == 0x09 || byte == 0x0A || byte == 0x0D
  default: true
  }
}

/// Joins what stands inside an element's braces. Concrete on purpose: a generic builder costs seconds of type checking.
@resultBuilder
public enum HTMLBuilder {
  public static func buildExpression(_ html: HTML) -> HTML { html }
  public static func buildExpression(_ html: HTML?) -> HTML { html ?? HTML() }
  public static func buildExpression(_ text: String) -> HTML { HTML(text: text) }
  public static func buildExpression(_ parts: [HTML]) -> HTML { buildArray(parts) }
  public static func buildBlock() -> HTML { HTML() }
  public static func buildPartialBlock(first: HTML) -> HTML { first }
  public static func buildPartialBlock(accumulated: consuming HTML, next: HTML) -> HTML {
    accumulated.bytes.append(contentsOf: next.bytes)
    return accumulated
  }
  public static func buildOptional(_ html: HTML?) -> HTML { html ?? HTML() }
  public static func buildEither(first html: HTML) -> HTML { html }
  public static func buildEither(second html: HTML) -> HTML { html }
  public static func buildArray(_ parts: [HTML]) -> HTML {
    var all = HTML()
    all.bytes.reserveCapacity(parts.reduce(0) { $0 + $1.bytes.count })
    for part in parts { all.bytes.append(contentsOf: part.bytes) }
    return all
  }
}
