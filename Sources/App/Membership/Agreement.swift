import Foundation
import SignIn

/// A version of the text that schools sign. Once given out it never changes: another text is another version.
package struct AgreementVersion: Sendable, Equatable {
  /// Such as `2026-1`; later versions sort later.
  package let version: String
  package let title: String
  package let dated: CalendarDate
  /// Who must sign, in the order in which pages name them.
  package let signers: [SignerRole]
  /// Markdown.
  package let body: String
  /// SHA-256 of the body as UTF-8, in hexadecimal.
  package let hash: String

  package init(version: String, title: String, dated: CalendarDate, signers: [SignerRole], body: String) {
    self.version = version
    self.title = title
    self.dated = dated
    self.signers = signers
    self.body = body
    hash = sha256(body)
  }

  /// Reads a file: lines `name: value` between two lines `---`, then the text.
  ///
  /// - Throws: `SettingsError` that names the file and what is missing.
  package init(file text: String, named name: String) throws {
    let halves = text.components(separatedBy: "\n---\n")
    guard text.hasPrefix("---\n"), halves.count >= 2 else {
      throw SettingsError(description: "\(name): begin it with a block of lines between two lines ---")
    }
    let pairs = halves[0].split(separator: "\n").compactMap { line -> (String, String)? in
      let parts = line.split(separator: ":", maxSplits: 1).map(\.trimmed)
      return parts.count == 2 ? (parts[0], parts[1]) : nil
    }
    let head = Dictionary(pairs) { first, _ in first }
    let signers = (head["signers"] ?? "").split(separator: ",").map { SignerRole($0.trimmed) }
    guard let version = head["version"], let title = head["title"], let dated = head["date"].flatMap(CalendarDate.init),
      !signers.isEmpty
    else { throw SettingsError(description: "\(name): its head must give version, date, title and signers") }
    self.init(
      version: version, title: title, dated: dated, signers: signers,
      body: halves.dropFirst().joined(separator: "\n---\n").trimmed)
  }
}

/// A seat that must sign, such as `principal` or `board-chair`.
package struct SignerRole: Sendable, Hashable {
  package let key: String

  package init(_ key: String) { self.key = key }

  /// "Board chair".
  package var words: String {
    let spaced = key.replacing("-", with: " ")
    return spaced.prefix(1).uppercased() + spaced.dropFirst()
  }
}

/// One of the things that every member school promises.
package struct Commitment: Sendable, Equatable, Codable {
  package let key: String
  package let title: String
  package let short: String
  package let text: String
  package let inPractice: [String]
}

/// The agreements and commitments that the program was delivered with.
package struct Agreements: Sendable {
  package let versions: [AgreementVersion]
  package let commitments: [Commitment]

  /// - Parameter folder: `Data`, with `agreements/*.md` and `commitments.json`.
  /// - Throws: when a file cannot be read or is not as described.
  package init(folder: URL) throws {
    let texts = folder.appending(path: "agreements")
    let names = try FileManager.default.contentsOfDirectory(atPath: texts.path).filter { $0.hasSuffix(".md") }
    versions = try names.sorted().map { name in
      try AgreementVersion(file: String(contentsOf: texts.appending(path: name), encoding: .utf8), named: name)
    }
    commitments = try JSONDecoder().decode(
      [Commitment].self, from: Data(contentsOf: folder.appending(path: "commitments.json")))
  }
}
