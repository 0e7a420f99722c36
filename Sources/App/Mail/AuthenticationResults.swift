/// What the operator's own mail server says about where a letter comes from (RFC 8601).
struct AuthenticationResults {
  struct Result: Equatable {
    let method: String
    let value: String
    /// Such as `header.d` or `smtp.mailfrom`, in small letters.
    let properties: [String: String]
  }

  let results: [Result]

  /// - Parameter server: the server's name for itself; headers under other names are anybody's. The topmost counts: the
  ///   server puts its own above all that came with the letter.
  init?(_ headers: [String], server: String) {
    for header in headers {
      let pieces = Self.pieces(Self.withoutComments(header)) { $0 == ";" }
      let name = pieces.first?.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? ""
      guard name.lowercased() == server.lowercased() else { continue }
      results = pieces.dropFirst().compactMap(Self.result)
      return
    }
    return nil
  }

  /// Whether it vouches for the domain of the address in From: by DMARC, or by a signature or an envelope of that domain.
  func vouches(for sender: EmailAddress) -> Bool {
    let domain = sender.domain
    if let policy = results.first(where: { $0.method == "dmarc" }) {
      guard policy.value != "fail" else { return false }
      let said = policy.properties["header.from"] ?? domain
      if policy.value == "pass", said == domain { return true }
    }
    return results.contains { result in
      guard result.value == "pass" else { return false }
      switch result.method {
      case "dkim":
        let signer = result.properties["header.d"] ?? Self.domain(result.properties["header.i"])
        return Self.isAligned(signer, domain)
      case "spf": return Self.isAligned(Self.domain(result.properties["smtp.mailfrom"]), domain)
      default: return false
      }
    }
  }

  /// The same domain, or one below the other (RFC 7489, 3.1, "relaxed", without a list of public suffixes: a signer that is
  /// a whole registry, such as `org`, has no dot and vouches for nobody).
  private static func isAligned(_ signer: String?, _ domain: String) -> Bool {
    guard let signer, signer.contains(".") else { return false }
    return signer == domain || domain.hasSuffix(".\(signer)") || signer.hasSuffix(".\(domain)")
  }

  private static func domain(_ address: String?) -> String? {
    address.flatMap { $0.split(separator: "@", omittingEmptySubsequences: false).last.map(String.init) }
  }

  // MARK: reading

  private static func withoutComments(_ text: String) -> String {
    var (out, depth, isQuoted) = ("", 0, false)
    for character in text {
      switch character {
      case "\"" where depth == 0: isQuoted.toggle()
      case "(" where !isQuoted: depth += 1
      case ")" where !isQuoted && depth > 0: depth -= 1
      default: if depth == 0 { out.append(character) }
      }
      if depth == 0, character == "\"" { out.append(character) }
    }
    return out
  }

  /// What such characters part outside of quoted words.
  private static func pieces(_ text: String, at parts: (Character) -> Bool) -> [String] {
    var (pieces, piece, isQuoted) = ([String](), "", false)
    for character in text {
      if character == "\"" { isQuoted.toggle() }
      if parts(character), !isQuoted {
        pieces.append(piece.trimmed)
        piece = ""
      } else {
        piece.append(character)
      }
    }
    return pieces + [piece.trimmed]
  }

  private static func result(_ piece: String) -> Result? {
    let pairs = pieces(piece, at: \.isWhitespace).compactMap { word -> (String, String)? in
      let halves = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard halves.count == 2 else { return nil }
      return (halves[0].lowercased(), String(halves[1]).replacing("\"", with: "").lowercased())
    }
    guard let first = pairs.first else { return nil }
    let method = String(first.0.prefix { $0 != "/" })
    return Result(
      method: method, value: first.1, properties: Dictionary(pairs.dropFirst(), uniquingKeysWith: { first, _ in first })
    )
  }
}
