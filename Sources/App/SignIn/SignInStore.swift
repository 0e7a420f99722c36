import SignIn
import Storage

/// Every SQL statement about emailed codes.
struct SignInStore {
  let db: any Transaction

  /// The latest code of a browser is the only one: those before it end, whatever the clock said when they were made.
  func add(
    code: String, id: SignInCode.ID, email: EmailAddress, purpose: SignInCode.Purpose = .signIn, subject: String = "",
    browser: String, now: Instant
  ) throws {
    try db.run(
      """
      UPDATE sign_in_code SET spent_at = \(now)
      WHERE browser_hash = \(sha256(browser)) AND purpose = \(purpose.rawValue) AND subject = \(subject)
        AND spent_at IS NULL
      """)
    try db.run(
      """
      INSERT INTO sign_in_code (id, email, purpose, subject, code_hash, browser_hash, created_at, expires_at)
      VALUES (\(id), \(email.description), \(purpose.rawValue), \(subject), \(hash(code, id)), \(sha256(browser)),
              \(now), \(now + SignInCode.lifetime))
      """)
  }

  /// Spends a code: right once, and only in the browser that asked for it.
  func spend(
    _ typed: String, purpose: SignInCode.Purpose = .signIn, subject: String = "", browser: String, now: Instant
  ) throws -> CodeAnswer {
    let waiting: SignInCode? = try db.first(
      """
      SELECT id, email, code_hash, tries FROM sign_in_code
      WHERE browser_hash = \(sha256(browser)) AND purpose = \(purpose.rawValue) AND subject = \(subject)
        AND spent_at IS NULL AND expires_at > \(now) AND expires_at <= \(now + SignInCode.lifetime + .drift) AND tries < \(SignInCode.tries)
      ORDER BY created_at DESC, id DESC LIMIT 1
      """)
    guard let waiting else { return .noneWaiting }
    guard sameText(hash(Self.normal(typed), waiting.id), waiting.codeHash) else {
      try db.run("UPDATE sign_in_code SET tries = tries + 1 WHERE id = \(waiting.id)")
      return .wrong(triesLeft: SignInCode.tries - waiting.tries - 1)
    }
    // A second tab with an older code of this browser must not open the door again.
    try db.run(
      """
      UPDATE sign_in_code SET spent_at = \(now)
      WHERE browser_hash = \(sha256(browser)) AND purpose = \(purpose.rawValue) AND spent_at IS NULL
      """)
    return .right(email: waiting.email, subject: subject)
  }

  /// As people type it: spaces and dashes dropped, letters raised.
  static func normal(_ typed: String) -> String { typed.uppercased().filter { $0.isLetter || $0.isNumber } }

  private func hash(_ code: String, _ id: SignInCode.ID) -> String { sha256("code:\(id):\(code)") }
}

extension SignInCode: RowReadable {
  init(row: Row) throws {
    id = try row.read("id")
    email = try row.read("email")
    codeHash = try row.read("code_hash")
    tries = try row.read("tries")
  }
}
