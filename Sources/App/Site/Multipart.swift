/// Forms that carry a file (RFC 7578). A file's text becomes the field's value and its name the field `<field>.name`.
enum Multipart {
  /// - Parameter type: the content type with its boundary. Nil when the body is not what the type says.
  static func fields(_ body: [UInt8], type: String) -> Fields? {
    guard let boundary = parameter("boundary", in: type), (1...70).contains(boundary.utf8.count) else { return nil }
    var fields = Fields()
    let pieces = parts(of: body, boundary: Array("--\(boundary)".utf8))
    guard !pieces.isEmpty, pieces.count <= 200 else { return nil }
    for piece in pieces {
      guard let gap = find([13, 10, 13, 10], in: piece, from: piece.startIndex) else { return nil }
      let head = String(decoding: piece[piece.startIndex..<gap], as: UTF8.self)
      let disposition = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-disposition:") }
      guard let disposition, let name = parameter("name", in: String(disposition)) else { return nil }
      let content = piece[(gap + 4)...]
      fields.add(name, String(decoding: content, as: UTF8.self))
      if let file = parameter("filename", in: String(disposition)) {
        fields.add("\(name).name", file)
        if !isUTF8(content) { fields.add("\(name).latin1", latin1(content)) }
      }
    }
    return fields
  }

  private static func parts(of body: [UInt8], boundary: [UInt8]) -> [ArraySlice<UInt8>] {
    var pieces: [ArraySlice<UInt8>] = []
    guard var at = find(boundary, in: body[...], from: 0) else { return [] }
    while true {
      let start = at + boundary.count
      if body[start...].starts(with: [45, 45]) { return pieces }
      guard body[start...].starts(with: [13, 10]), let next = find([13, 10] + boundary, in: body[...], from: start)
      else { return [] }
      pieces.append(body[(start + 2)..<max(start + 2, next)])
      at = next + 2
    }
  }

  private static func find(_ needle: [UInt8], in hay: ArraySlice<UInt8>, from start: Int) -> Int? {
    guard let first = needle.first, hay.endIndex >= needle.count else { return nil }
    var index = start
    while index <= hay.endIndex - needle.count {
      if hay[index] == first, hay[index..<(index + needle.count)].elementsEqual(needle) { return index }
      index += 1
    }
    return nil
  }

  private static func parameter(_ name: String, in header: String) -> String? {
    for piece in header.split(separator: ";").dropFirst() {
      let halves = piece.split(separator: "=", maxSplits: 1)
      guard halves.count == 2, halves[0].trimmed.lowercased() == name else { continue }
      let value = halves[1].trimmed
      return value.hasPrefix("\"") && value.hasSuffix("\"") && value.count >= 2
        ? String(value.dropFirst().dropLast()) : value
    }
    return nil
  }

  private static func isUTF8(_ bytes: ArraySlice<UInt8>) -> Bool { String(validating: bytes, as: UTF8.self) != nil }

  /// Spreadsheets still write ISO 8859-1, where each byte is the character of that number.
  private static func latin1(_ bytes: ArraySlice<UInt8>) -> String {
    String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
  }
}

extension StringProtocol {
  /// Without white space at either end.
  var trimmed: String {
    let isSpace = { (character: Character) in character.isWhitespace }
    return String(drop(while: isSpace).reversed().drop(while: isSpace).reversed())
  }
}
