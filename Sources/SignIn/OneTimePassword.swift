import Crypto

/// Time-based one-time passwords of six digits every 30 seconds (RFC 6238 over RFC 4226, HMAC-SHA-1, as every
/// authenticator app speaks it).
public struct OneTimePassword: Sendable {
  /// 20 secret bytes.
  let secret: [UInt8]

  public init(secret: [UInt8]) { self.secret = secret }

  /// - Parameter base32: RFC 4648 text without padding; nil when it holds another character.
  public init?(base32: String) {
    var bytes: [UInt8] = []
    var buffer: UInt32 = 0
    var bits = 0
    for character in base32.uppercased().utf8 {
      guard let value = Self.alphabet.firstIndex(of: character) else { return nil }
      buffer = buffer << 5 | UInt32(value)
      bits += 5
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
      }
    }
    secret = bytes
  }

  public static func random() -> OneTimePassword {
    OneTimePassword(secret: (0..<20).map { _ in UInt8.random(in: 0...255) })
  }

  /// The secret as people type it into an app.
  public var base32: String {
    var text: [UInt8] = []
    var buffer: UInt32 = 0
    var bits = 0
    for byte in secret {
      buffer = buffer << 8 | UInt32(byte)
      bits += 8
      while bits >= 5 {
        bits -= 5
        text.append(Self.alphabet[Int(buffer >> UInt32(bits)) & 31])
      }
    }
    if bits > 0 { text.append(Self.alphabet[Int(buffer << UInt32(5 - bits)) & 31]) }
    return String(decoding: text, as: UTF8.self)
  }

  /// The step of `seconds` since 1970.
  public static func step(at seconds: Int64) -> Int64 { seconds / 30 }

  /// Six digits of one step.
  public func code(step: Int64) -> String {
    let counter = withUnsafeBytes(of: step.bigEndian) { Array($0) }
    let mac = Array(HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret)))
    let offset = Int(mac[19] & 15)
    let number =
      UInt32(mac[offset] & 0x7F) << 24 | UInt32(mac[offset + 1]) << 16 | UInt32(mac[offset + 2]) << 8
      | UInt32(mac[offset + 3])
    let digits = String(number % 1_000_000)
    return String(repeating: "0", count: 6 - digits.count) + digits
  }

  /// Steps of five minutes: no code that is taken is so far ahead of a clock that is right.
  private static let drift: Int64 = 10

  /// The step whose code was typed, one step of drift either way; nil when none, or when it is not later than `spent`.
  public func match(_ typed: String, at seconds: Int64, after spent: Int64) -> Int64? {
    let now = Self.step(at: seconds)
    // What was spent while the clock was ahead must not lock its owner out until it is there again.
    let spent = spent > now + Self.drift ? 0 : spent
    return (now - 1...now + 1).first { $0 > spent && code(step: $0) == typed }
  }

  /// What a QR code or a link hands to the app (Key URI format).
  public func uri(issuer: String, account: String) -> String {
    let allowed = { (text: String) in text.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "@.-_".contains($0)) }
    }
    return "otpauth://totp/\(allowed(issuer)):\(allowed(account))?secret=\(base32)&issuer=\(allowed(issuer))"
  }

  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
}
