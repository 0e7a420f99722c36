import Testing

@testable import App

/// Reading what people type and paste. Expected values follow from the words typed.
struct MeasureValueTests {
  @Test(arguments: [
    ("92%", 0.92), ("92 %", 0.92), ("92,5%", 0.925), ("0,92", 0.92), ("0.92", 0.92), ("92", 0.92), (".5", 0.5),
    ("0", 0), ("100%", 1), ("1%", 0.01), ("23/25", 0.92), ("23 / 25", 0.92), ("23 of 25", 0.92), ("23 OUT OF 25", 0.92),
  ])
  func aShareIsReadAsPeopleWriteIt(typed: String, share: Double) throws {
    #expect(abs(try MeasuredValue(typed, as: .share).value - share) < 1e-12)
  }

  @Test func aCountAndItsWholeAreKept() throws {
    let value = try MeasuredValue("23 of 25", as: .share)
    #expect(value.count == 23 && value.size == 25)
    #expect(try MeasuredValue("92%", as: .share).size == nil)
    #expect(try MeasuredValue("1,204", as: .count).value == 1204)
    #expect(try MeasuredValue("12,5", as: .number).value == 12.5)
    #expect(try MeasuredValue("−3.5", as: .number).value == -3.5)
    #expect(try MeasuredValue("2025.0", as: .number).value == 2025)
  }

  @Test(arguments: DataKind.allCases) func aYearIsRefusedWithASentence(kind: DataKind) {
    #expect(throws: Refusal.self) { try MeasuredValue("2025", as: kind) }
    #expect(problem("2025", kind).contains("looks like a year"))
  }

  @Test(arguments: [
    "", "abc", "1e5", "NaN", "inf", "0x10", "25/23", "1/0", "0/0", "-5%", "101%", "1", "23/25/27", "23 24", "=1+1", "٣",
    "99999999999999999999/99999999999999999999", "1/1000001", "..", ",", "5%%", "<b>5</b>",
  ])
  func whatIsNoShareIsRefusedInWords(typed: String) {
    let words = problem(typed, .share)
    #expect(words.count > 10 && words.hasSuffix("."))
  }

  @Test func whatCouldMeanTwoThingsIsAsked() {
    #expect(problem("1,234", .number) == "Is that 1234 or 1.234? Write it without the comma.")
    #expect(problem("1", .share).contains("1 % or all"))
    #expect(problem("2.5", .count).contains("whole number"))
    #expect(problem("-1", .count).contains("below 0"))
  }

  @Test(arguments: [
    ("23/25", DataKind.share), ("92.5%", .share), ("7", .count), ("-1.25", .number),
  ])
  func whatIsShownForCorrectionReadsBackTheSame(typed: String, kind: DataKind) throws {
    let value = try MeasuredValue(typed, as: kind)
    #expect(try MeasuredValue(value.typed(kind), as: kind) == value)
  }

