import App
import ArgumentParser
import Foundation

struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Look at everything that keeps a League healthy, and say what cures each trouble.",
    discussion: "Ends with 1 when something is bad. The server may run meanwhile.")

  @OptionGroup var flags: SettingFlags
  @Flag(help: "Cure what the program can cure by itself; nothing that people wrote is changed.") var fix = false
  @Flag(help: "Write JSON.") var json = false
  @Option(help: "The selector of the mail server's DKIM key.") var dkimSelector: String?

  func run() async throws {
    let doctor = Doctor(settings: try flags.settings(), dkimSelector: dkimSelector, now: Instant.system())
    var findings = await doctor.examine()
    if fix {
      for finding in findings {
        if let done = try await doctor.cure(finding), !json { say(done) }
      }
      findings = await doctor.examine()
    }
    if json { try show(json: findings) } else { show(findings) }
    if findings.contains(where: { $0.grade == .bad }) { throw ExitCode(1) }
  }

  private func show(_ findings: [Finding]) {
    for finding in findings {
      let grade = finding.grade.rawValue.padding(toLength: 8, withPad: " ", startingAt: 0)
      print("\(grade)\(finding.check): \(finding.words)")
      if !finding.cure.isEmpty { print("        → \(finding.cure)") }
    }
    func count(_ grade: Finding.Grade) -> Int { findings.count { $0.grade == grade } }
    print("\(count(.good)) good, \(count(.warning)) warnings, \(count(.bad)) bad")
  }

  private struct Line: Encodable {
    let check: String
    let grade: String
    let words: String
    let cure: String
  }

  private func show(json findings: [Finding]) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let lines = findings.map { Line(check: $0.check, grade: $0.grade.rawValue, words: $0.words, cure: $0.cure) }
    print(String(decoding: try encoder.encode(lines), as: UTF8.self))
  }
}
