import Foundation
import Storage

/// With what number `league` ends, for scripts, systemd and mail servers; those above 63 as sysexits.h has them.
package enum CommandStatus: Int32, CaseIterable, Sendable {
  case done = 0
  case wanting = 1
  case usage = 64
  case data = 65
  case noInput = 66
  case noUser = 67
  case unavailable = 69
  case software = 70
  case cannotCreate = 73
  case tryAgain = 75
  case noPermission = 77
  case configuration = 78

  package var meaning: String {
    switch self {
    case .done: "done; of a letter: it is dealt with"
    case .wanting: "looked, and something is wanting: doctor found something bad, migrate --check a missing step"
    case .usage: "what was asked for cannot be: an option, an argument, a setting"
    case .data:
      "what was given is damaged or not what it must be: a backup, an import, a letter, a case, a database file"
    case .noInput: "a file that was named is not there"
    case .noUser: "of a letter: there is no such address"
    case .unavailable: "the database server does not answer, or the port is taken"
    case .software: "a fault of League's own; its words say what happened"
    case .cannotCreate: "the place cannot be written, or holds data that is not to be replaced"
    case .tryAgain: "busy or in use; the same works later"
    case .noPermission:
      "somebody does not let League in, or a passphrase or a secret does not open; of a letter: its sender may not write there"
    case .configuration: "settings, program and database do not fit together"
    }
  }

  /// What `league --help` says of all of them.
  package static var table: String {
    "Ends with:\n"
      + allCases.map { "  \($0.rawValue < 10 ? " " : "")\($0.rawValue)  \($0.meaning)" }.joined(separator: "\n")
  }

  /// For any error that a command lets through.
  package init(_ error: any Error) {
    self =
      switch error {
      case let trouble as OpeningTrouble: CommandStatus(rawValue: trouble.exitCode) ?? .software
      case let error as BackupError: CommandStatus(backup: error)
      case let error as DatabaseError: CommandStatus(database: error)
      case is SettingsError: .usage
      case let error as CocoaError where error.code == .fileReadNoSuchFile || error.code == .fileNoSuchFile: .noInput
      case let error as CocoaError where error.code == .fileReadNoPermission: .noPermission
      case is CocoaError: .cannotCreate
      default: .software
      }
  }

  private init(backup error: BackupError) {
    self =
      switch error {
      case .notABackup, .damaged, .newerFormat, .differs: .data
      case .passphraseNeeded, .wrongPassphrase: .noPermission
      case .notEmpty, .targetNotEmpty: .cannotCreate
      case .inUse: .tryAgain
      }
  }

  private init(database error: DatabaseError) {
    self =
      switch error {
      case .busy, .timeout: .tryAgain
      case .unavailable: .unavailable
      case .damaged: .data
      case .readOnly: .cannotCreate
      case .unsuitable, .migration, .newerSchema: .configuration
      default: .software
      }
  }

  /// The error for whoever typed the command: one sentence, without what only programmers read.
  package static func words(_ error: any Error) -> String { Doctor.words(error) }
}
