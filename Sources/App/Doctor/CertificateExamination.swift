/// The certificate by which browsers know this server, when it has one of its own.
struct CertificateExamination: Sendable {
  let settings: Settings
  let now: Instant

  func findings() -> [Finding] {
    guard let files = CertificateFiles(settings) else { return [] }
    let pair: CertificatePair
    do { pair = try files.read() } catch {
      return [
        .bad(
          "certificate", "Nobody gets a page: \(Doctor.words(error)).", cure: "league.conf: tls_certificate, tls_key")
      ]
    }
    let cure = "certbot renew (a renewed one is taken up by itself)"
    guard let trouble = CertificatePair.trouble(end: pair.end, now: now) else {
      return [.good("certificate", "The certificate holds until \(settings.zone.date(of: pair.end).spoken).")]
    }
    return [pair.end <= now ? .bad("certificate", trouble, cure: cure) : .warning("certificate", trouble, cure: cure)]
  }
}
