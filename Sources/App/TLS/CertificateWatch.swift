import Logging
import ServiceLifecycle

/// Takes up a renewed certificate while the server runs, and says daily when it is about to end.
struct CertificateWatch: Service {
  let certificate: ServerCertificate
  let log: Logger
  let now: @Sendable () -> Instant
  var pause = Duration.seconds(60)

  func run() async throws {
    try? await cancelWhenGracefulShutdown {
      var (said, told) = (now() - .days(1), "")
      while !Task.isCancelled {
        let now = now()
        if now - .days(1) >= said, let trouble = CertificatePair.trouble(end: certificate.end, now: now) {
          log.error("\(trouble) league doctor")
          said = now
        }
        try await Task.sleep(for: pause)
        do {
          if try certificate.refresh() { log.notice("the renewed certificate is taken up") }
          told = ""
        } catch {
          // Between the two files' change this is nothing; the same trouble is not told each minute.
          if told != "\(error)" { log.warning("the certificate stays as it was: \(error)") }
          told = "\(error)"
        }
      }
    }
  }
}
