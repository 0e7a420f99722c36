import Foundation
import Testing

/// Compares `text`, one tag a line so that git's difference is readable, with `Snapshots/<name>`.
///
/// `RECORD=1 swift test` writes what it sees instead; the difference that git then shows is the review.
func expectSnapshot(
  _ text: String, named name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let lines = text.replacing("><", with: ">\n<") + "\n"
  let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Snapshots/\(name)")
  if ProcessInfo.processInfo.environment["RECORD"] != nil {
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(lines.utf8).write(to: file)
  }
  let saved = try? String(contentsOf: file, encoding: .utf8)
  let difference = firstDifference(lines, saved ?? "")
  #expect(difference == nil, "\(name): \(difference ?? ""); RECORD=1 to accept", sourceLocation: sourceLocation)
}

/// The first line in which the two differ, or nil: short enough to read in a test's report.
private func firstDifference(_ new: String, _ saved: String) -> String? {
  guard new != saved else { return nil }
  let pair = (new: new.split(separator: "\n"), saved: saved.split(separator: "\n"))
  for (index, line) in pair.new.enumerated() where index >= pair.saved.count || pair.saved[index] != line {
    return "line \(index + 1) is now \(line), was \(index < pair.saved.count ? pair.saved[index] : "nothing")"
  }
  return "\(pair.saved.count - pair.new.count) lines at the end are gone"
}
