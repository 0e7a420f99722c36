import Foundation
import Statistics
import Testing

@testable import App

/// Spreadsheets as people save them, and what is said of those that cannot be read.
struct ColumnFileTests {
  private static func refusal(_ work: () throws -> Void) -> String {
    do { try work() } catch let error as StatisticsError { return "\(error)" } catch { return "another: \(error)" }
    return "none"
  }

  private static func numbers(_ text: String, _ column: String = "rate") throws -> [Double?] {
    try ColumnFile(text: text).numbers(column, option: "--value")
  }

  @Test(arguments: ["\n", "\r\n", "\r"], ["", "\u{FEFF}"])
  func lineEndsMarksQuotesAndBlankLinesMakeNoDifference(end: String, mark: String) throws {
    let text =
      mark + ["\"rate\",day", "", "12,\"3 Sep\"", "\"13.5\",10 Sep", "   ", ",17 Sep", "15"].joined(separator: end)
    #expect(try Self.numbers(text) == [12, 13.5, nil, 15])
    #expect(try ColumnFile(text: text).texts("day", option: "--date") == ["3 Sep", "10 Sep", "17 Sep", ""])
  }

  @Test func semicolonsAndTabsPartCellsToo() throws {
    #expect(try Self.numbers("day;rate\n1;12,5\n2;1.204,25\n3;7") == [12.5, 1204.25, 7])
    #expect(try Self.numbers("day;rate\n1;12.5\n2;13.25") == [12.5, 13.25])
    #expect(try Self.numbers("day\trate\n1\t12,5\n2\t-0,25") == [12.5, -0.25])
  }

  /// One cell that can only be read one way decides for its column.
  @Test func aCommaPartsThousandsOrDecimalsAsItsColumnDoes() throws {
    #expect(try Self.numbers("day,rate\n1,\"1,204\"\n2,\"980\"") == [1204, 980])
    #expect(try Self.numbers("day,rate\n1,\"1,204\"\n2,\"12,5\"") == [1.204, 12.5])
    #expect(try Self.numbers("day;rate\n1;1,204\n2;2,5") == [1.204, 2.5])
    #expect(try Self.numbers("day;rate\n1;1,204\n2;2,204.5") == [1204, 2204.5])
    #expect(try Self.numbers("day,rate\n1,\"1,204,000\"\n2,\"0.5\"") == [1_204_000, 0.5])
    #expect(try Self.numbers("day;rate\n1;1.204\n2;2,5") == [1204, 2.5])
    #expect(try Self.numbers("day,rate\n1,\"0,125\"\n2,\"0,250\"") == [0.125, 0.25])
    #expect(try Self.numbers("day,rate\n1,12 %\n2,\"12,5 %\"\n3,−3\n4,1\u{A0}204") == [0.12, 0.125, -3, 1204])
  }

  @Test(arguments: ["abc", "12 or 13", "0x1F", "nan", "inf", "1e999", "1,2,3", "--4", "%", "12.5.1"])
  func whatIsNoNumberIsRefusedByColumnAndLine(text: String) {
    let said = Self.refusal { _ = try Self.numbers("day,rate\n1,12\n\n3,\"\(text)\"\n") }
    #expect(said.contains("rate, line 4") && said.contains("\"\(text)\""), "\(said)")
  }

