/// A six-character code sent to an address: for 15 minutes, once, for the browser that asked, 10 tries.
struct SignInCode: Sendable, Identifiable {
  enum Purpose: String, Sendable {
    case signIn = "sign-in"
    /// A signature under an agreement.
    case signature
    /// That whoever uses a session is its person: see `FreshProof`.
    case proof
  }

  static let lifetime = Span.minutes(15)
  static let tries = 10

  let id: Identifier<SignInCode>
  let email: String
  let codeHash: String
  let tries: Int
}

/// What came of typing a code.
enum CodeAnswer: Sendable, Equatable {
  case right(email: String, subject: String)
  case wrong(triesLeft: Int)
  /// None was asked for, or it is too old, spent, or tried too often.
  case noneWaiting

  /// What to tell whoever typed a code that is not right.
  var refusal: String {
    switch self {
    case .right: ""
    case .wrong(let left): "That is not the code. \(left == 1 ? "One try is" : "\(left) tries are") left."
    case .noneWaiting: "That code has ended or was asked for in another browser. Ask for a new one."
    }
  }
}

/// An email address as it is kept: trimmed, lower case. Not a proof that it exists: only a code shows that.
package struct EmailAddress: Sendable, Hashable, CustomStringConvertible {
  package let description: String

  /// Nil for anything that mail could not be sent to, or that could break a header (RFC 5321 allows more; people don't).
  package init?(_ typed: String) {
    let text = typed.trimmed.lowercased()
    let halves = text.split(separator: "@", omittingEmptySubsequences: false)
    guard halves.count == 2, !halves[0].isEmpty, halves[0].utf8.count <= 64, text.utf8.count <= 254,
      text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }), !text.contains(where: { ",;:<>()[]\\\"".contains($0) }),
      halves[1].split(separator: ".", omittingEmptySubsequences: false).count >= 2,
      halves[1].split(separator: ".", omittingEmptySubsequences: false).allSatisfy({ !$0.isEmpty }),
      !halves[0].hasPrefix("."), !halves[0].hasSuffix("."), !text.contains("..")
    else { return nil }
    description = text
  }

  /// The part after the @.
  package var domain: String { String(description.split(separator: "@").last ?? "") }
}
