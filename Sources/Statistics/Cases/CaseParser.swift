import Foundation

/// Reads JSON text (RFC 8259) into a `CaseValue`, and also `NaN` and `Infinity`, which are refused later by name.
struct CaseParser {
  private let bytes: [UInt8]
  private var at = 0
  /// Nesting beyond this is refused, so that hostile text cannot exhaust the stack.
  private static let deepest = 64

  /// - Throws: `StatisticsError.input` with the byte position of the fault.
  static func parse(_ data: Data) throws -> CaseValue {
    guard String(validating: data, as: UTF8.self) != nil else {
      throw StatisticsError.input(field: "", advice: "must be JSON in UTF-8")
    }
    var parser = CaseParser(bytes: [UInt8](data))
    let value = try parser.value(depth: 0)
    parser.skipSpace()
    guard parser.at == parser.bytes.count else { throw parser.fault("has text after its end") }
    return value
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func value(depth: Int) throws -> CaseValue {
    guard depth < Self.deepest else { throw fault("is nested too deeply") }
    skipSpace()
    switch peek {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try list(depth: depth)
    case UInt8(ascii: "\""): return .text(try text())
    case nil: throw fault("must be JSON: it ends too early")
    default: return try word()
    }
  }

  private mutating func object(depth: Int) throws -> CaseValue {
    at += 1
    var fields: [CaseValue.Field] = []
    var seen: Set<String> = []
    skipSpace()
    if take("}") { return .object([]) }
    repeat {
      skipSpace()
      guard peek == UInt8(ascii: "\"") else { throw fault("must be JSON: a field name is expected") }
      let name = try text()
      guard seen.insert(name).inserted else { throw StatisticsError.input(field: name, advice: "is given twice") }
      skipSpace()
      guard take(":") else { throw fault("must be JSON: a colon is expected") }
      fields.append(.init(name, try value(depth: depth + 1)))
      skipSpace()
    } while take(",")
    guard take("}") else { throw fault("must be JSON: a closing brace is expected") }
    return .object(fields)
  }

  private mutating func list(depth: Int) throws -> CaseValue {
    at += 1
    var values: [CaseValue] = []
    skipSpace()
    if take("]") { return .list([]) }
    repeat {
      values.append(try value(depth: depth + 1))
      skipSpace()
    } while take(",")
    guard take("]") else { throw fault("must be JSON: a closing bracket is expected") }
    return .list(values)
  }

  /// A quoted text: the span is found here, its escapes are read by Foundation.
  private mutating func text() throws -> String {
    let start = at
    at += 1
    while let byte = peek, byte != UInt8(ascii: "\"") { at += byte == UInt8(ascii: "\\") ? 2 : 1 }
    guard at < bytes.count else { throw fault("must be JSON: a text does not end") }
    at += 1
    guard let text = try? JSONDecoder().decode(String.self, from: Data(bytes[start..<at])) else {
      throw fault("must be JSON: a text has a wrong escape")
    }
    return text
  }

  private mutating func word() throws -> CaseValue {
    let start = at
    while let byte = peek, Self.isPartOfWord(byte) { at += 1 }
    let word = String(decoding: bytes[start..<at], as: UTF8.self)
    switch word {
    case "true": return .flag(true)
    case "false": return .flag(false)
    case "null": return .null
    case "NaN", "-NaN", "nan", "Infinity", "-Infinity", "+Infinity", "inf", "-inf", "Inf", "-Inf":
      return .notFinite(word)
    default: break
    }
    guard word.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/) != nil, let number = Double(word)
    else { throw fault("must be JSON: \"\(word.prefix(20))\" is no value") }
    return number.isFinite ? .number(number) : .notFinite(word)
  }

  private static func isPartOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
      true
    default: false
    }
  }

  private var peek: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { at += 1 }
  }

  private func fault(_ advice: String) -> StatisticsError {
    .input(field: "", advice: "\(advice) (byte \(at + 1))")
  }
}