  @Test func whatWasNotMeasuredIsMissing() throws {
    #expect(
      try Self.numbers("day,rate\n1,12\n2,NA\n3,n/a\n4,-\n5,–\n6,#N/A\n7,13") == [12, nil, nil, nil, nil, nil, 13])
  }

  @Test func aColumnWrittenInTwoWaysIsRefused() {
    let said = Self.refusal { _ = try Self.numbers("day,rate\n1,\"1,204.5\"\n2,\"12,5\"") }
    #expect(said.contains("rate, line 3"), "\(said)")
  }

  /// 12,5 without quotation marks would be read as 12, and every cell after it as its neighbour's.
  @Test func aCellTooManyIsRefusedByItsLine() throws {
    let said = Self.refusal { _ = try ColumnFile(text: "rate,day\n12,1\n12,5,2\n") }
    #expect(said.contains("--csv, line 3") && said.contains("quotation marks"), "\(said)")
    #expect(try Self.numbers("rate,day\n12,1,,\n13,2, \n") == [12, 13])
  }

  @Test func aColumnThatIsNotThereIsAnsweredWithThoseThatAre() {
    let said = Self.refusal { _ = try Self.numbers("day,late,of\n1,2,3\n", "rate") }
    #expect(said.contains("--value") && said.contains("day, late, of") && said.contains("\"rate\""), "\(said)")
    let twice = Self.refusal { _ = try Self.numbers("rate,rate\n1,2\n") }
    #expect(twice.contains("two are called \"rate\""), "\(twice)")
  }

  @Test func latin1IsReadAndUTF16IsRefused() throws {
    let file = try ColumnFile(
      bytes: Array("caf".utf8) + [0xE9] + Array(",rate\n".utf8) + [0xC9] + Array("cole,12\n".utf8))
    #expect(file.header == ["café", "rate"])
    #expect(try file.texts("café", option: "--date") == ["École"])
    #expect(throws: (any Error).self) { try ColumnFile(bytes: [0xFF, 0xFE, 0x61, 0x00]) }
  }

  @Test(arguments: ["", "\n\n", "rate,day\n", "\u{FEFF}"]) func aFileWithoutFiguresIsRefused(text: String) {
    #expect(Self.refusal { _ = try ColumnFile(text: text) }.contains("--csv"))
  }

  @Test func aQuoteThatIsNeverClosedIsRefusedByItsLine() {
    let said = Self.refusal { _ = try ColumnFile(text: "rate,day\n1,2\n\"3,4\n5,6\n") }
    #expect(said.contains("--csv") && said.contains("line 3"), "\(said)")
  }
}

/// Charts and pools asked for by the columns of a file.
struct ColumnRequestTests {
  private static let late = "week,late,of\n" + (1...12).map { "w\($0),\($0 % 3 + 2),25" }.joined(separator: "\n")

  private static func request(_ kind: ChartKind, _ change: (inout ChartRequest) -> Void = { _ in }) -> ChartRequest {
    var request = ChartRequest()
    (request.value, request.size, request.date, request.kind) = ("late", "of", "week", kind)
    change(&request)
    return request
  }

  private static func field(_ request: ChartRequest) -> String? { field(late, request) }

  private static func field(_ text: String, _ request: ChartRequest) -> String? {
    do { _ = try request.plot(ColumnFile(text: text)) } catch StatisticsError.input(let field, _) { return field } catch
    {}
    return nil
  }

