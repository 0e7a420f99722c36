/// A roster as a file or pasted text: what each line would do. Reading it changes nothing.
struct RosterFile: Sendable {
  struct Line: Sendable, Equatable {
    /// Line of the file, from 1.
    let number: Int
    /// The fields as they stand there, for giving back.
    let fields: [String]
    let reading: Reading
  }

  enum Reading: Sendable, Equatable {
    case right(RosterNaming)
    case wrong(String)
  }

  let columns: [String]
  let lines: [Line]

  /// The most people of one file.
  static let limit = 2000

  /// - Throws: `Refusal.invalid` with the key `rows` when the text as a whole cannot be read.
  init(_ text: String) throws(Refusal) {
    guard !text.isEmpty else { throw .invalid(["rows": "Paste the lines, or choose a file."]) }
    do {
      var reader = try CSVReader(bytes: Array(text.utf8))
      guard let head = try reader.row() else { throw Refusal.invalid(["rows": "There is no line in it."]) }
      columns = head.fields.map { folded($0) }
      guard let layout = Layout(columns) else {
        throw Refusal.invalid([
          "rows": "The first line must name the columns: email, name, and if you like role and title."
        ])
      }
      var lines: [Line] = []
      var seen: [String: Int] = [:]
      while let row = try reader.row() {
        guard lines.count < Self.limit else {
          throw Refusal.invalid(["rows": "That is more than \(grouped(Self.limit)) lines. Cut the file in two."])
        }
        lines.append(Line(number: row.line, fields: row.fields, reading: layout.read(row, &seen)))
      }
      guard !lines.isEmpty else { throw Refusal.invalid(["rows": "There is no person in it, only the first line."]) }
      self.lines = lines
    } catch let error as CSVError {
      throw .invalid(["rows": error.description])
    } catch let refusal as Refusal {
      throw refusal
    } catch {
      throw .invalid(["rows": "It cannot be read as lines with commas."])
    }
  }

  /// Where the columns stand.
  private struct Layout {
    let email: Int
    let name: Int
    let role: Int?
    let title: Int?

    init?(_ columns: [String]) {
      func find(_ names: String...) -> Int? { columns.firstIndex { names.contains($0) } }
      guard let email = find("email", "e mail", "email address", "mail"), let name = find("name", "full name") else {
        return nil
      }
      self.email = email
      self.name = name
      role = find("role")
      title = find("title", "job title", "position")
    }

    func read(_ row: CSVRow, _ seen: inout [String: Int]) -> Reading {
      if let problem = row.problem { return .wrong("The line \(problem).") }
      guard let address = EmailAddress(row[email]) else {
        return .wrong("\u{201C}\(row[email])\u{201D} is no email address.")
      }
      if let first = seen[address.description] { return .wrong("The address stands on line \(first) already.") }
      seen[address.description] = row.line
      let name = row[name].trimmed
      guard !name.isEmpty, name.count <= 100 else {
        return .wrong("The name is missing or longer than 100 characters.")
      }
      let title = title.map { row[$0].trimmed } ?? ""
      guard title.count <= 100 else { return .wrong("The title is longer than 100 characters.") }
      let typed = role.map { row[$0].trimmed.lowercased() } ?? ""
      guard let kind = ["": Role.Kind.educator, "educator": .educator, "teacher": .educator, "lead": .lead][typed]
      else {
        return .wrong("The role is \u{201C}\(typed)\u{201D}; write educator or lead.")
      }
      return .right(RosterNaming(name: name, email: address, kind: kind, title: title))
    }
  }

  /// The lines that were refused, each with the reason, to be mended and sent again.
  func refusedCSV() -> [UInt8] {
    var writer = CSVWriter(header: columns + ["line", "reason"])
    for line in lines {
      guard case .wrong(let reason) = line.reading else { continue }
      let fields = (0..<columns.count).map { line.fields.indices.contains($0) ? line.fields[$0] : "" }
      writer.add(fields + [String(line.number), reason])
    }
    return writer.bytes
  }
}

/// What a file would do, or did: one entry per line.
struct RosterPlan: Sendable, Equatable {
  enum Act: Sendable, Equatable {
    /// On the roster from now; `isNew` makes an account besides.
    case add(isNew: Bool)
    case retitle(from: String)
    case unchanged
    case refused(String)
  }

  struct Entry: Sendable, Equatable {
    let line: Int
    let who: String
    let act: Act
  }

  let entries: [Entry]

  var added: Int { entries.count { if case .add = $0.act { true } else { false } } }
  var retitled: Int { entries.count { if case .retitle = $0.act { true } else { false } } }
  var unchanged: Int { entries.count { $0.act == .unchanged } }
  var refused: Int { entries.count { if case .refused = $0.act { true } else { false } } }
}

/// An import that was made.
struct RosterImport: Sendable, Identifiable, Equatable {
  let id: Identifier<RosterImport>
  let school: School.ID
  let byName: String
  let at: Instant
  let created: Int
  let changed: Int
  let unchanged: Int
  let refused: Int
  let undoneAt: Instant?
}

/// What taking an import back did, and what it left since somebody had built on it.
struct RosterUndo: Sendable, Equatable {
  struct Kept: Sendable, Equatable {
    let name: String
    let why: String
  }

  let ended: Int
  let retitled: Int
  let kept: [Kept]
}
