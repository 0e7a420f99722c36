import Crypto
import CryptoExtras

/// Encrypts numbered pieces under a passphrase: a key by scrypt (RFC 7914), ChaCha20-Poly1305 (RFC 8439) with the piece's
/// number as its nonce. Pieces that are changed, swapped or opened under another passphrase do not open.
///
/// A seal's salt must be used for one file only, since a nonce must never be used twice under one key.
public struct Seal: Sendable {
  /// What must be known to make the key again, besides the passphrase.
  public struct Parameters: Codable, Sendable, Equatable {
    /// Hexadecimal.
    public let salt: String
    /// scrypt's N, r and p: memory is 128 × N × r bytes.
    public let n: Int
    public let r: Int
    public let p: Int

    /// New ones with a random salt.
    ///
    /// - Parameter n: a power of two; 32,768 needs 32 MB and about a tenth of a second.
    public static func new(n: Int = 32_768) -> Self {
      let salt = (0..<16).map { _ in UInt8.random(in: 0...255) }
      return Self(salt: salt.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(), n: n, r: 8, p: 1)
    }

    /// A file may ask for anything; this much is reasonable.
    var isReasonable: Bool { n > 1 && n <= 1 << 20 && n & (n - 1) == 0 && r == 8 && (1...4).contains(p) }
  }

  /// The parameters ask for what no honest file does, or a piece did not open.
  public enum Failure: Error { case parameters, closed }

  private let key: SymmetricKey
  private let context: [UInt8]

  /// Takes long, on purpose: run it where it may block.
  ///
  /// - Parameter context: what the pieces belong to; they open nowhere else.
  public init(passphrase: String, _ parameters: Parameters, context: [UInt8]) throws {
    guard parameters.isReasonable else { throw Failure.parameters }
    key = try KDF.Scrypt.deriveKey(
      from: Array(passphrase.utf8), salt: Array(parameters.salt.utf8), outputByteCount: 32, rounds: parameters.n,
      blockSize: parameters.r, parallelism: parameters.p)
    self.context = context
  }

  public func close(_ piece: [UInt8], number: UInt64) throws -> [UInt8] {
    let box = try ChaChaPoly.seal(piece, using: key, nonce: try nonce(number), authenticating: context)
    return Array(box.ciphertext) + Array(box.tag)
  }

  /// - Throws: `Failure.closed`.
  public func open(_ piece: [UInt8], number: UInt64) throws -> [UInt8] {
    guard piece.count >= 16 else { throw Failure.closed }
    do {
      let box = try ChaChaPoly.SealedBox(
        nonce: try nonce(number), ciphertext: piece.dropLast(16), tag: piece.suffix(16))
      return Array(try ChaChaPoly.open(box, using: key, authenticating: context))
    } catch {
      throw Failure.closed
    }
  }

  private func nonce(_ number: UInt64) throws -> ChaChaPoly.Nonce {
    try ChaChaPoly.Nonce(data: [0, 0, 0, 0] + (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) })
  }
}
