/// Why a letter could not be delivered, as mail servers number it (RFC 3463).
struct DeliveryStatus: Sendable, Equatable, CustomStringConvertible {
  /// 2, 4 or 5: delivered, not now, never.
  let kind: Int
  let subject: Int
  let detail: Int

  /// The first such number in a text; nil without one.
  init?(_ text: String) {
    guard let match = text.prefix(1000).firstMatch(of: /(?:^|[^0-9.])([245])\.([0-9]{1,3})\.([0-9]{1,3})(?:$|[^0-9.])/),
      let kind = Int(match.1), let subject = Int(match.2), let detail = Int(match.3)
    else { return nil }
    self.kind = kind
    self.subject = subject
    self.detail = detail
  }

  var description: String { "\(kind).\(subject).\(detail)" }

  /// Whether no letter will ever arrive there: there is no such mailbox or no such place, or it is shut. What speaks of
  /// a full mailbox, of rules or of one letter's form (2.2, 2.3, 7, 6, 3.4) may be otherwise with the next letter, as may
  /// what has no number of its own (0.0); 1.7 and 1.8 speak of the sender's address.
  var isOfAddress: Bool {
    guard kind == 5 else { return false }
    switch subject {
    case 1: return detail != 7 && detail != 8
    case 2: return detail == 0 || detail == 1
    case 4: return detail == 4
    default: return false
    }
  }
}

/// What a mail server reports of a letter (RFC 3464), one entry a recipient.
struct DeliveryReport: Sendable, Equatable {
  struct Entry: Sendable, Equatable {
    /// "failed", "delayed", "delivered", "relayed" or "expanded".
    let action: String
    let status: DeliveryStatus
    /// What the last server said; else the status.
    let words: String
  }

  let entries: [Entry]

  /// - Parameter text: of the part `message/delivery-status`: groups of fields, the first about the letter as a whole.
  init(_ text: String) {
    let lines = text.prefix(100_000).replacing("\r\n", with: "\n").split(
      separator: "\n", omittingEmptySubsequences: false)
    let groups = lines.split { $0.allSatisfy(\.isWhitespace) }
    entries = groups.prefix(50).compactMap { group -> Entry? in
      let fields = Self.fields(group)
      guard let action = fields["action"], let status = fields["status"].flatMap({ DeliveryStatus($0) }) else {
        return nil
      }
      let said = fields["diagnostic-code"].map { $0.replacing(/^\s*smtp\s*;\s*/.ignoresCase(), with: "") }
      return Entry(action: action.lowercased(), status: status, words: said ?? status.description)
    }
  }

  private static func fields(_ lines: some Sequence<Substring>) -> [String: String] {
    var (fields, last): ([String: String], String?) = ([:], nil)
    for line in lines {
      if let first = line.first, first.isWhitespace, let name = last {
        fields[name, default: ""] += " " + line.trimmed
      } else if let colon = line.firstIndex(of: ":") {
        let name = line[..<colon].trimmed.lowercased()
        fields[name] = fields[name] ?? line[line.index(after: colon)...].trimmed
        last = name
      }
    }
    return fields
  }
}
