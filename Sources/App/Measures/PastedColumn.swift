import Foundation

/// Values pasted from a spreadsheet or a CSV file: with or without dates and a header; tab, comma or semicolon between.
struct PastedColumn: Sendable, Equatable {
  struct Line: Sendable, Equatable {
    /// From 1, as it stands in what was pasted.
    let number: Int
    let text: String
    let period: CalendarDate?
    let value: MeasuredValue?
    /// What is wrong, in a sentence; nil for a line that can be kept.
    var problem: String?
  }

  let lines: [Line]

  static let most = 1000

  var good: [Line] { lines.filter { $0.problem == nil } }
  var bad: [Line] { lines.filter { $0.problem != nil } }

  /// - Parameter first: the period of the first value when no dates are given, the others follow without a gap; nil lets
  ///   the last one be the present period.
  /// - Throws: `Refusal.invalid` naming `pasted` when nothing can be read, there is too much of it, or it holds students.
  init(_ text: String, kind: DataKind, schedule: Schedule, first: CalendarDate?, today: CalendarDate)
    throws(Refusal)
  {
    if let problem = RosterGuard.problem(in: text) { throw .invalid(["pasted": problem]) }
    let raw = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { ($0 + 1, String($1)) }
      .filter { !$0.1.allSatisfy(\.isWhitespace) }
    guard !raw.isEmpty else { throw .invalid(["pasted": "Paste a column of values, one a line."]) }
    guard raw.count <= Self.most + 1 else {
      throw .invalid(["pasted": "At most \(grouped(Self.most)) lines at once; there are \(grouped(raw.count))."])
    }
    let body = Self.isHeader(raw[0].1, kind) ? Array(raw.dropFirst()) : raw
    guard !body.isEmpty else { throw .invalid(["pasted": "There is only a header. Paste the values under it."]) }
    let current = schedule.period(of: today)
    var next = first.map(schedule.period) ?? schedule.back(body.count - 1, from: current)
    var seen: [CalendarDate: Int] = [:]
    lines = body.map { number, text in
      let (dateText, valueText) = Self.cells(text, kind)
      var problem: String?
      var value: MeasuredValue?
      do { value = try MeasuredValue(valueText, as: kind) } catch Refusal.invalid(let problems) {
        problem = problems["value"]
      } catch { problem = "This line could not be read." }
      var period: CalendarDate? = next
      if let dateText {
        period = Self.date(dateText).map(schedule.period)
        if period == nil { problem = "“\(dateText.prefix(40))” is not a date. Write it as 2026-11-24 or 11/24/2026." }
      } else {
        next = schedule.after(next)
      }
      if let period, problem == nil {
        if period > today {
          problem = "\(period.spoken) is still to come."
        } else if let other = seen[period] {
          problem = "Line \(other) is for the same \(schedule.rawValue)."
        } else {
          seen[period] = number
        }
      }
      return Line(number: number, text: text, period: period, value: value, problem: problem)
    }
  }

  /// A first line that holds no value and no date names the columns.
  private static func isHeader(_ line: String, _ kind: DataKind) -> Bool {
    let parts = line.split { "\t;,".contains($0) }
    return !parts.isEmpty && !line.contains(where: \.isNumber)
  }

  /// The date, where there is one, and the value: the first cell is a date when it reads like one. Two number cells after
  /// it, or without it, are a count and what it is out of.
  private static func cells(_ line: String, _ kind: DataKind) -> (date: String?, value: String) {
    let separator: Character = line.contains("\t") ? "\t" : line.contains(";") ? ";" : ","
    var cells = line.split(separator: separator, omittingEmptySubsequences: false).map {
      $0.trimmingCharacters(in: CharacterSet(charactersIn: " \t\""))
    }
    while cells.count > 1, cells.last == "" { cells.removeLast() }
    // A decimal comma is no separator: "0,92" stays one cell unless a date stands before it.
    if separator == ",", !isDateLike(cells[0]) {
      if kind == .share, cells.count == 2, let x = Int(cells[0]), let n = Int(cells[1]), x > 0, n >= x {
        return (nil, "\(x)/\(n)")
      }
      return (nil, line)
    }
    guard cells.count > 1 else { return (nil, cells[0]) }
    let date =
      isDateLike(cells[0]) || separator != "," && cells[0].contains { "-/.".contains($0) } && cells.count > 2
      ? cells.removeFirst() : nil
    if kind == .share, cells.count == 2, Int(cells[0]) != nil, Int(cells[1]) != nil, separator != "," || cells[0] != "0"
    {
      return (date, "\(cells[0])/\(cells[1])")
    }
    return (date, cells.joined(separator: separator == "," ? "," : " "))
  }

  private static func isDateLike(_ text: String) -> Bool {
    text.wholeMatch(of: /[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}\/[0-9]{1,2}\/[0-9]{2,4}/) != nil
  }

  /// `2026-11-24`, or as spreadsheets of the six states write it: 11/24/2026.
  static func date(_ text: String) -> CalendarDate? {
    if let parts = text.wholeMatch(of: /([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})/) {
      guard let y = Int(parts.1), let m = Int(parts.2), let d = Int(parts.3) else { return nil }
      return CalendarDate(year: y, month: m, day: d)
    }
    guard let parts = text.wholeMatch(of: /([0-9]{1,2})\/([0-9]{1,2})\/([0-9]{2}|[0-9]{4})/),
      let m = Int(parts.1), let d = Int(parts.2), let y = Int(parts.3)
    else { return nil }
    return CalendarDate(year: y < 100 ? 2000 + y : y, month: m, day: d)
  }
}
