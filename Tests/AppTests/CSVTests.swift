import Foundation
import Testing

@testable import App

struct CSVTests {
  private func rows(_ text: String) throws -> [[String]] { try rows(Array(text.utf8)) }

  private func rows(_ bytes: [UInt8]) throws -> [[String]] {
    var reader = try CSVReader(bytes: bytes)
    var rows: [[String]] = []
    while let row = try reader.row() { rows.append(row.fields) }
    return rows
  }

  /// RFC 4180, section 2, rules 1 to 7.
  @Test func quotedFieldsHoldCommasQuotesAndLineBreaks() throws {
    #expect(
      try rows("a,\"b, c\",\"d \"\"e\"\"\"\r\n\"f\r\ng\",,\r\n") == [["a", "b, c", "d \"e\""], ["f\r\ng", "", ""]])
  }

  @Test(arguments: ["\n", "\r\n", "\r"]) func everyLineEndCounts(_ end: String) throws {
    #expect(try rows("a,b\(end)c,d\(end)\(end)e,f") == [["a", "b"], ["c", "d"], ["e", "f"]])
  }

  @Test func aRowKnowsTheLineItBeganOn() throws {
    var reader = try CSVReader(bytes: Array("a\n\"b\nc\"\n\nd\n".utf8))
    var lines: [Int] = []
    while let row = try reader.row() { lines.append(row.line) }
    #expect(lines == [1, 2, 5])
  }

  @Test func aByteOrderMarkIsNoPartOfTheText() throws {
    #expect(try rows([0xEF, 0xBB, 0xBF] + Array("a,b\n".utf8)) == [["a", "b"]])
  }

  /// 0xE9 is é in Latin-1; 0x92 is ’ in Windows-1252 (Unicode Consortium, CP1252.TXT).
  @Test func recordsThatAreNotUTF8AreReadAsWesternText() throws {
    let bytes = Array("é,".utf8) + [0x0A, 0x53, 0xE9, 0x2C, 0x4F, 0x92, 0x0A]
    var reader = try CSVReader(bytes: bytes)
    #expect(try reader.row()?.fields == ["é", ""])
    #expect(try reader.row()?.fields == ["Sé", "O’"])
    #expect(reader.westernRows == 1)
  }

  @Test func theDelimiterIsTheOneThatTheFirstLineHasMostOf() throws {
    #expect(try rows("a|b, c|d\n1|2|3\n") == [["a", "b, c", "d"], ["1", "2", "3"]])
    #expect(try rows("a;b\n1,5;2\n") == [["a", "b"], ["1,5", "2"]])
  }

  @Test func aQuoteThatIsNeverClosedNamesItsLine() throws {
    #expect(throws: CSVError.unclosedQuote(line: 2)) { try rows("a,b\n1,\"2\n3,4\n5,6\n") }
  }

  @Test func textAfterAClosingQuoteIsAProblemOfItsRow() throws {
    var reader = try CSVReader(bytes: Array("a\n\"b\"c\nd\n".utf8))
    _ = try reader.row()
    #expect(try reader.row()?.problem == "has text after a closing quotation mark")
    #expect(try reader.row()?.problem == nil)
  }

  @Test func filesInUTF16AreRefused() {
    #expect(throws: CSVError.wideEncoding) { try rows([0xFF, 0xFE, 0x61, 0x00]) }
  }

  @Test func aRecordMayCrossTheBlocksInWhichAFileIsRead() throws {
    let long = String(repeating: "é", count: 50_000)
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).csv")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data("a,\"\(long)\"\r\nb,c\r\n".utf8).write(to: file)
    var reader = try CSVReader(file: file)
    #expect(try reader.row()?.fields == ["a", long])
    #expect(try reader.row()?.fields == ["b", "c"])
    #expect(reader.progress == 1)
  }

  @Test func whatIsWrittenIsReadBackUnchanged() throws {
    let row = ["plain", "a, b", "say \"no\"", "two\nlines", "", "=1+1"]
    var writer = CSVWriter(header: ["1", "2", "3", "4", "5", "6"], escapesFormulas: false)
    writer.add(row)
    #expect(try rows(writer.bytes) == [["1", "2", "3", "4", "5", "6"], row])
  }

  /// OWASP, "CSV injection": a cell that begins with one of these runs as a formula. Numbers stay numbers.
  @Test(arguments: [("=1+1", "'=1+1"), ("+x", "'+x"), ("-2.5", "-2.5"), ("@a", "'@a"), ("-a", "'-a"), ("a=b", "a=b")])
  func formulasAreMadeText(_ typed: String, _ written: String) {
    var writer = CSVWriter(header: ["a"])
    writer.add([typed])
    #expect(String(decoding: writer.bytes, as: UTF8.self) == "\u{FEFF}a\r\n\(written)\r\n")
  }
}
