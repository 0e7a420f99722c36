import Foundation

/// What a set of official files says, put together by school: the order of the files does not matter.
package struct OfficialFiles: Sendable {
  package private(set) var files: [FileReport] = []
  /// What is known of each school, and from which lines.
  private(set) var schools: [OfficialID: Known] = [:]

  struct Known: Sendable {
    var facts: SchoolFacts
    /// Place of the file in `files`, and line.
    var lines: [(file: Int, line: Int)]
    var layouts: Set<String>
  }

  /// Reads the files one after the other, each as a stream.
  ///
  /// - Parameter progress: the file's place and the share of it that was read, 0…1.
  package init(_ paths: [URL], progress: (Int, Double) -> Void = { _, _ in }) {
    for (index, path) in paths.enumerated() {
      progress(index, 0)
      read(path, index) { progress(index, $0) }
      progress(index, 1)
    }
  }

  /// Whether each file was of a known layout, and each row sound.
  package var isSound: Bool { files.allSatisfy { $0.trouble == nil && $0.bad.isEmpty } }

  /// Years of the location files, by state, and how many schools each has there: what is needed to say that one is gone.
  var located: Set<OfficialID> {
    Set(
      schools.filter {
        $0.value.layouts.contains(EDGELayout.title) || $0.value.layouts.contains(CCDDirectoryLayout.title)
      }.keys)
  }

  // MARK: one file

  private mutating func read(_ path: URL, _ index: Int, progress: (Double) -> Void) {
    var report = FileReport(path: path)
    do {
      var reader = try CSVReader(file: path)
      try read(&reader, &report, index, progress)
      report.westernRows = reader.westernRows
    } catch let error as CSVError {
      report.trouble = error.description
    } catch {
      report.trouble = "\(path.lastPathComponent) cannot be read: \(error)"
    }
    files.append(report)
  }

  private mutating func read(
    _ reader: inout CSVReader, _ report: inout FileReport, _ index: Int, _ progress: (Double) -> Void
  ) throws {
    guard let first = try reader.row() else {
      report.trouble = "The file is empty."
      return
    }
    let isHeaderless = EDGELayout.begins(first)
    let columns = isHeaderless ? EDGELayout.headerless : Columns(first.fields)
    guard let layout = OfficialLayouts.recognise(columns) else {
      report.trouble =
        "Line \(first.line) is the header of no known layout. "
        + (OfficialLayouts.nearest(columns) ?? "Known are: \(OfficialLayouts.names).")
      return
    }
    report.layout = type(of: layout).title
    report.header = columns.names
    var linesByID: [OfficialID: Int] = [:]
    var pending = isHeaderless ? first : try reader.row()
    while let row = pending {
      report.rows += 1
      take(row, columns, layout, &report, index, &linesByID)
      if report.rows % 2000 == 0 { progress(reader.progress) }
      pending = try reader.row()
    }
    if report.rows == 0 { report.trouble = "The file has a header and no rows." }
  }

  private mutating func take(
    _ row: CSVRow, _ columns: Columns, _ layout: any OfficialLayout, _ report: inout FileReport, _ index: Int,
    _ linesByID: inout [OfficialID: Int]
  ) {
    if let reason = Self.raggedness(row, columns) ?? row.problem {
      report.bad.append(BadRow(line: row.line, fields: row.fields, reason: reason))
      return
    }
    switch layout.read(NamedRow(row: row, columns: columns)) {
    case .bad(let reason): report.bad.append(BadRow(line: row.line, fields: row.fields, reason: reason))
    case .skipped(let reason): report.skipped[reason, default: LineList()].add(row.line)
    case .facts(let facts):
      guard let id = facts.official else { return }
      if let before = linesByID[id] {
        let reason = "\(id.words) stands on line \(before) already"
        report.bad.append(BadRow(line: row.line, fields: row.fields, reason: reason))
        return
      }
      linesByID[id] = row.line
      if let state = facts[.agencyState] ?? facts[.state] { report.reportedBy[state, default: 0] += 1 }
      keep(facts, id, (file: index, line: row.line), type(of: layout).title)
    }
  }

  private mutating func keep(_ facts: SchoolFacts, _ id: OfficialID, _ place: (file: Int, line: Int), _ layout: String)
  {
    var known = schools[id] ?? Known(facts: SchoolFacts(official: id), lines: [], layouts: [])
    known.facts.take(facts)
    known.lines.append(place)
    known.layouts.insert(layout)
    schools[id] = known
  }

  /// Fields that are missing at the end shift nothing, but a row cut off in the middle must not pass for a whole one.
  private static func raggedness(_ row: CSVRow, _ columns: Columns) -> String? {
    let expected = columns.names.count
    if row.count < expected { return "has \(row.count) fields where the header has \(expected)" }
    if row.count > expected, (expected..<row.count).contains(where: { !row[$0].trimmingSpaces.isEmpty }) {
      return "has \(row.count) fields where the header has \(expected)"
    }
    return nil
  }

  /// Adds to a file's report that a line came to nothing, since nobody names its school.
  mutating func skip(_ place: (file: Int, line: Int), _ reason: SkipReason) {
    guard files.indices.contains(place.file) else { return }
    files[place.file].skipped[reason, default: LineList()].add(place.line)
  }

  mutating func conclude(_ id: OfficialID, _ facts: SchoolFacts) { schools[id]?.facts.take(facts) }
}

