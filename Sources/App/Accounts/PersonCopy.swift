import Foundation
import Storage

/// All that the League holds of one person, as they may take it along: table by table, as it is stored.
struct PersonCopy: Sendable {
  let madeAt: Instant
  let league: String
  /// Rows by table, each a name and a value a column.
  var tables: [String: [[String: SQLValue]]]

  /// - Throws: when a value is one that JSON cannot say.
  var json: [UInt8] {
    get throws {
      let whole: [String: Any] = [
        "format": "league-person-1", "league": league, "madeAt": madeAt.iso8601,
        "tables": tables.mapValues { rows in rows.map { $0.mapValues(Self.plain) } },
      ]
      return Array(
        try JSONSerialization.data(
          withJSONObject: whole, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]))
    }
  }

  private static func plain(_ value: SQLValue) -> Any {
    switch value {
    case .null: NSNull()
    case .integer(let number): number
    case .real(let number): number.isFinite ? number : NSNull() as Any
    case .text(let text): text
    case .blob(let bytes): Data(bytes).base64EncodedString()
    }
  }
}
