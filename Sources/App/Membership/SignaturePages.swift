import Markup

enum SignaturePages {
  /// The agreement, who has signed, and the way to sign it.
  static func sign(
    _ signature: Signature, school: String, _ agreement: AgreementVersion, all: [Signature], state: MembershipState,
    isOwn: Bool, codeSent: Bool, typed: String = "", problems: Problems = [:], _ viewer: Viewer
  ) -> Page {
    Page("Sign for \(school)") {
      spread {
        formErrors(problems, order: ["code"])
        JoinPages.agreementText(agreement)
        if signature.isSigned {
          done(signature, school, viewer)
        } else if state == .signaturesPending {
          ask(signature, school, isOwn: isOwn, codeSent: codeSent, typed: typed, problems, viewer)
        } else {
          note {
            p { "This agreement does not wait for signatures any more: it stands at \u{201C}\(state.words)\u{201D}." }
          }
        }
      } side: {
        panel("\(all.count(where: \.isSigned)) of \(all.count) signed") { seats(all, viewer) }
        panel("For \(school)") {
          p { "You sign as \(signature.role.words.lowercased()): \(signature.name)." }
          p(.class("quiet")) {
            "It is not you? Close the page and tell your school. Without the code nothing is signed."
          }
        }
      }
    }
  }

  private static func seats(_ all: [Signature], _ viewer: Viewer) -> HTML {
    ul {
      for each in all {
        li {
          "\(each.role.words): \(each.name)"
          if let at = each.signedAt {
            span(.class("quiet")) {
              ", signed "; timeTag(at, viewer)
            }
          }
          if !each.isSigned { span(.class("quiet")) { ", not yet" } }
        }
      }
    }
  }

  private static func done(_ signature: Signature, _ school: String, _ viewer: Viewer) -> HTML {
    note {
      p {
        strong { "\(signature.name) has signed for \(school)." }
        if let at = signature.signedAt { " "; timeTag(at, viewer) }
      }
      if let hash = signature.signedHash {
        p(.class("quiet")) {
          "The text that was signed has the SHA-256 "; code { hash }; "."
        }
      }
    }
  }

  private static func ask(
    _ signature: Signature, _ school: String, isOwn: Bool, codeSent: Bool, typed: String, _ problems: Problems,
    _ viewer: Viewer
  ) -> HTML {
    part("Sign", id: "sign") {
      if isOwn {
        p { "You are signed in as \(viewer.name), with the address that this seat was given to." }
        postForm("/sign/\(signature.id)", viewer) { submit("Sign as \(signature.role.words.lowercased())") }
      } else if codeSent {
        p { "We sent six characters to \(signature.maskedEmail). They hold for 15 minutes, in this browser." }
        postForm("/sign/\(signature.id)", viewer, class: "stack") {
          field("Code", name: "code", value: typed, problems: problems, kind: .code)
          submit("Sign as \(signature.role.words.lowercased())")
        }
        postForm("/sign/\(signature.id)/code", viewer) { button(.class("plain")) { "Send another code" } }
      } else {
        p { "We send a code to \(signature.maskedEmail). Typing it here is your signature." }
        postForm("/sign/\(signature.id)/code", viewer) { submit("Send me the code") }
      }
    }
  }
}
