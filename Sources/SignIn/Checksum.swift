import Crypto

/// SHA-256 over bytes that come piece by piece (FIPS 180-4).
public struct Checksum: Sendable {
  private var hash = SHA256()

  public init() {}

  public mutating func add(_ bytes: [UInt8]) { hash.update(data: bytes) }

  /// 32 bytes.
  public var bytes: [UInt8] { Array(hash.finalize()) }

  /// 64 hexadecimal digits.
  public var text: String {
    bytes.map { byte in
      let text = String(byte, radix: 16)
      return text.count == 1 ? "0" + text : text
    }.joined()
  }
}
