/// What a form or a query string holds: names and texts as typed, in their order.
///
/// Text arrives tidy: line ends are `\n`, the ends are trimmed, and what nobody types is gone: control characters, and the
/// marks that turn the direction of all that follows (Unicode's UAX 9, section 2.1), with which a name could reverse the
/// words beside it. Absent and empty read the same.
package struct Fields: Sendable, Equatable {
  private var pairs: [(name: String, value: String)] = []

  package init() {}

  package init(_ pairs: KeyValuePairs<String, String>) { self.pairs = pairs.map { ($0.key, Self.tidy($0.value)) } }

  /// Reads `application/x-www-form-urlencoded` (WHATWG URL, section 5.1).
  /// - Parameter limit: more pairs than this are an attack, not a form: nil comes back.
  package init?(urlEncoded text: some StringProtocol, limit: Int = 2000) {
    for piece in text.split(separator: "&") {
      guard pairs.count < limit else { return nil }
      let halves = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let value = halves.count == 2 ? Self.decoded(halves[1]) : ""
      pairs.append((Self.decoded(halves[0]), Self.tidy(value)))
    }
  }

  package subscript(_ name: String) -> String { pairs.first { $0.name == name }?.value ?? "" }

  package func all(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }
  package func has(_ name: String) -> Bool { pairs.contains { $0.name == name } }
  package func integer(_ name: String) -> Int? { Int(self[name]) }
  package var names: [String] { pairs.map(\.name) }
  package var isEmpty: Bool { pairs.isEmpty }

  package mutating func add(_ name: String, _ value: String) { pairs.append((name, Self.tidy(value))) }

  /// Without the token and other fields that the person did not type.
  package func without(_ names: Set<String>) -> Fields {
    var rest = self
    rest.pairs.removeAll { names.contains($0.name) }
    return rest
  }

  /// The pairs as a query string, for links that keep a filter.
  package var encoded: String {
    pairs.map { "\(percentEncoded($0.name))=\(percentEncoded($0.value))" }.joined(separator: "&")
  }

  package static func == (left: Self, right: Self) -> Bool {
    left.pairs.elementsEqual(right.pairs) { $0.name == $1.name && $0.value == $1.value }
  }

  private static func tidy(_ text: String) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    var previous: UInt8 = 0
    for byte in text.utf8 {
      defer { previous = byte }
      switch byte {
      case 0x0D: bytes.append(0x0A)
      case 0x0A where previous == 0x0D: continue
      case 0x09, 0x0A: bytes.append(byte)
      case 0x00..<0x20, 0x7F: continue
      default:
        bytes.append(byte)
        if turnsDirection(bytes.suffix(3)) { bytes.removeLast(3) }
      }
    }
    let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0A }
    let kept = bytes.drop(while: isSpace).reversed().drop(while: isSpace).reversed()
    return String(decoding: Array(kept), as: UTF8.self)
  }

  /// U+202A to U+202E and U+2066 to U+2069, in UTF-8.
  private static func turnsDirection(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let last = bytes.last, last >= 0x80, bytes.count == 3, bytes.first == 0xE2 else { return false }
    let middle = bytes[bytes.startIndex + 1]
    return (middle == 0x80 && (0xAA...0xAE).contains(last)) || (middle == 0x81 && (0xA6...0xA9).contains(last))
  }

  private static func decoded(_ piece: some StringProtocol) -> String {
    var bytes: [UInt8] = []
    let source = Array(piece.utf8)
    bytes.reserveCapacity(source.count)
    var index = 0
    while index < source.count {
      if source[index] == UInt8(ascii: "%"), index + 2 < source.count, let high = hex(source[index + 1]),
        let low = hex(source[index + 2])
      {
        bytes.append(high << 4 | low)
        index += 3
      } else {
        bytes.append(source[index] == UInt8(ascii: "+") ? UInt8(ascii: " ") : source[index])
        index += 1
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func hex(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

/// `text` for a URL's query or path: everything but RFC 3986's unreserved characters is escaped.
package func percentEncoded(_ text: String) -> String {
  let digits = Array("0123456789ABCDEF".utf8)
  var bytes: [UInt8] = []
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "~"):
      bytes.append(byte)
    default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}
