/// Writes CSV that spreadsheets open as it is meant: RFC 4180, UTF-8 with a byte order mark, CR LF.
package struct CSVWriter {
  package private(set) var bytes: [UInt8]
  private let escapesFormulas: Bool

  /// - Parameter escapesFormulas: puts an apostrophe before what a spreadsheet would run as a formula (`= + - @`, tab,
  ///   CR); for lists that people download, not for rows that are to be read in again.
  package init(header: [String], escapesFormulas: Bool = true) {
    bytes = [0xEF, 0xBB, 0xBF]
    self.escapesFormulas = escapesFormulas
    add(header)
  }

  package mutating func add(_ fields: [String]) {
    for (index, field) in fields.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(field)
    }
    bytes += [0x0D, 0x0A]
  }

  private mutating func append(_ field: String) {
    let isFormula = escapesFormulas && field.utf8.first.map { Self.formulaStarts.contains($0) } == true
    let text = isFormula && Double(field) == nil ? "'" + field : field
    guard text.utf8.contains(where: { Self.quoted.contains($0) }) else {
      bytes += text.utf8
      return
    }
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static let formulaStarts = Set("=+-@\t\r".utf8)
  private static let quoted = Set(",\"\n\r".utf8)
}
