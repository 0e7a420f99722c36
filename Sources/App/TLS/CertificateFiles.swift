import Foundation
import NIOSSL

/// The two files of `tls_certificate` and `tls_key`.
struct CertificateFiles: Sendable {
  let certificate: String
  let key: String

  struct Bytes: Sendable, Equatable {
    let certificate: [UInt8]
    let key: [UInt8]
  }

  /// Nil when the server speaks http, with or without a proxy in front.
  init?(_ settings: Settings) {
    guard settings.hasOwnCertificate else { return nil }
    certificate = settings[.tlsCertificate]
    key = settings[.tlsKey]
  }

  func read() throws -> CertificatePair { try pair(of: try bytes()) }

  func bytes() throws -> Bytes {
    Bytes(certificate: try bytes(.tlsCertificate, certificate), key: try bytes(.tlsKey, key))
  }

  private func bytes(_ setting: Setting, _ path: String) throws -> [UInt8] {
    guard FileManager.default.fileExists(atPath: path) else {
      throw SettingsError(description: "\(setting.rawValue) = \(path): there is no such file")
    }
    guard let data = try? Data(contentsOf: URL(filePath: path)) else {
      throw SettingsError(
        description: "\(setting.rawValue) = \(path): League's account cannot read it; "
          + "copy it to where it can, as README says under TLS")
    }
    return Array(data)
  }

  /// - Throws: `SettingsError` when they are not PEM, or do not belong together.
  func pair(of bytes: Bytes) throws -> CertificatePair {
    guard let chain = try? NIOSSLCertificate.fromPEMBytes(bytes.certificate), let own = chain.first else {
      throw SettingsError(
        description: "tls_certificate = \(certificate): it holds no certificate in PEM (-----BEGIN CERTIFICATE-----)")
    }
    guard let secret = try? NIOSSLPrivateKey(bytes: bytes.key, format: .pem) else {
      throw SettingsError(
        description: "tls_key = \(key): it holds no private key in PEM, or one with a passphrase; write it without")
    }
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(secret))
    configuration.minimumTLSVersion = .tlsv12
    configuration.cipherSuiteValues = Self.ciphers
    configuration.applicationProtocols = ["http/1.1"]
    guard let context = try? NIOSSLContext(configuration: configuration) else {
      throw SettingsError(
        description: "tls_key = \(key): it is not the key of the certificate in \(certificate)")
    }
    return CertificatePair(bytes: bytes, context: context, end: Instant(milliseconds: Int64(own.notValidAfter) * 1000))
  }

  /// With forward secrecy and authenticated encryption (RFC 9325, section 4.2); version 1.3 has no others.
  private static let ciphers: [NIOTLSCipher] = [
    .TLS_AES_128_GCM_SHA256, .TLS_AES_256_GCM_SHA384, .TLS_CHACHA20_POLY1305_SHA256,
    .TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    .TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, .TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
    .TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, .TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
  ]
}

/// A certificate with its chain and its key, ready for connections.
struct CertificatePair: Sendable {
  let bytes: CertificateFiles.Bytes
  let context: NIOSSLContext
  let end: Instant

  /// What to tell the operator of its end; nil while it is far.
  static func trouble(end: Instant, now: Instant) -> String? {
    if end <= now { return "The certificate has expired: browsers turn people away." }
    let days = (end.milliseconds - now.milliseconds) / 86_400_000
    return days < 14 ? "The certificate ends in \(days) \(days == 1 ? "day" : "days")." : nil
  }
}
