import Foundation

/// Keeps student records out: no text of the League may hold a list of students.
///
/// It looks at the shape of a text, line by line, and refuses when several lines each look like one person's record. It is
/// a guard against mistakes (a pasted sheet), not against somebody who wants to get round it.
enum RosterGuard {
  /// What to tell the person, or nil when the text looks like prose, a list of things or a table of totals.
  static func problem(in text: String) -> String? {
    var lines = Tally()
    for line in text.split(separator: "\n").prefix(2000) { lines.add(Line(line)) }
    guard lines.isRoster else { return nil }
    return
      "This looks like a list of students (\(lines.what)). The League keeps no student records: say how many, never who."
  }

  /// How many lines of each suspicious shape there are.
  private struct Tally {
    var records = 0
    var datesOfBirth = 0
    var tableRows = 0
    var bareNames = 0

    mutating func add(_ line: Line) {
      datesOfBirth += max(line.hasName && line.hasDate ? 1 : 0, line.datedNames)
      records += max(line.hasName && line.hasLongNumber ? 1 : 0, line.numberedNames)
      if line.hasName && line.cells.count >= 3 { tableRows += 1 }
      if line.isBareName { bareNames += 1 }
    }

    var isRoster: Bool { records >= 3 || datesOfBirth >= 3 || tableRows >= 4 || bareNames >= 8 }

    var what: String {
      if records >= 3 { return "\(records) names with a number" }
      if datesOfBirth >= 3 { return "\(datesOfBirth) names with a date" }
      return tableRows >= 4 ? "\(tableRows) rows that begin with a name" : "\(bareNames) lines that are names"
    }
  }

  /// One line, taken apart.
  private struct Line {
    let cells: [String]
    /// A cell, or the two cells of "Last, First", that reads as a person's name.
    let hasName: Bool
    /// The whole line is one name, perhaps numbered.
    let isBareName: Bool
    let hasDate: Bool
    /// Five digits or more in a row: an id, not a count.
    let hasLongNumber: Bool
    /// Names followed by an id, or by a date, such as "Jane Smith 34521, Robert Jones 34522".
    let numberedNames: Int
    let datedNames: Int

    init(_ line: Substring) {
      let body = line.drop { "-*•|#0123456789.) \t".contains($0) }
      let cells = body.split { "\t|;,".contains($0) }.map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { !$0.isEmpty }
      self.cells = cells
      let head = cells.first.map { String($0) } ?? ""
      let given = cells.count >= 2 ? cells[1].split(separator: " ") : []
      let isLastFirst = Self.isNameWord(head) && given.first.map { Self.isNameWord(String($0)) } ?? false
      hasName = isLastFirst || Self.isName(head) || Self.opensWithName(head)
      isBareName =
        (cells.count == 1 && Self.isName(head)) || (cells.count == 2 && isLastFirst && given.count <= 2)
      hasDate = Self.isDate(line)
      hasLongNumber = Self.isLongNumber(line)
      let words = line.split { " \t,;:|()".contains($0) }
      let named = words.indices.dropFirst(2).filter {
        Self.isNameWord(String(words[$0 - 1])) && Self.isNameWord(String(words[$0 - 2]))
      }
      numberedNames = named.count { Self.isLongNumber(words[$0]) }
      datedNames = named.count { Self.isDate(words[$0]) }
    }

    static func isDate(_ text: Substring) -> Bool {
      text.firstMatch(of: /\b(?:\d{1,2}[\/.\-]\d{1,2}[\/.\-]\d{2,4}|\d{4}-\d{2}-\d{2})\b/) != nil
    }

    static func isLongNumber(_ text: Substring) -> Bool {
      text.firstMatch(of: /(?:^|[^\d$.])\d{5,}(?:$|\D)/) != nil
    }

    /// Two to four words, each written like a name, none of them a word of schools and calendars.
    static func isName(_ text: String) -> Bool {
      let words = text.split(separator: " ")
      return (2...4).contains(words.count) && words.allSatisfy { isNameWord(String($0)) || isInitial($0) }
    }

    /// "Emma Carter 1023456789 …": a name, then something else.
    private static func opensWithName(_ text: String) -> Bool {
      let words = text.split(separator: " ")
      return words.count > 2 && isNameWord(String(words[0])) && isNameWord(String(words[1]))
        && words[2].contains(where: \.isNumber)
    }

    private static func isInitial(_ word: Substring) -> Bool {
      word.count <= 2 && word.first?.isUppercase == true && (word.count == 1 || word.last == ".")
    }

    static func isNameWord(_ word: String) -> Bool {
      guard word.count >= 2, word.first?.isUppercase == true,
        word.allSatisfy({ $0.isLetter || $0 == "-" || $0 == "'" || $0 == "’" }), word.contains(where: \.isLowercase)
      else { return false }
      return !notNames.contains(word.lowercased())
    }

    /// Words that open a row of totals or name a school.
    private static let notNames: Set<String> = Set(
      """
      school schools high middle academy regional union valley technical tech charter center central county district \
      campus hall house team grade grades term quarter semester year week month day fall winter spring summer autumn \
      january february march april may june july august september october november december monday tuesday wednesday \
      thursday friday saturday sunday class classes room block period cycle before after students student teachers \
      teacher adviser advisers all total mean average median number group groups comparison control english science \
      algebra geometry mathematics math history reading writing spanish french biology chemistry physics the a an and of \
      in on for with no yes not each every first second third fourth north south east west island river cove hill lake
      """.split { $0 == " " || $0 == "\n" }.map(String.init))
  }
}
