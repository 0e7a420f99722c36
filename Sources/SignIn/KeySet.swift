import Crypto
import CryptoExtras
import Foundation

/// A provider's public keys (JSON Web Key Set, RFC 7517). Keys of kinds that we do not read are left out.
public struct KeySet: Sendable {
  enum Key: Sendable {
    case rsa(_RSA.Signing.PublicKey)
    case p256(P256.Signing.PublicKey)
  }

  let keys: [(id: String?, key: Key)]

  /// - Throws: when `json` is no key set.
  public init(json: Data) throws {
    keys = try JSONDecoder().decode(Document.self, from: json).keys.compactMap { written in
      Self.key(written).map { (written.kid, $0) }
    }
  }

  public var isEmpty: Bool { keys.isEmpty }

  /// The keys that may have signed: those of the id, or all when the token names none (RFC 7515, section 4.1.4).
  func find(_ id: String?) -> [Key] { keys.filter { id == nil || $0.id == id }.map(\.key) }

  private static func key(_ written: Written) -> Key? {
    guard written.use == nil || written.use == "sig" else { return nil }
    switch written.kty {
    case "RSA":
      guard let n = written.n.flatMap(Base64URL.decode), let e = written.e.flatMap(Base64URL.decode) else { return nil }
      // Refuses keys under 2048 bits.
      return (try? _RSA.Signing.PublicKey(n: n, e: e)).map(Key.rsa)
    case "EC" where written.crv == "P-256":
      guard let x = written.x.flatMap(Base64URL.decode), let y = written.y.flatMap(Base64URL.decode) else { return nil }
      return (try? P256.Signing.PublicKey(rawRepresentation: x + y)).map(Key.p256)
    default: return nil
    }
  }

  private struct Document: Decodable { let keys: [Written] }

  private struct Written: Decodable {
    let kty: String
    let kid, use, crv, n, e, x, y: String?
  }
}
