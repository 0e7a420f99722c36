import App
import Foundation

/// What an import says on the terminal.
enum ImportReport {
  /// Each file: its layout, its rows, what was left out and what is bad, with line numbers.
  static func files(_ files: OfficialFiles) -> String {
    var text = ""
    for file in files.files {
      text += "\(file.path.lastPathComponent)\n"
      if let trouble = file.trouble { text += "  cannot be used: \(trouble)\n" }
      if let layout = file.layout {
        text += "  \(layout), \(file.rows) rows"
        text += file.westernRows > 0 ? ", \(file.westernRows) of them not UTF-8 (read as Latin-1)\n" : "\n"
      }
      let states = file.reportedBy.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      if !states.isEmpty { text += "  schools by the state that reports them: \(states.joined(separator: ", "))\n" }
      for reason in SkipReason.allCases {
        guard let lines = file.skipped[reason] else { continue }
        text += "  skipped \(lines.count): \(reason.words) (lines \(lines.words()))\n"
      }
      for row in file.bad.prefix(20) { text += "  bad: line \(row.line) \(row.reason)\n" }
      if file.bad.count > 20 { text += "  bad: \(file.bad.count - 20) more lines\n" }
    }
    return text
  }

  static func plan(_ plan: SchoolImportPlan, list: Bool) -> String {
    var text =
      "create \(plan.created.count), update \(plan.updated.count), unchanged \(plan.unchanged), skipped rows \(plan.skipped)\n"
    guard list else { return text }
    for change in plan.created { text += "  create line \(change.line): \(change.name) (\(change.official.words))\n" }
    for change in plan.updated {
      text += "  update line \(change.line): \(change.name) (\(change.official.words))\n"
      for field in change.fields {
        text += "    \(field.field.words): \(field.old ?? "nothing") → \(field.new ?? "nothing")\n"
      }
    }
    return text
  }

  /// Open schools of the directory, a line for each state.
  static func counts(_ counts: [(state: String, kind: School.Kind, count: Int)]) -> String {
    let kinds = School.Kind.allCases
    var table = [["Open schools"] + kinds.map(\.words) + ["All"]]
    for state in States.codes {
      let own = kinds.map { kind in counts.first { $0.state == state && $0.kind == kind }?.count ?? 0 }
      table.append([States.name(state)] + own.map(String.init) + ["\(own.reduce(0, +))"])
    }
    let sums = kinds.map { kind in counts.filter { $0.kind == kind }.reduce(0) { $0 + $1.count } }
    table.append(["Six states"] + sums.map(String.init) + ["\(sums.reduce(0, +))"])
    let widths = table[0].indices.map { column in table.map { $0[column].count }.max() ?? 0 }
    return table.map { row in
      zip(row, widths).enumerated().map { index, cell in
        let space = String(repeating: " ", count: cell.1 - cell.0.count)
        return index == 0 ? cell.0 + space : space + cell.0
      }.joined(separator: "  ") + "\n"
    }.joined()
  }
}

/// Bad rows go into a file beside the one they came from, with their reasons.
enum BadRows {
  static func write(_ files: OfficialFiles) throws {
    for file in files.files where !file.bad.isEmpty {
      let name = file.path.deletingPathExtension().lastPathComponent + "-bad-rows.csv"
      let beside = file.path.deletingLastPathComponent().appending(path: name)
      let data = Data(file.badRowsCSV)
      do { try data.write(to: beside) } catch {
        try data.write(to: URL(filePath: name))
        print("  the bad rows of \(file.path.lastPathComponent), with reasons, are in \(name)")
        continue
      }
      print("  the bad rows of \(file.path.lastPathComponent), with reasons, are in \(beside.path)")
    }
  }
}

/// One line on standard error that says how far an import is; only where somebody watches.
struct ProgressLine: Sendable {
  let files: [String]
  private let isWatched = isatty(STDERR_FILENO) == 1

  func show(_ step: SchoolImport.Step) {
    guard isWatched else { return }
    let words =
      switch step {
      case .reading(let file, let share):
        "reading \(URL(filePath: files[file]).lastPathComponent) \(Int(share * 100)) %"
      case .comparing: "comparing with the directory"
      case .writing(let done, let total): "writing \(done) of \(total)"
      case .lookingForDuplicates: "looking for duplicates"
      }
    write("\r\u{1B}[K\(words)")
  }

  func clear() { if isWatched { write("\r\u{1B}[K") } }

  private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }

  init(files: [String]) { self.files = files }
}
