import Crypto

/// Proof that whoever spends an authorization code is who asked for it (PKCE, RFC 7636).
public enum CodeProof {
  /// What is sent with the question; `verifier`, 43 to 128 letters, is sent with the code. Method S256, section 4.2.
  public static func challenge(of verifier: String) -> String {
    Base64URL.encode(SHA256.hash(data: Array(verifier.utf8)))
  }
}