  @Test func aBareNumberBelowOneMayBeMeantInTwoWays() throws {
    for typed in ["0,25", "0.25", ".5", "0.9"] { #expect(MeasuredValue.isTwofold(typed, as: .share)) }
    for typed in ["0", "1", "0.25%", "25", "1/4", "x", "-0.5"] { #expect(!MeasuredValue.isTwofold(typed, as: .share)) }
    #expect(!MeasuredValue.isTwofold("0.25", as: .number))
    #expect(try MeasuredValue("0,25", as: .share, reading: .percent).value == 0.0025)
    #expect(try MeasuredValue("0,25", as: .share, reading: .fraction).value == 0.25)
    #expect(try MeasuredValue("1", as: .share, reading: .fraction).value == 1)
    #expect(try MeasuredValue("1", as: .share, reading: .percent).value == 0.01)
    #expect(try MeasuredValue("25", as: .share, reading: .fraction).value == 0.25)
    #expect(ShareReading.allCases.map { $0.words("0.25") } == ["25 %", "0.25 %"])
  }

  @Test func earlierValuesTellHowItIsMeantWhereTheyCan() {
    #expect(MeasuredValue.reading(of: "0.92", among: [0.88, 0.9, 0.95]) == .fraction)
    #expect(MeasuredValue.reading(of: "0.25", among: [0.002, 0.004]) == .percent)
    #expect(MeasuredValue.reading(of: "0.25", among: []) == nil)
    #expect(MeasuredValue.reading(of: "0.25", among: [0.002, 0.3]) == nil)
    #expect(MeasuredValue.reading(of: "0.25", among: [0.05]) == nil)
  }

  private func problem(_ typed: String, _ kind: DataKind) -> String {
    do {
      _ = try MeasuredValue(typed, as: kind)
      return ""
    } catch {
      if case .invalid(let problems) = error { return problems["value"] ?? "" }
      return ""
    }
  }
}

struct PastedColumnTests {
  /// A Tuesday.
  private let today = CalendarDate(dayNumber: 20_781)

  private func read(_ text: String, _ kind: DataKind = .share, first: CalendarDate? = nil) throws -> PastedColumn {
    try PastedColumn(text, kind: kind, schedule: .week, first: first, today: today)
  }

  @Test func valuesAloneEndWithThisWeek() throws {
    let column = try read("Share\n90%\n0,92\n23/25\n")
    #expect(column.good.map(\.value?.value) == [0.9, 0.92, 0.92])
    #expect(column.lines.map { $0.period?.description } == ["2026-11-09", "2026-11-16", "2026-11-23"])
    #expect(column.lines.map(\.number) == [2, 3, 4])
  }

  @Test(arguments: [
    "2026-11-02\t23\t25\n2026-11-09\t24\t25", "date,count,n\n2026-11-02,23,25\n2026-11-09,24,25",
    "11/2/2026,23/25\n11/9/2026,24/25", "2026-11-02;23;25\n2026-11-09;24;25", "11/2/26\t23 of 25\n11/9/26\t24 of 25",
  ])
  func datesCountsAndSeparatorsAreFound(text: String) throws {
    let column = try read(text)
    #expect(column.bad.isEmpty)
    #expect(column.lines.map { $0.period?.description } == ["2026-11-02", "2026-11-09"])
    #expect(column.lines.map(\.value?.count) == [23, 24])
  }

  @Test func eachLineThatCannotBeKeptSaysWhy() throws {
    let column = try read("2026-11-02,90%\n2026-11-03,91%\n2027-01-04,92%\n2026-13-40,93%\n2026-11-16,2025")
    #expect(column.good.count == 1)
    #expect(
      column.bad.compactMap(\.problem) == [
        "Line 1 is for the same week.", "Mon 4 Jan 2027 is still to come.",
        "“2026-13-40” is not a date. Write it as 2026-11-24 or 11/24/2026.",
        "2025 cannot be a share: it looks like a year. Write 23/25, 92% or 0.92.",
      ])
  }

  /// Beside counts, none of 25 is none; a count without its other half is no share.
  @Test(arguments: [",", "\t", ";"]) func noneOfSomeIsNoneAndHalfACountIsRefused(separator: String) throws {
    let rows = [
      ["2026-10-19", "0", "25"], ["2026-11-02", "", "25"], ["2026-11-09", "1", "25"], ["2026-11-16", "5", ""],
    ]
    let column = try read(
      "Week\(separator)On time\(separator)Enrolled\n"
        + rows.map { $0.joined(separator: separator) }.joined(separator: "\n"))
    #expect(column.good.map(\.number) == [2, 4])
    #expect(column.good.map(\.value) == [.init(0, count: 0, size: 25), .init(0.04, count: 1, size: 25)])
    // Alone, a comma is a decimal one.
    #expect(try read("2026-10-19,0,25\n2026-10-26,0,3").good.map(\.value?.value) == [0.25, 0.3])
  }

  @Test func aListOfStudentsIsRefused() {
    #expect(throws: Refusal.self) {
      try read("Emma Carter,1023456\nLiam Novak,1023457\nAva Moreau,1023458\nNoah Pike,1023459")
    }
  }

  @Test func hostileTextsNeverBreakTheReader() {
    for text in ["", "\n\n", ",", "\t\t\t", ",,,,\n;;;;", "\"", String(repeating: "1\n", count: 1500), "😀\n😀"] {
      do {
        let column = try read(text, .number)
        #expect(column.lines.count <= PastedColumn.most + 1)
      } catch { #expect(error is Refusal) }
    }
  }
}