  @Test func countsSharesAndPercentagesGiveTheSameChart() throws {
    func chart(_ cell: (Int) -> String) throws -> ControlChart {
      let text = "week,late,of\n" + (1...12).map { "w\($0),\(cell($0 % 3 + 2)),25" }.joined(separator: "\n")
      return try Self.request(.proportion).plot(ColumnFile(text: text)).chart
    }
    let counts = try chart { "\($0)" }
    for other in [try chart { "\(Double($0) / 25)" }, try chart { "\($0 * 4) %" }] {
      for (one, two) in zip(counts.values, other.values) { #expect(abs((one ?? 0) - (two ?? 1)) < 1e-12) }
    }
  }

  @Test func refusalsNameTheOptionOrTheColumnAndItsLine() {
    #expect(Self.field(Self.request(.proportion) { $0.size = nil }) == "--n")
    #expect(Self.field(Self.request(.mean) { $0.date = nil }) == "--date")
    #expect(Self.field(Self.request(.run) { $0.value = "absent" }) == "--value")
    #expect(Self.field(Self.request(.run) { $0.size = "absent" }) == "--n")
    #expect(Self.field(Self.request(.run) { $0.date = "when" }) == "--date")
    #expect(Self.field("week,late,of\n1,3,10\n\n2,12,10", Self.request(.proportion)) == "late, line 4")
    #expect(Self.field("week,late,of\n1,3,10\n2,1,0", Self.request(.rate)) == "of, line 3")
    #expect(Self.field("week,late\n1,3\n2,0", Self.request(.time) { $0.size = nil }) == "late, line 3")
    #expect(Self.field(Self.request(.run) { $0.options.parts = [12] }) == "--part")
    #expect(Self.field(Self.request(.run) { $0.options.parts = [0] }) == "--part")
    #expect(Self.field(Self.request(.run) { $0.options.exclude = [13] }) == "--exclude")
    #expect(Self.field(Self.request(.run) { $0.options.freeze = 13 }) == "--freeze")
    #expect(Self.field(Self.request(.run) { $0.options.freeze = 1 }) == "--freeze")
    #expect(Self.field(Self.request(.run) { $0.options.freeze = 12 }) == nil)
    #expect(Self.field(Self.request(.run) { $0.target = .nan }) == "--target")
  }

  /// Newest first, as many programs save; names are left in their order.
  @Test func datesAreChartedInTheOrderOfTime() throws {
    let text = "week,late,of\n2024-03-15,4,25\n2024-03-08,3,25\n2024-03-01,2,20\n"
    let plot = try Self.request(.proportion).plot(ColumnFile(text: text))
    #expect(plot.labels == ["2024-03-01", "2024-03-08", "2024-03-15"] && plot.chart.values == [0.1, 0.12, 0.16])
    let named = try Self.request(.run) { $0.size = nil }.plot(ColumnFile(text: "week,late\nw2,1\nw1,2\nw1,3\n"))
    #expect(named.chart.values == [1, 2, 3])
    // The wrong line is the file's, and one date is one point.
    #expect(
      Self.field("week,late,of\n2024-03,30,25\n2024-01,3,25\n", Self.request(.proportion)) == "late, line 2")
    #expect(
      Self.field("week,late,of\n2024-03-08,3,25\n2024-03-01,3,25\n2024-03-08,4,25\n", Self.request(.proportion))
        == "week, line 4")
    let groups = try Self.request(.mean) { $0.size = nil }.plot(
      ColumnFile(text: "week,late\n2024-02,5\n2024-01,1\n2024-02,7\n2024-01,3\n"))
    #expect(groups.chart.values == [2, 6])
  }

  @Test func poolsNameWhatIsMissingAndWhere() throws {
    func field(_ text: String, _ change: (inout PoolRequest) -> Void) -> String? {
      var request = PoolRequest()
      change(&request)
      do { _ = try request.report(ColumnFile(text: text)) } catch StatisticsError.input(let field, _) {
        return field
      } catch {}
      return nil
    }
    #expect(field("g,v\n1,2\n") { _ in } == "--effect")
    #expect(field("g,v\n1,2\n") { $0.effect = "g" } == "--variance")
    #expect(field("g,v\n1,2\n") { ($0.effect, $0.variance) = ("g", "w") } == "--variance")
    #expect(field("g,v\n.2,.1\n.3,-1\n") { ($0.effect, $0.variance) = ("g", "v") } == "v, line 3")
    #expect(field("g,v\n.2,.1\n,.1\n") { ($0.effect, $0.variance) = ("g", "v") } == "g, line 3")
    #expect(
      field("a,n,c,m\n3,2,1,9\n") {
        ($0.events, $0.size, $0.comparisonEvents, $0.comparisonSize) = ("a", "n", "c", "m")
      }
        == "a, line 2")
    #expect(
      field("a,n,c,m\n0,0,1,9\n") {
        ($0.events, $0.size, $0.comparisonEvents, $0.comparisonSize) = ("a", "n", "c", "m")
      } == "n, line 2")
    var request = PoolRequest()
    (request.effect, request.standardError) = ("g", "se")
    request.label = "s"
    let text = "s,g,se\nA,.2,.1\nA,.25,.1\nB,.3,.12\nC,.1,.2\n"
    #expect(try request.report(ColumnFile(text: text)).contains("They are trials of 3 schools."))
    #expect(try !request.report(ColumnFile(text: text.replacing("A,.25", with: "D,.25"))).contains("They are trials"))
    request.label = nil
    let comma = try request.report(ColumnFile(text: "g;se\n0,2;0,1\n0,3;0,12\n0,1;0,2\n"))
    #expect(try comma == request.report(ColumnFile(text: "g,se\n0.2,0.1\n0.3,0.12\n0.1,0.2\n")))
  }
}

