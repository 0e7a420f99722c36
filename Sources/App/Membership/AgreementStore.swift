import Storage

/// Every SQL statement about the texts that schools sign.
package struct AgreementStore {
  let db: any Transaction

  package init(db: any Transaction) { self.db = db }

  /// Takes in what the program was delivered with; a version that is known already must still be the same text.
  ///
  /// - Throws: `SettingsError` when somebody changed a text without giving it a new version.
  package func take(_ agreements: Agreements) throws {
    for each in agreements.versions {
      if let known = try find(each.version) {
        guard known.hash == each.hash else {
          throw SettingsError(
            description: "the agreement \(each.version) is not the text it was: schools may have signed it. "
              + "Put the old text back, and give the new one a version of its own.")
        }
        continue
      }
      try db.run(
        """
        INSERT INTO agreement_version (version, title, dated, signers, body, hash)
        VALUES (\(each.version), \(each.title), \(each.dated), \(each.signers.map(\.key).joined(separator: ",")),
                \(each.body), \(each.hash))
        """)
    }
    for (position, each) in agreements.commitments.enumerated() {
      try db.run(
        """
        INSERT INTO commitment (key, position, title, short, words, in_practice)
        VALUES (\(each.key), \(position), \(each.title), \(each.short), \(each.text),
                \(each.inPractice.joined(separator: "\n")))
        ON CONFLICT (key) DO UPDATE SET position = \(position), title = \(each.title), short = \(each.short),
          words = \(each.text), in_practice = \(each.inPractice.joined(separator: "\n"))
        """)
    }
  }

  /// Every version, the newest first.
  func all() throws -> [AgreementVersion] {
    try db.all("SELECT version, title, dated, signers, body FROM agreement_version ORDER BY dated DESC, version DESC")
  }

  func find(_ version: String) throws -> AgreementVersion? {
    try db.first("SELECT version, title, dated, signers, body FROM agreement_version WHERE version = \(version)")
  }

  func commitments() throws -> [Commitment] {
    try db.all("SELECT key, title, short, words, in_practice FROM commitment ORDER BY position, key")
  }
}

extension AgreementVersion: RowReadable {
  package init(row: Row) throws {
    self.init(
      version: try row.read("version"), title: try row.read("title"), dated: try row.read("dated"),
      signers: try row.read("signers", as: String.self).split(separator: ",").map { SignerRole(String($0)) },
      body: try row.read("body"))
  }
}

extension Commitment: RowReadable {
  package init(row: Row) throws {
    self.init(
      key: try row.read("key"), title: try row.read("title"), short: try row.read("short"),
      text: try row.read("words"),
      inPractice: try row.read("in_practice", as: String.self).split(separator: "\n").map(String.init))
  }
}
