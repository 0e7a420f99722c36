import CryptoExtras
import Foundation
import SignIn
import Synchronization

@testable import App

/// A provider in the same process: publishes a configuration and keys, takes codes, signs tokens as a test says.
final class SampleProvider: Sendable {
  static let issuer = "https://id.example"

  /// What the next token says, and how it is signed.
  struct Claims: Sendable {
    var issuer = SampleProvider.issuer
    var subject = "subject-1"
    var audience = "league"
    var email: String? = "educator@league.test"
    var isVerified = true
    var name = "Dana Educator"
    /// Nil sends the one that was asked for.
    var nonce: String?
    /// Seconds from the token's own time to its end.
    var lifetime = 300
    var algorithm = "RS256"
    /// Signs with a key that the provider does not publish, under the id of one that it does.
    var isForged = false
    /// What stands in place of the signature.
    var signature: String?
  }

  private struct State {
    var claims = Claims()
    var keyID = "key-1"
    var key: _RSA.Signing.PrivateKey
    var isDown = false
    /// Whether the configuration promises that answers name their issuer, and what they name.
    var promisesIssuer = false
    var namedIssuer: String?
    var challenges: [String: String] = [:]
    var nonce = ""
    var asked: [String] = []
  }

  private let state: Mutex<State>
  private let stranger: _RSA.Signing.PrivateKey
  private let now: @Sendable () -> Int64

  init(now: @escaping @Sendable () -> Int64) throws {
    self.now = now
    stranger = try _RSA.Signing.PrivateKey(keySize: .bits2048)
    state = Mutex(State(key: try _RSA.Signing.PrivateKey(keySize: .bits2048)))
  }

  func says(_ change: @Sendable (inout Claims) -> Void) { state.withLock { change(&$0.claims) } }
  func namesIssuer(_ issuer: String?, promises: Bool) {
    state.withLock { ($0.namedIssuer, $0.promisesIssuer) = (issuer, promises) }
  }

  func goesDown() { state.withLock { $0.isDown = true } }

  func changesKeys() throws {
    let fresh = try _RSA.Signing.PrivateKey(keySize: .bits2048)
    state.withLock { ($0.key, $0.keyID) = (fresh, "key-2") }
  }

  /// The paths that were asked for, in order.
  var asked: [String] { state.withLock { $0.asked } }

  /// What the person's browser does at the provider: is asked, agrees, and is sent back with a code.
  ///
  /// - Returns: the path on our site.
  func agree(at address: String) -> String {
    let query = Fields(urlEncoded: address.split(separator: "?").last.map(String.init) ?? "") ?? Fields()
    let issuer = state.withLock {
      $0.challenges["code-\(query["state"])"] = query["code_challenge"]
      $0.nonce = query["nonce"]
      return $0.namedIssuer.map { "&iss=\(percentEncoded($0))" } ?? ""
    }
    return "/sign-in/provider?state=\(query["state"])&code=code-\(query["state"])\(issuer)"
  }

  @Sendable func answer(_ request: WebRequest) async throws -> WebAnswer {
    let path = request.url.replacing(Self.issuer, with: "")
    let isDown = state.withLock {
      $0.asked.append(path)
      return $0.isDown
    }
    if isDown { throw WebFailure(description: "no route to host") }
    switch path {
    case "/.well-known/openid-configuration":
      return try Self.json([
        "issuer": Self.issuer, "authorization_endpoint": "\(Self.issuer)/ask", "token_endpoint": "\(Self.issuer)/token",
        "jwks_uri": "\(Self.issuer)/keys",
        "authorization_response_iss_parameter_supported": state.withLock { $0.promisesIssuer },
      ])
    case "/keys":
      let (key, id) = state.withLock { ($0.key.publicKey, $0.keyID) }
      let parts = try key.getKeyPrimitives()
      return try Self.json([
        "keys": [
          [
            "kty": "RSA", "use": "sig", "kid": id, "n": Base64URL.encode(parts.modulus),
            "e": Base64URL.encode(parts.publicExponent),
          ]
        ]
      ])
    case "/token": return try token(for: request)
    default: return WebAnswer(status: 404, bytes: Data())
    }
  }

  private func token(for request: WebRequest) throws -> WebAnswer {
    let form = request.form ?? Fields()
    let challenge = state.withLock { $0.challenges.removeValue(forKey: form["code"]) }
    guard request.basic?.name == "league", request.basic?.secret == "s3cret",
      form["grant_type"] == "authorization_code",
      let challenge, CodeProof.challenge(of: form["code_verifier"]) == challenge
    else { return WebAnswer(status: 400, bytes: Data()) }
    return try Self.json(["id_token": try signed(), "access_token": "unused", "token_type": "Bearer"])
  }

  func signed() throws -> String {
    let (claims, key, id, asked) = state.withLock { ($0.claims, $0.key, $0.keyID, $0.nonce) }
    var said: [String: Any] = [
      "iss": claims.issuer, "sub": claims.subject, "aud": claims.audience, "iat": now(),
      "exp": now() + Int64(claims.lifetime), "nonce": claims.nonce ?? asked, "email_verified": claims.isVerified,
      "name": claims.name,
    ]
    said["email"] = claims.email
    let header = Base64URL.encode(
      try JSONSerialization.data(withJSONObject: ["alg": claims.algorithm, "kid": id], options: .sortedKeys))
    let body = Base64URL.encode(try JSONSerialization.data(withJSONObject: said, options: .sortedKeys))
    if let signature = claims.signature { return "\(header).\(body).\(signature)" }
    let signer = claims.isForged ? stranger : key
    let signature = try signer.signature(
      for: Data("\(header).\(body)".utf8), padding: .insecurePKCS1v1_5)
    return "\(header).\(body).\(Base64URL.encode(signature.rawRepresentation))"
  }

  var keys: KeySet {
    get async throws { try KeySet(json: try await answer(WebRequest(url: "\(Self.issuer)/keys")).bytes) }
  }

  private static func json(_ value: Any) throws -> WebAnswer {
    WebAnswer(status: 200, bytes: try JSONSerialization.data(withJSONObject: value))
  }
}
