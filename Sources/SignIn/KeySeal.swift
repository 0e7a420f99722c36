import Crypto
import Foundation

/// Seals short secrets for a database under a secret that is kept elsewhere: a key by HKDF-SHA-256 (RFC 5869),
/// ChaCha20-Poly1305 (RFC 8439) with random nonces. A text opens only for the owner for whom it was sealed.
public struct KeySeal: Sendable {
  /// `otherSecret`: sealed under another secret than this one; `damaged`: changed, cut off, or somebody else's.
  public enum Failure: Error { case otherSecret, damaged }

  private let key: SymmetricKey
  /// Tells one secret from another and nothing about either: eight hexadecimal digits.
  private let mark: String

  /// - Parameter secret: random text of at least 128 bits; it is not stretched as a password would have to be.
  public init(secret: String) {
    let material = SymmetricKey(data: Array(secret.utf8))
    func derive(_ purpose: String, _ count: Int) -> SymmetricKey {
      HKDF<SHA256>.deriveKey(inputKeyMaterial: material, info: Array(purpose.utf8), outputByteCount: count)
    }
    key = derive("league authenticator keys 1", 32)
    mark = derive("league mark of a secret 1", 4).withUnsafeBytes { bytes in
      bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
  }

  private static let start = "sealed."

  public static func isSealed(_ text: String) -> Bool { text.hasPrefix(start) }

  /// - Returns: `sealed.`, the secret's mark, and the nonce, the sealed text and its tag in letters of addresses.
  public func close(_ text: String, for owner: String) throws -> String {
    let box = try ChaChaPoly.seal(Array(text.utf8), using: key, authenticating: Array(owner.utf8))
    return "\(Self.start)\(mark).\(Base64URL.encode(box.combined))"
  }

  /// - Throws: `Failure`.
  public func open(_ sealed: String, for owner: String) throws(Failure) -> String {
    let parts = sealed.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, Self.isSealed(sealed), let bytes = Base64URL.decode(parts[2]) else { throw .damaged }
    guard parts[1] == mark else { throw .otherSecret }
    do {
      let opened = try ChaChaPoly.open(
        try ChaChaPoly.SealedBox(combined: bytes), using: key, authenticating: Array(owner.utf8))
      return String(decoding: opened, as: UTF8.self)
    } catch { throw .damaged }
  }
}
