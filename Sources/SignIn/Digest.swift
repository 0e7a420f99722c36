import Crypto

/// SHA-256 as lower-case hexadecimal: what the database keeps instead of a secret (FIPS 180-4).
public func sha256(_ secret: String) -> String { hexadecimal(SHA256.hash(data: Array(secret.utf8))) }

/// HMAC-SHA-256 as lower-case hexadecimal: the mark of whoever has the key (RFC 2104).
public func mac(_ text: String, key: String) -> String {
  hexadecimal(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: SymmetricKey(data: Array(key.utf8))))
}

private func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  bytes.map { byte in
    let text = String(byte, radix: 16)
    return text.count == 1 ? "0" + text : text
  }.joined()
}
