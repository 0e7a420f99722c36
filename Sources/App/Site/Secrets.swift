import Foundation

/// Ids, tokens and codes from the system's random numbers (getrandom on Linux).
package enum Secrets {
  /// 26 characters of Crockford's base 32: 48 bits of milliseconds, then 80 random bits, so that ids sort by time.
  package static func id(at instant: Instant) -> String {
    var value = UInt128(UInt64(bitPattern: instant.milliseconds) & 0xFFFF_FFFF_FFFF) << 80
    value |= UInt128(UInt64.random(in: 0...UInt64.max)) << 16
    value |= UInt128(UInt16.random(in: 0...UInt16.max))
    return String(
      decoding: (0..<26).map { alphabet[Int(truncatingIfNeeded: value >> (5 * (25 - $0))) & 31] }, as: UTF8.self)
  }

  /// 256 random bits as 52 characters.
  package static func token() -> String {
    String(decoding: (0..<52).map { _ in alphabet[Int.random(in: 0..<32)] }, as: UTF8.self)
  }

  /// Six characters without those that look alike (0 O, 1 I L): 30 bits.
  package static func code() -> String {
    String(decoding: (0..<6).map { _ in codeAlphabet[Int.random(in: 0..<codeAlphabet.count)] }, as: UTF8.self)
  }

  private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
  private static let codeAlphabet = Array("23456789ABCDEFGHJKMNPQRSTUVWXYZ".utf8)
}

extension Instant {
  package static let system: @Sendable () -> Instant = {
    Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded()))
  }
}
