import Foundation
import Statistics

/// Pooling beside R's metafor, on the same data in the same run.
enum PoolingBenchmark {
  static func run() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "pooling-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try compare("REML with Hartung-Knapp, 1,000 trials", .pool, trials: 1000, in: folder)
    try compare("full analysis of an idea, 50 trials", .idea, trials: 50, in: folder)
    let studies = Trials.made(50)
    let page = try Stopwatch.median(of: 21) { _ = try PoolingWork.page.run(studies) }
    Report.note("the idea page's whole summary with Bayes, 50 trials: \(Report.milliseconds(page))")
  }

  private static func compare(_ what: String, _ work: PoolingWork, trials: Int, in folder: URL) throws {
    let data = folder.appending(path: "\(trials).csv")
    let studies = Trials.made(trials)
    try Trials.write(studies, to: data)
    var estimate = 0.0
    let ours = try Stopwatch.median(of: 21) { estimate = try work.run(studies) }
    let coldOurs = try Stopwatch.median(of: 3) { _ = try Program.own("cold", work.rawValue, data.path()) }
    guard let script = Reference.script, FileManager.default.isExecutableFile(atPath: Program.r) else {
      return Report.note(
        "\(what): \(Report.milliseconds(ours)), cold \(Report.milliseconds(coldOurs)); R is not installed")
    }
    var printed = ""
    let coldTheirs = try Stopwatch.median(of: 3) {
      printed = try Program.run(Program.r, [script, work.rawValue, data.path(), "1"])
    }
    let answer = try Program.run(Program.r, [script, work.rawValue, data.path(), "21"]).split(separator: " ")
    guard answer.count == 2, let theirs = Double(answer[0]), let expected = Double(answer[1]) else {
      return Report.note("\(what): metafor did not answer: \(printed)")
    }
    let agrees = abs(expected - estimate) < 1e-4 * abs(expected)
    let (call, cold) = (theirs / ours, coldTheirs / coldOurs)
    let figures = "\(Report.milliseconds(ours)) : \(Report.milliseconds(theirs))"
    Report.line("\(what): call, \(figures)", String(format: "%.0f times", call), bar: "≥ 50 times", isMet: call >= 50)
    Report.line("\(what): cold process", String(format: "%.0f times", cold), bar: "≥ 10 times", isMet: cold >= 10)
    Report.line("\(what): estimate as metafor's", String(format: "%.8f", estimate), bar: "1e-4", isMet: agrees)
  }
}

/// What is measured; `metafor.R` does the same.
enum PoolingWork: String {
  /// The pooled effect with its interval.
  case pool
  /// Pooled effect, prediction interval, interval of tau², shrunk schools, leave-one-out, small-study test.
  case idea
  /// All that the idea page shows: also the Bayesian answer, worst cases, warnings and words. Not compared.
  case page

  /// The pooled estimate, so that no work can be left out unnoticed.
  func run(_ studies: [EffectSize]) throws -> Double {
    switch self {
    case .pool: return try Pooling.pool(studies, .reml, interval: .hartungKnappAdHoc).estimate
    case .idea: return try analysis(studies)
    case .page:
      let trials = studies.enumerated().map { TrialEffect(school: "S\($0)", effect: $1) }
      return try Evidence.summary(of: trials).pooled?.estimate ?? 0
    }
  }

  private func analysis(_ studies: [EffectSize]) throws -> Double {
    let pooled = try Pooling.pool(studies, .reml, interval: .hartungKnappAdHoc)
    let prediction = pooled.predictionInterval(.riley)
    let profile = try QProfile(studies)
    let shrunk = ShrunkEffects(studies, pooled: pooled)
    let without = try LeaveOneOut.pool(studies)
    let egger = try EggerTest(studies)
    let single = [prediction?.lower ?? .nan, profile.tauSquared.upper, egger?.t ?? .nan]
    guard (single + shrunk.predictions + without.map(\.estimate)).allSatisfy(\.isFinite) else {
      throw StatisticsError.noConvergence(what: "a figure of the idea")
    }
    return pooled.estimate
  }
}

/// Trials made from a seed: true effects around .2 with SD .15, variances of small schools.
enum Trials {
  static func made(_ count: Int) -> [EffectSize] {
    var random = SeededNumbers(seed: UInt64(count))
    return (0..<count).map { _ in
      let variance = Double.random(in: 0.01...0.15, using: &random)
      let estimate = 0.2 + 0.15 * random.normal() + variance.squareRoot() * random.normal()
      return EffectSize(estimate: estimate, variance: variance)
    }
  }

  static func write(_ studies: [EffectSize], to file: URL) throws {
    let lines = ["yi,vi"] + studies.map { "\($0.estimate),\($0.variance)" }
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
  }

  static func read(_ path: String) throws -> [EffectSize] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst().compactMap { line in
      let numbers = line.split(separator: ",").compactMap { Double($0) }
      return numbers.count == 2 ? EffectSize(estimate: numbers[0], variance: numbers[1]) : nil
    }
  }
}

/// The whole way from a started process to a printed estimate.
enum ColdRun {
  static func run(_ arguments: ArraySlice<String>) throws {
    guard arguments.count == 2, let name = arguments.first, let work = PoolingWork(rawValue: name),
      let path = arguments.last
    else { throw StatisticsError.input(field: "cold", advice: "must be followed by pool or idea and a file") }
    print(try work.run(Trials.read(path)))
  }
}

/// Other programs, and this one again.
enum Program {
  static let r = "/usr/bin/Rscript"

  static func own(_ arguments: String...) throws -> String {
    try run(Bundle.main.executablePath ?? CommandLine.arguments[0], arguments)
  }

  static func run(_ path: String, _ arguments: [String]) throws -> String {
    let (process, output) = (Process(), Pipe())
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.standardOutput = output
    try process.run()
    let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

/// Where the R part lies.
enum Reference {
  static var script: String? {
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "reference/metafor.R")
    return FileManager.default.fileExists(atPath: script.path()) ? script.path() : nil
  }
}
