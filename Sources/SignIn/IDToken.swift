import Crypto
import CryptoExtras
import Foundation

/// What a provider says of who signed in, once its signature and its claims were checked (OpenID Connect Core 1.0,
/// section 3.1.3.7). Signed by RS256, which every provider must offer (section 15.1), or ES256; never unsigned.
public struct IDToken: Sendable, Equatable {
  /// Why a token was not believed. Says nothing of the token itself, so that it may stand in a log.
  public enum Fault: Error, Equatable {
    case malformed, algorithm, unknownKey, signature, issuer, audience, expired, notYet, nonce
  }

  public let issuer: String
  /// The person at that issuer, for good; an email address may pass to somebody else.
  public let subject: String
  public let email: String?
  public let isEmailVerified: Bool
  public let name: String?
  /// The organisation whose account it is, as Google says it (`hd`).
  public let hostedDomain: String?

  /// Seconds by which clocks may differ.
  static let leeway: Int64 = 120

  /// - Parameters:
  ///   - compact: header, claims and signature, each base 64, with dots between (RFC 7515, section 7.1).
  ///   - issuer: as the provider's discovery document says it; `{tenantid}` in it stands for the token's own `tid`.
  ///   - now: seconds since 1970.
  public init(
    _ compact: String, keys: KeySet, issuer: String, client: String, nonce: String, now: Int64
  ) throws(Fault) {
    let parts = compact.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, compact.utf8.count <= 16_384,
      let header: Header = Self.read(parts[0]), let signature = Base64URL.decode(parts[2])
    else { throw .malformed }
    // An extension that must be understood is one that we do not (RFC 7515, section 4.1.11).
    guard header.crit == nil, header.alg == "RS256" || header.alg == "ES256" else { throw .algorithm }
    let candidates = keys.find(header.kid)
    guard !candidates.isEmpty else { throw .unknownKey }
    let signed = Data("\(parts[0]).\(parts[1])".utf8)
    guard candidates.contains(where: { Self.isSigned(signed, signature, by: $0, header.alg) }) else {
      throw .signature
    }
    guard let claims: Claims = Self.read(parts[1]) else { throw .malformed }
    try Self.check(claims, issuer: issuer, client: client, nonce: nonce, now: now)
    self.issuer = claims.iss
    subject = claims.sub
    email = claims.email
    isEmailVerified = claims.email_verified?.isTrue ?? false
    name = claims.name
    hostedDomain = claims.hd
  }

  private static func check(
    _ claims: Claims, issuer: String, client: String, nonce: String, now: Int64
  ) throws(Fault) {
    let expected = claims.tid.map { issuer.replacing("{tenantid}", with: $0) } ?? issuer
    guard claims.iss == expected else { throw .issuer }
    guard claims.aud.values.contains(client) else { throw .audience }
    // A token for several must have been made for us.
    guard claims.azp == client || (claims.azp == nil && claims.aud.values.count == 1) else { throw .audience }
    guard Double(now - leeway) < claims.exp else { throw .expired }
    guard claims.iat <= Double(now + leeway), claims.nbf.map({ $0 <= Double(now + leeway) }) ?? true else {
      throw .notYet
    }
    guard let said = claims.nonce, said == nonce else { throw .nonce }
    // At most 255 ASCII letters (section 2).
    guard !claims.sub.isEmpty, claims.sub.utf8.count <= 255 else { throw .malformed }
  }

  private static func isSigned(_ signed: Data, _ signature: Data, by key: KeySet.Key, _ algorithm: String) -> Bool {
    switch key {
    case .rsa(let key) where algorithm == "RS256":
      return key.isValidSignature(
        _RSA.Signing.RSASignature(rawRepresentation: signature), for: SHA256.hash(data: signed),
        padding: .insecurePKCS1v1_5)
    case .p256(let key) where algorithm == "ES256":
      return (try? P256.Signing.ECDSASignature(rawRepresentation: signature))
        .map { key.isValidSignature($0, for: SHA256.hash(data: signed)) } ?? false
    default: return false
    }
  }

  private static func read<Value: Decodable>(_ part: Substring) -> Value? {
    Base64URL.decode(part).flatMap { try? JSONDecoder().decode(Value.self, from: $0) }
  }

  private struct Header: Decodable {
    let alg: String
    let kid: String?
    let crit: [String]?
  }

  private struct Claims: Decodable {
    let iss, sub: String
    let aud: Audience
    let exp, iat: Double
    let nbf: Double?
    let azp, nonce, email, name, hd, tid: String?
    let email_verified: Flag?
  }

  /// One text or several.
  private struct Audience: Decodable {
    let values: [String]
    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      values = try (try? [value.decode(String.self)]) ?? value.decode([String].self)
    }
  }

  /// True, or "true" as some providers write it.
  private struct Flag: Decodable {
    let isTrue: Bool
    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      isTrue = try (try? value.decode(Bool.self)) ?? (value.decode(String.self) == "true")
    }
  }
}
