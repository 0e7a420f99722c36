import Crypto

/// SHA-256 as lower-case hexadecimal: what the database keeps instead of a secret (FIPS 180-4).
public func sha256(_ secret: String) -> String {
  SHA256.hash(data: Array(secret.utf8)).map { byte in
    let text = String(byte, radix: 16)
    return text.count == 1 ? "0" + text : text
  }.joined()
}
