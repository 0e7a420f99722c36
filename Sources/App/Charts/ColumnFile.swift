import Foundation
import Statistics

/// A CSV file read by the names of its columns, for people who are not programmers. Every refusal names the line and the column.
package struct ColumnFile {
  package let header: [String]
  /// The records, each with the line on which it begins.
  private let rows: [CSVRow]

  /// - Throws: `StatisticsError.input` when the file cannot be read or holds no record.
  package init(_ file: URL) throws {
    do { try self.init(reader: CSVReader(file: file)) } catch let error as CSVError {
      throw StatisticsError.input(field: "--csv", advice: "cannot be used: \(error.description)")
    }
  }

  package init(text: String) throws { try self.init(reader: CSVReader(bytes: Array(text.utf8))) }

  private init(reader: CSVReader) throws {
    var reader = reader
    guard let first = try reader.row() else {
      throw StatisticsError.input(field: "--csv", advice: "must not be empty")
    }
    header = first.fields.map { $0.trimmingCharacters(in: .whitespaces) }
    var rows: [CSVRow] = []
    while let row = try reader.row() { rows.append(row) }
    guard !rows.isEmpty else {
      throw StatisticsError.input(field: "--csv", advice: "must hold a line below its header")
    }
    self.rows = rows
  }

  package var count: Int { rows.count }

  /// What stands in a column, line by line.
  /// - Parameter option: the option that named the column, for the refusal.
  package func texts(_ column: String, option: String) throws -> [String] {
    guard let place = header.firstIndex(of: column) else {
      throw StatisticsError.input(
        field: option, advice: "must name a column: \(header.joined(separator: ", ")); there is no \"\(column)\"")
    }
    return rows.map { $0[place].trimmingCharacters(in: .whitespaces) }
  }

  /// The numbers of a column; nil where the cell is empty. "12 %" and "1,204" are read as people write them.
  package func numbers(_ column: String, option: String) throws -> [Double?] {
    try zip(rows, texts(column, option: option)).map { row, text in
      guard !text.isEmpty else { return nil }
      let plain = text.replacing(",", with: "").replacing("−", with: "-")
      let isPercent = plain.hasSuffix("%")
      let digits = isPercent ? plain.dropLast().trimmingCharacters(in: .whitespaces) : plain
      guard let number = Double(digits), number.isFinite else {
        throw StatisticsError.input(field: "\(column), line \(row.line)", advice: "must be a number; it is \"\(text)\"")
      }
      return isPercent ? number / 100 : number
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
