import Foundation
import SignIn

/// What a backup says it holds, so that it can be proven.
package struct BackupManifest: Codable, Sendable, Equatable {
  package struct Table: Codable, Sendable, Equatable {
    package let name: String
    package let columns: [String]
    package let rows: Int
    /// SHA-256 over all rows in order of the primary key; the same on both engines. See `RowBytes`.
    package let sum: String
  }

  /// The program that wrote it.
  package let program: String
  /// The engine that the data came from.
  package let engine: String
  /// Milliseconds since 1970: the data is as it was at this moment, or a little later.
  package let takenAt: Int64
  /// The steps of the schema.
  package let migrations: [String]
  package let tables: [Table]

  package var rows: Int { tables.reduce(0) { $0 + $1.rows } }

  /// What differs, table by table, in words; empty when both hold the same data.
  func differences(to other: BackupManifest) -> [String] {
    let others = Dictionary(uniqueKeysWithValues: other.tables.map { ($0.name, $0) })
    let missing = Set(others.keys).subtracting(tables.map(\.name)).sorted().map { "\($0): not there" }
    return missing
      + tables.compactMap { table in
        guard let match = others[table.name] else { return "\(table.name): not expected" }
        if match.rows != table.rows { return "\(table.name): \(table.rows) rows instead of \(match.rows)" }
        return match.sum == table.sum && match.columns == table.columns
          ? nil : "\(table.name): the rows are not the same"
      }
  }
}

/// The first line of a backup.
struct BackupHeader: Codable, Sendable, Equatable {
  var format = 1
  let program: String
  let takenAt: Int64
  /// The steps of the schema, which must be there before the rows.
  let migrations: [String]
  /// Nil when the backup is not encrypted.
  let seal: Seal.Parameters?
}

/// A backup that is not what it was, or cannot be opened; the text says what to do.
package enum BackupError: Error, Sendable, Equatable, CustomStringConvertible {
  case notABackup(String)
  case damaged(file: String, place: String)
  case passphraseNeeded(String)
  case wrongPassphrase(String)
  case newerFormat(String)
  case differs([String])
  case notEmpty(String)
  /// Where data was to be moved to.
  case targetNotEmpty(String)
  case inUse(String)

  package var description: String {
    switch self {
    case .notABackup(let file): "\(file) is not a backup of League."
    case .damaged(let file, let place):
      "\(file) is damaged: \(place). Use another backup, and look after the disk that this one lay on."
    case .passphraseNeeded(let file):
      "\(file) is encrypted: give its passphrase in LEAGUE_BACKUP_PASSPHRASE or LEAGUE_BACKUP_PASSPHRASE_FILE."
    case .wrongPassphrase(let file): "\(file) does not open with this passphrase."
    case .newerFormat(let file): "\(file) was written by a newer program; take that one."
    case .differs(let lines): "The data is not the same:\n  " + lines.joined(separator: "\n  ")
    case .notEmpty(let place):
      "\(place) holds data, and nothing was changed. Say --replace to put the backup in its place; the data that is there is kept beside it."
    case .targetNotEmpty(let place):
      "\(place) holds data, and nothing was changed. Name an empty database, or a file that is not there yet."
    case .inUse(let place): "\(place) is in use. Stop the server and whatever else has it open, and try again."
    }
  }
}
