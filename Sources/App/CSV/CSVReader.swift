import Foundation

/// One record of a CSV file.
package struct CSVRow: Sendable {
  /// The line of the file on which the record begins, from 1.
  package let line: Int
  /// What is wrong with its text, if anything.
  package let problem: String?
  private let bytes: [UInt8]
  private let ends: [Int]
  private let isUTF8: Bool

  init(line: Int, bytes: [UInt8], ends: [Int], isUTF8: Bool, problem: String?) {
    self.line = line
    self.bytes = bytes
    self.ends = ends
    self.isUTF8 = isUTF8
    self.problem = problem
  }

  package var count: Int { ends.count }

  /// The field without its quotation marks; empty beyond the end of the record.
  package subscript(index: Int) -> String {
    guard ends.indices.contains(index) else { return "" }
    let field = bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
    return isUTF8 ? String(decoding: field, as: UTF8.self) : WesternText.decoded(field)
  }

  package var fields: [String] { ends.indices.map { self[$0] } }

  /// Whether nothing at all stands in it.
  var isBlank: Bool { bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 } && problem == nil }
}

package enum CSVError: Error, Equatable, CustomStringConvertible {
  case unreadable(String)
  /// UTF-16 or UTF-32, by its first bytes.
  case wideEncoding
  /// A quotation mark that no other closes, and so swallows the rest of the file.
  case unclosedQuote(line: Int)

  package var description: String {
    switch self {
    case .unreadable(let path): "\(path) cannot be read."
    case .wideEncoding: "The file is in UTF-16. Save it as UTF-8 and try again."
    case .unclosedQuote(let line): "The quotation mark opened on line \(line) is never closed."
    }
  }
}