/// The built program, as a person runs it.
struct StatisticsProgramTests {
  private static let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    .appending(path: "league")

  private static func run(_ arguments: [String]) throws -> (status: Int32, output: String, errors: String) {
    let (process, output, errors) = (Process(), Pipe(), Pipe())
    process.executableURL = built
    process.arguments = ["statistics"] + arguments
    (process.standardOutput, process.standardError) = (output, errors)
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, text, said)
  }

  /// Beside the tests, wherever the test runner itself lies.
  private static var built: URL {
    if FileManager.default.isExecutableFile(atPath: program.path()) { return program }
    return URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../.build/debug/league")
      .standardized
  }

  private static func inFolder<Answer>(_ work: (URL) throws -> Answer) throws -> Answer {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try work(folder)
  }

  @Test func aSpreadsheetBecomesASentenceATableAndADrawing() throws {
    try Self.inFolder { folder in
      let (csv, svg) = (folder.appending(path: "attendance.csv"), folder.appending(path: "out.svg"))
      let rows = [91, 92, 90, 93, 91, 92, 90, 91, 93, 92, 91, 70].enumerated().map { "week \($0 + 1);\($1),0 %;250" }
      try Data(("\u{FEFF}week;rate;students\r\n" + rows.joined(separator: "\r\n")).utf8).write(to: csv)
      let answer = try Self.run([
        "chart", "--csv", csv.path(), "--value", "rate", "--n", "students", "--date", "week", "--kind", "p", "--rules",
        "anhoej", "--unit", "week", "--svg", svg.path(),
      ])
      #expect(answer.status == 0 && answer.errors.isEmpty, "\(answer.errors)")
      #expect(answer.output.contains("week 12 lies beyond the limits") || answer.output.contains("Week 12 lies beyond"))
      #expect(answer.output.contains("Read by the Anhøj rules, version 1, on a p chart."))
      let drawing = try String(contentsOf: svg, encoding: .utf8)
      #expect(drawing.hasPrefix("<svg"))
      #expect(drawing.split(separator: "class=\"dot").count == 13)
      #expect(drawing.contains("beyond the control limits"))
      #expect(drawing.split(separator: "class=\"ring\"").count == 13)
    }
  }

  @Test func badInputEndsWithStatus65AndSaysWhere() throws {
    try Self.inFolder { folder in
      let csv = folder.appending(path: "bad.csv")
      try Data("week,late,of\n1,3,10\n2,12,10\n".utf8).write(to: csv)
      func said(_ more: [String]) throws -> String {
        let answer = try Self.run(more)
        #expect(answer.status == 65 && answer.output.isEmpty)
        return answer.errors
      }
      #expect(try said(["chart", "--csv", csv.path(), "--value", "rate"]).contains("week, late, of"))
      #expect(
        try said(["chart", "--csv", csv.path(), "--value", "late", "--n", "of", "--kind", "p"]).contains("late, line 3")
      )
      #expect(try said(["chart", "--csv", csv.path(), "--value", "late", "--kind", "pie"]).contains("--kind"))
      #expect(try said(["chart", "--csv", folder.path() + "/none.csv", "--value", "late"]).contains("--csv"))
      #expect(try said(["chart", "--csv", csv.path(), "--value", "late", "--part", "9"]).contains("--part"))
      #expect(try said(["pool", "--csv", csv.path(), "--effect", "late"]).contains("--variance"))
    }
  }
}
