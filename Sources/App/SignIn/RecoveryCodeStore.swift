import SignIn
import Storage

/// Every SQL statement about the codes that stand in for a lost authenticator app.
struct RecoveryCodeStore {
  let db: any Transaction

  /// Ten, each of 120 random bits, so that a plain hash of one tells nothing.
  static func make(_ secret: () -> String) -> [String] {
    (0..<10).map { _ in
      let letters = Array(secret().uppercased().prefix(24))
      return stride(from: 0, to: letters.count, by: 4).map { String(letters[$0..<min($0 + 4, letters.count)]) }
        .joined(separator: "-")
    }
  }

  /// The older codes stop working.
  func replace(of person: Person.ID, with codes: [String], now: Instant) throws {
    try remove(of: person)
    try db.insertMany(
      into: "recovery_code", columns: ["code_hash", "person_id", "made_at"],
      rows: codes.map { [hash($0, person), person, now] as [(any SQLBindable)?] })
  }

  func remove(of person: Person.ID) throws { try db.run("DELETE FROM recovery_code WHERE person_id = \(person)") }

  /// Whether it was one of this person's, and not used before; from now on it is.
  func spend(_ typed: String, of person: Person.ID, now: Instant) throws -> Bool {
    try db.run(
      """
      UPDATE recovery_code SET spent_at = \(now)
      WHERE code_hash = \(hash(typed, person)) AND person_id = \(person) AND spent_at IS NULL
      """) == 1
  }

  func left(of person: Person.ID) throws -> Int {
    try db.value(
      "n", "SELECT count(*) AS n FROM recovery_code WHERE person_id = \(person) AND spent_at IS NULL") ?? 0
  }

  /// As people copy it: in any case, with or without the dashes, with the letters that look like digits.
  private func hash(_ typed: String, _ person: Person.ID) -> String {
    let alike: [Character: Character] = ["O": "0", "I": "1", "L": "1"]
    let text = String(typed.uppercased().filter { $0.isLetter || $0.isNumber }.map { alike[$0] ?? $0 })
    return sha256("recovery:\(person):\(text)")
  }
}
