import Foundation
import Statistics

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
    /// It may be meant in two ways: 0.25 is 25 % or 0.25 %.
    var isTwofold = false
  }

  let lines: [Line]
  /// How bare numbers below 1 are meant, as somebody said; nil while nobody has.
  let reading: ShareReading?

  /// A line that may be meant in two ways, if there is one.
  var twofold: Line? { lines.first { $0.isTwofold && $0.problem == nil } }
  /// Whether somebody has to say how it is meant before anything is kept.
  var asksReading: Bool { reading == nil && twofold != nil }

  static let most = 1000

  var good: [Line] { lines.filter { $0.problem == nil } }
  var bad: [Line] { lines.filter { $0.problem != nil } }

  /// - Parameter first: the period of the first value when no dates are given, the others follow without a gap; nil lets
  ///   the last one be the present period.
  /// - Throws: `Refusal.invalid` naming `pasted` when nothing can be read, there is too much of it, or it holds students.
  init(
    _ text: String, kind: DataKind, chart: ChartKind? = nil, schedule: Schedule, first: CalendarDate?,
    today: CalendarDate,
    reading: ShareReading? = nil
  ) throws(Refusal) {
    self.reading = reading
    if let problem = RosterGuard.problem(in: text) { throw .invalid(["pasted": problem]) }
    let raw = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { ($0 + 1, String($1)) }
      .filter { !$0.1.allSatisfy(\.isWhitespace) }
    guard !raw.isEmpty else { throw .invalid(["pasted": "Paste a column of values, one a line."]) }
    guard raw.count <= Self.most + 1 else {
      throw .invalid(["pasted": "At most \(grouped(Self.most)) lines at once; there are \(grouped(raw.count))."])
    }
    let body = Self.isHeader(raw[0].1, kind) ? Array(raw.dropFirst()) : raw
    guard !body.isEmpty else { throw .invalid(["pasted": "There is only a header. Paste the values under it."]) }
    let isCounted =
      kind == .share && body.contains { Self.isCounted(Self.split($0.1).values) }
      || chart == .rate && body.contains { Self.split($0.1).values.count == 2 }
    let current = schedule.period(of: today)
    var next = first.map(schedule.period) ?? schedule.back(body.count - 1, from: current)
    var seen: [CalendarDate: Int] = [:]
    lines = body.map { number, text in
      let (dateText, valueText) = Self.cells(text, kind, isCounted: isCounted, isGroup: chart == .mean)
      var problem: String?
      var value: MeasuredValue?
      do { value = try MeasuredValue(valueText, as: kind, chart: chart, reading: reading) } catch Refusal.invalid(
        let problems)
      {
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
      return Line(
        number: number, text: text, period: period, value: value, problem: problem,
        isTwofold: MeasuredValue.isTwofold(valueText, as: kind))
    }
  }

  /// What becomes of a line that can be kept, beside what stands already.
  enum Meeting: Sendable, Equatable {
    case new
    /// The very same value stands there: nothing is added.
    case same
    /// Another one does: both are kept until somebody chooses.
    case beside(KeptValue)
  }

  /// - Parameter standing: what stands for each period.
  static func meeting(_ line: Line, _ standing: [CalendarDate: [KeptValue]]) -> Meeting? {
    guard line.problem == nil, let period = line.period, let value = line.value else { return nil }
    guard let there = standing[period], let first = there.first else { return .new }
    return there.contains { $0.value == value } ? .same : .beside(first)
  }

  /// A first line that holds no value and no date names the columns.
  private static func isHeader(_ line: String, _ kind: DataKind) -> Bool {
    let parts = line.split { "\t;,".contains($0) }
    return !parts.isEmpty && !line.contains(where: \.isNumber)
  }

  /// The date, where there is one, and the value as a person would type it.
  ///
  /// - Parameter isCounted: whether the column holds counts and what they are out of. Only then "0,25" is none of 25:
  ///   else its comma is a decimal one; and a count without its other half is no share.
  private static func cells(
    _ line: String, _ kind: DataKind, isCounted: Bool, isGroup: Bool
  ) -> (date: String?, value: String) {
    let (separator, date, values) = split(line)
    if isGroup { return (date, values.joined(separator: " ")) }
    if isCounted, values.count == 2 || values.count == 1 && Int(values[0]) != nil {
      return (date, "\(values[0])/\(values.count == 2 ? values[1] : "")")
    }
    if kind == .share, values.count == 2, values.contains("") { return (date, values.joined(separator: "/")) }
    if date == nil, separator == "," { return (nil, line) }
    return (date, values.joined(separator: separator == "," ? "," : " "))
  }

  /// The cells of a line. The first is a date when it reads like one.
  private static func split(_ line: String) -> (separator: Character, date: String?, values: [String]) {
    let separator: Character = line.contains("\t") ? "\t" : line.contains(";") ? ";" : ","
    var cells = line.split(separator: separator, omittingEmptySubsequences: false).map {
      $0.trimmingCharacters(in: CharacterSet(charactersIn: " \t\""))
    }
    while cells.count > 1, cells.last == "" { cells.removeLast() }
    let hasDate =
      cells.count > 1
      && (isDateLike(cells[0]) || separator != "," && cells[0].contains { "-/.".contains($0) } && cells.count > 2)
    let date = hasDate ? cells.removeFirst() : nil
    return (separator, date, cells)
  }

  /// Two whole numbers of which the first is a part of the second, and not the two halves of a decimal such as "0,92".
  private static func isCounted(_ values: [String]) -> Bool {
    guard values.count == 2, let part = Int(values[0]), let whole = Int(values[1]) else { return false }
    return part > 0 && whole >= part
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
