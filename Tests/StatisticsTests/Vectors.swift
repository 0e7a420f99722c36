import Foundation

@testable import Statistics

/// Reads the files of numbers made by reference programs, which lie beside the tests.
enum Vectors {
  static func read(_ name: String) throws -> CaseValue {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Vectors")
    return try CaseParser.parse(Data(contentsOf: folder.appending(path: name)))
  }
}

/// Whether `value` equals `expected` up to `tolerance` relative to the larger of the two.
func agrees(_ value: Double, _ expected: Double, within tolerance: Double) -> Bool {
  value == expected || abs(value - expected) <= tolerance * max(abs(value), abs(expected))
}
