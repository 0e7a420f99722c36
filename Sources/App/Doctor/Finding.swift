/// One thing that the doctor looked at.
package struct Finding: Sendable, Equatable {
  package enum Grade: String, Sendable, Comparable {
    case good, warning, bad

    private var rank: Int { self == .good ? 0 : self == .warning ? 1 : 2 }
    package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
  }

  /// What was looked at, such as `mail.spf`.
  package let check: String
  package let grade: Grade
  package let words: String
  /// What cures it: a command, a line of settings, or a record to publish; empty for what is good.
  package let cure: String
  /// What `--fix` does about it; nil for what only people can do.
  let remedy: Remedy?

  static func good(_ check: String, _ words: String) -> Self {
    Finding(check: check, grade: .good, words: words, cure: "", remedy: nil)
  }

  static func warning(_ check: String, _ words: String, cure: String, _ remedy: Remedy? = nil) -> Self {
    Finding(check: check, grade: .warning, words: words, cure: cure, remedy: remedy)
  }

  static func bad(_ check: String, _ words: String, cure: String, _ remedy: Remedy? = nil) -> Self {
    Finding(check: check, grade: .bad, words: words, cure: cure, remedy: remedy)
  }
}

/// What the program itself can do about a finding. None of them changes or removes what people wrote.
enum Remedy: Sendable, Equatable {
  case closeToOthers(path: String, mode: Int)
  case makeFolder(path: String)
  case refreshStatistics
  case writeLogIntoFile
  case releaseJob(String)
  case makeMailKey
}
