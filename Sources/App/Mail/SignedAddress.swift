import SignIn

/// Addresses that say, under the League's own signature, what a letter to them is about: `reply+ID.MARK@example.org`.
///
/// The mark is an HMAC of what it binds together, so no address can be made up, and none serves for somebody else. Nothing
/// is kept of them: an address ends when the person may not write there any more.
struct SignedAddress: Sendable {
  /// Before the +; at most 16 characters, so that the whole part before the @ holds at most 64 (RFC 5321, 4.5.3.1.1).
  let name: String
  let domain: String
  let key: String

  /// Characters of the mark: 80 bits.
  private static let length = 20

  /// - Parameter address: `reply@example.org`; nil when it is none.
  init?(_ address: String, key: String) {
    guard let address = EmailAddress(address) else { return nil }
    name = String(address.description.dropLast(address.domain.count + 1))
    domain = address.domain
    self.key = key
  }

  /// Where that person's answers in that discussion go.
  func reply(_ person: Person.ID, _ discussion: Discussion.ID) -> String {
    address(discussion.description, ["reply", person.description, discussion.description])
  }

  func isReply(_ found: Found, of person: Person.ID) -> Bool {
    sameText(found.mark, mark(["reply", person.description, found.id]))
  }

  /// Where reports about a letter go that could not be delivered.
  func bounce(_ letter: String) -> String { address(letter, ["bounce", letter]) }

  func isBounce(_ found: Found) -> Bool { sameText(found.mark, mark(["bounce", found.id])) }

  /// What an address bears; its mark is yet to be proven.
  struct Found: Sendable, Equatable {
    let id: String
    let mark: String
  }

  /// Nil for another's address. Capital letters are forgiven: some mail servers make them.
  func find(in address: String) -> Found? {
    let text = address.trimmed.lowercased()
    guard text.hasPrefix("\(name)+"), text.hasSuffix("@\(domain)"), text.utf8.count <= 254 else { return nil }
    let middle = text.dropFirst(name.count + 1).dropLast(domain.count + 1)
    guard let dot = middle.lastIndex(of: "."), dot > middle.startIndex else { return nil }
    return Found(id: String(middle[..<dot]), mark: String(middle[middle.index(after: dot)...]))
  }

  private func address(_ id: String, _ parts: [String]) -> String { "\(name)+\(id).\(mark(parts))@\(domain)" }

  private func mark(_ parts: [String]) -> String {
    String(mac(parts.joined(separator: "\n"), key: key).prefix(Self.length))
  }
}
