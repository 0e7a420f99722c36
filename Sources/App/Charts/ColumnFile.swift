import Foundation
import Statistics

/// A CSV file read by the names of its columns, for people who are not programmers. Every refusal names the line and the column.
package struct ColumnFile {
  package let header: [String]
  /// The records, each with the line on which it begins.
  private let rows: [CSVRow]
  private let hasSemicolons: Bool

  /// - Throws: `StatisticsError.input` when the file cannot be read or holds no record.
  package init(_ file: URL) throws {
    do { try self.init(reader: CSVReader(file: file)) } catch let error as CSVError {
      throw StatisticsError.input(field: "--csv", advice: "cannot be used: \(error.description)")
    }
  }

  package init(text: String) throws { try self.init(reader: CSVReader(bytes: Array(text.utf8))) }

  package init(bytes: [UInt8]) throws { try self.init(reader: CSVReader(bytes: bytes)) }

  private init(reader: CSVReader) throws {
    hasSemicolons = reader.delimiter == UInt8(ascii: ";")
    var all: [CSVRow] = []
    do {
      var reader = reader
      while let row = try reader.row() { all.append(row) }
    } catch let error as CSVError {
      throw StatisticsError.input(field: "--csv", advice: "cannot be used: \(error.description)")
    }
    guard let first = all.first else { throw StatisticsError.input(field: "--csv", advice: "must not be empty") }
    header = first.fields.map { $0.trimmingCharacters(in: .whitespaces) }
    let rows = Array(all.dropFirst())
    for row in rows { try Self.check(row, columns: first.count) }
    guard !rows.isEmpty else {
      throw StatisticsError.input(field: "--csv", advice: "must hold a line below its header")
    }
    self.rows = rows
  }

  /// A cell too many is a comma within a number or a text, and would move every cell after it.
  private static func check(_ row: CSVRow, columns: Int) throws {
    let field = "--csv, line \(row.line)"
    if let problem = row.problem { throw StatisticsError.input(field: field, advice: problem) }
    guard (columns..<max(columns, row.count)).allSatisfy({ row[$0].allSatisfy(\.isWhitespace) }) else {
      throw StatisticsError.input(
        field: field,
        advice: "must have \(counted(columns, "cell")) as the first line has, not \(row.count); "
          + "put a cell with a comma in quotation marks")
    }
  }

  package var count: Int { rows.count }

  /// What stands in a column, line by line.
  /// - Parameter option: the option that named the column, for the refusal.
  package func texts(_ column: String, option: String) throws -> [String] {
    guard let place = header.firstIndex(of: column) else {
      throw StatisticsError.input(
        field: option, advice: "must name a column: \(header.joined(separator: ", ")); there is no \"\(column)\"")
    }
    guard header.count(where: { $0 == column }) == 1 else {
      throw StatisticsError.input(field: option, advice: "must name one column; two are called \"\(column)\"")
    }
    return rows.map { $0[place].trimmingCharacters(in: .whitespaces) }
  }

  /// What people and programs write where nothing was measured.
  private static let missing: Set = ["", "NA", "N/A", "n/a", "#N/A", "-", "–", "—"]

  /// The numbers of a column; nil where the cell is empty or says that nothing was measured. "12 %", "1,204" and "12,5" are read as people write them.
  package func numbers(_ column: String, option: String) throws -> [Double?] {
    let texts = try texts(column, option: option)
    let reader = ColumnNumbers(texts, hasSemicolons: hasSemicolons)
    return try zip(rows, texts).map { row, text in
      guard !Self.missing.contains(text) else { return nil }
      guard let number = reader.number(text) else {
        throw StatisticsError.input(field: "\(column), line \(row.line)", advice: "must be a number; it is \"\(text)\"")
      }
      return number
    }
  }

  /// As `numbers`, with no cell empty.
  package func complete(_ column: String, option: String) throws -> [Double] {
    try zip(rows, numbers(column, option: option)).map { row, number in
      guard let number else {
        throw StatisticsError.input(field: "\(column), line \(row.line)", advice: "must not be empty")
      }
      return number
    }
  }

  /// The line of a record, counted from 0.
  package func line(_ index: Int) -> Int { rows[index].line }
}