/// The layouts that can be read, in the order in which they are tried.
enum OfficialLayouts {
  static let all: [any OfficialLayout.Type] = [
    CCDDirectoryLayout.self, CCDMembershipLayout.self, CCDCharacteristicsLayout.self, EDGELayout.self, ACGRLayout.self,
    PSSLayout.self,
  ]

  static func recognise(_ columns: Columns) -> (any OfficialLayout)? {
    for layout in all {
      if let found = layout.init(columns: columns) { return found }
    }
    return nil
  }

  /// Of which layout the file would be if it were not for the columns that it lacks; nil when it is near to none.
  static func nearest(_ columns: Columns) -> String? {
    let near = all.flatMap { layout in
      layout.marks.map { (title: layout.title, marks: $0.count, missing: columns.missing(of: $0)) }
    }.filter { !$0.missing.isEmpty && $0.missing.count * 2 <= $0.marks }
    guard let best = near.min(by: { $0.missing.count < $1.missing.count }) else { return nil }
    let names = best.missing.map { $0.hasSuffix("#") ? $0.dropLast() + " with a year" : $0 }.joined(separator: ", ")
    return "It would be \(best.title), but a column is missing: \(names)."
  }

  static var names: String { all.map { $0.title }.joined(separator: ", ") }
}

/// What became of one file.
package struct FileReport: Sendable {
  package let path: URL
  /// Nil when the header is of no known layout.
  package var layout: String?
  package var rows = 0
  /// Records that were not UTF-8 and were read as Windows-1252.
  package var westernRows = 0
  /// Rows that tell of a school, by the state that reports it.
  package var reportedBy: [String: Int] = [:]
  package var skipped: [SkipReason: LineList] = [:]
  package var bad: [BadRow] = []
  /// Why the file as a whole cannot be used.
  package var trouble: String?
  var header: [String] = []

  init(path: URL) { self.path = path }

  package var name: String { path.lastPathComponent }

  /// The bad rows as CSV: the file's own columns, then the line and what is wrong. Mended, it can be imported.
  package var badRowsCSV: [UInt8] {
    var writer = CSVWriter(header: header + ["LINE", "REASON"], escapesFormulas: false)
    for row in bad {
      let own = row.fields.prefix(header.count)
      let filler = Array(repeating: "", count: header.count - own.count)
      writer.add(own + filler + ["\(row.line)", row.reason])
    }
    return writer.bytes
  }
}

/// A row that contradicts its layout.
package struct BadRow: Sendable, Equatable {
  package let line: Int
  let fields: [String]
  package let reason: String
}