/// Reads a CSV file record by record, whatever its size (RFC 4180).
///
/// Beyond the RFC it takes files as they are: LF, CR LF or CR as line ends; a byte order mark; a vertical bar, tab or
/// semicolon in place of the comma, whichever the first line has most of; records of any length; blank lines, which it
/// passes over. Text is UTF-8; a record that is not valid UTF-8 is read as Windows-1252, which contains Latin-1.
package struct CSVReader {
  /// The share of the file that was read, 0…1.
  package var progress: Double { size == 0 ? 1 : Double(consumed) / Double(size) }
  /// How many records were not UTF-8.
  package private(set) var westernRows = 0
  package let delimiter: UInt8

  private let next: () throws -> [UInt8]
  private let size: Int
  private var consumed = 0
  private var block: [UInt8] = []
  private var position = 0
  private var line = 1
  private var ended = false

  package init(file: URL) throws {
    guard let handle = try? FileHandle(forReadingFrom: file), let end = try? handle.seekToEnd(),
      (try? handle.seek(toOffset: 0)) != nil
    else { throw CSVError.unreadable(file.path) }
    let path = file.path
    try self.init(size: Int(end)) {
      do { return try [UInt8](handle.read(upToCount: 1 << 16) ?? Data()) } catch { throw CSVError.unreadable(path) }
    }
  }

  /// For text that is already here, as from a form.
  package init(bytes: [UInt8]) throws {
    var rest = bytes[...]
    try self.init(size: bytes.count) {
      defer { rest = rest.dropFirst(1 << 16) }
      return Array(rest.prefix(1 << 16))
    }
  }

  private init(size: Int, next: @escaping () throws -> [UInt8]) throws {
    self.size = size
    self.next = next
    block = try next()
    consumed = block.count
    if block.starts(with: [0xFF, 0xFE]) || block.starts(with: [0xFE, 0xFF]) { throw CSVError.wideEncoding }
    delimiter = Self.delimiter(in: block)
    if block.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  private static func delimiter(in block: [UInt8]) -> UInt8 {
    let first = block.prefix { $0 != 0x0A && $0 != 0x0D }
    let candidates = [UInt8(ascii: ","), UInt8(ascii: "|"), 0x09, UInt8(ascii: ";")]
    let counts = candidates.map { candidate in first.count { $0 == candidate } }
    let most = counts.max() ?? 0
    return zip(candidates, counts).first { $0.1 == most }?.0 ?? UInt8(ascii: ",")
  }

  /// The next record that is not blank; nil at the end.
  package mutating func row() throws -> CSVRow? {
    while true {
      guard let row = try record() else { return nil }
      if !row.isBlank { return row }
    }
  }

  // MARK: one record

  private enum Place { case start, plain, quoted, closed }

  /// The longest record, in bytes: beyond it a quotation mark must be missing.
  private static let longest = 1 << 20

  private mutating func record() throws -> CSVRow? {
    guard try refill() else { return nil }
    let begin = line
    var bytes: [UInt8] = []
    var ends: [Int] = []
    var place = Place.start
    var quoteLine = line
    var isPlain = true
    var problem: String?
    record: while true {
      guard try refill() else {
        if place == .quoted { throw CSVError.unclosedQuote(line: quoteLine) }
        break
      }
      let byte = block[position]
      position += 1
      if byte >= 0x80 { isPlain = false }
      if byte == 0 { problem = "holds bytes that are no text" }
      switch (place, byte) {
      case (.quoted, UInt8(ascii: "\"")):
        place = .closed
      case (.quoted, _):
        if byte == 0x0A { line += 1 }
        bytes.append(byte)
        if bytes.count > Self.longest { throw CSVError.unclosedQuote(line: quoteLine) }
      case (_, 0x0A):
        line += 1
        break record
      case (_, 0x0D):
        line += 1
        if try refill(), block[position] == 0x0A { position += 1 }
        break record
      case (_, delimiter):
        ends.append(bytes.count)
        place = .start
      case (.start, UInt8(ascii: "\"")):
        place = .quoted
        quoteLine = line
      case (.closed, UInt8(ascii: "\"")):
        bytes.append(byte)
        place = .quoted
      case (.closed, _):
        if byte != 0x20 { problem = "has text after a closing quotation mark" }
        bytes.append(byte)
      case (.start, _), (.plain, _):
        place = .plain
        bytes.append(byte)
      }
    }
    ends.append(bytes.count)
    let isUTF8 = isPlain || String(validating: bytes, as: UTF8.self) != nil
    if !isUTF8 { westernRows += 1 }
    return CSVRow(line: begin, bytes: bytes, ends: ends, isUTF8: isUTF8, problem: problem)
  }

  /// Makes sure that a byte stands at `position`; false at the end of the file.
  private mutating func refill() throws -> Bool {
    if position < block.count { return true }
    if ended { return false }
    block = try next()
    consumed += block.count
    position = 0
    ended = block.isEmpty
    return !ended
  }
}

/// Text of the encoding Windows-1252, of which Latin-1 is a part.
enum WesternText {
  static func decoded(_ bytes: some Sequence<UInt8>) -> String {
    var text = String.UnicodeScalarView()
    for byte in bytes {
      text.append((0x80...0x9F).contains(byte) ? special[Int(byte) - 0x80] : Unicode.Scalar(byte))
    }
    return String(text)
  }

  /// 0x80…0x9F. Source: Unicode Consortium, MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1252.TXT; the five free places stay themselves.
  private static let special: [Unicode.Scalar] = [
    "\u{20AC}", "\u{81}", "\u{201A}", "\u{0192}", "\u{201E}", "\u{2026}", "\u{2020}", "\u{2021}", "\u{02C6}",
    "\u{2030}", "\u{0160}", "\u{2039}", "\u{0152}", "\u{8D}", "\u{017D}", "\u{8F}", "\u{90}", "\u{2018}", "\u{2019}",
    "\u{201C}", "\u{201D}", "\u{2022}", "\u{2013}", "\u{2014}", "\u{02DC}", "\u{2122}", "\u{0161}", "\u{203A}",
    "\u{0153}", "\u{9D}", "\u{017E}", "\u{0178}",
  ]
}
