import Logging

/// What the log says of coming in and going out (OWASP ASVS 5.0, section 16.3); never what was typed.
enum SignInEvent: String {
  case signedIn = "signed in"
  case signInRefused = "sign-in refused"
  case secondStepShown = "second step shown"
  case secondStepRefused = "second step refused"
  case proofShown = "proof shown"
  case proofRefused = "proof refused"
  case signedOut = "signed out"

  fileprivate var isRefusal: Bool { [.signInRefused, .secondStepRefused, .proofRefused].contains(self) }
}

extension Site {
  /// - Parameter way: a word for how: `code`, `app`, `recovery code`, or a provider's name.
  func note(_ event: SignInEvent, _ person: Person.ID?, by way: String, _ visit: Visit) {
    var line: Logger.Metadata = ["id": "\(visit.requestID)", "way": "\(way)", "address": "\(visit.address)"]
    if let person { line["person"] = "\(person)" }
    log.log(level: event.isRefusal ? .notice : .info, "\(event.rawValue)", metadata: line)
  }
}
