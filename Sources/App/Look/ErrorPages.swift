import Markup

/// The pages that say "no": each tells what happened, what was kept and what to do.
enum ErrorPages {
  /// Missing or hidden: the two look the same.
  static func notFound() -> Page {
    shown("There is no such page") {
      p { "The address may be mistyped, or the page may be one that you are not allowed to see. Search for it:" }
      form(.class("search-again"), .role("search"), .action("/search")) {
        input(.type("search"), .name("q"), .aria(.label, "Search League"))
        button(.class("button")) { "Search" }
      }
    }
  }

  static func gone() -> Page {
    shown("This was taken away") {
      p { "It stood here once and was removed, by its author or by the office. What links to it can be mended." }
      quietLink("To the front page", "/")
    }
  }

  /// - Parameter whomToAsk: a sentence that says who can give the right: "Ask a lead of your school."
  static func forbidden(_ whomToAsk: String) -> Page {
    shown("You may not do this") {
      p { whomToAsk }
      quietLink("To the front page", "/")
    }
  }

  /// - Parameter next: the path to come back to.
  static func signInNeeded(next: String) -> Page {
    shown("Sign in to go on") {
      p { "This page is for educators of the League. We mail you a code; there is no password." }
      buttonLink("Sign in", "/sign-in?next=\(queryEscaped(next))")
    }
  }

  static func tooMany(retryAfter seconds: Int) -> Page {
    shown("Too much at once") {
      p {
        "To keep League quick for everybody, each account and address may ask only so often. "
        strong { "Try again in \(wait(seconds))." }
        " Nothing that you had sent before is lost."
      }
    }
  }

  /// - Parameter limit: the most bytes that this form takes.
  static func tooLarge(limit: Int) -> Page {
    shown("That is too large") {
      p { "This form takes at most \(grouped(max(1, limit / 1024))) KB. Go back, shorten it and send it again." }
    }
  }

  /// - Parameter what: what happened and what to do.
  static func conflict(_ what: String) -> Page {
    shown("Somebody was quicker") { p { what } }
  }

  /// The form came from elsewhere or its session has ended.
  ///
  /// - Parameter kept: the fields that a person typed, by label, given back to be copied.
  static func forged(kept: [(label: String, words: String)] = []) -> Page {
    shown("Please send that once more") {
      p { "The form was opened in a session that has ended, so we did not act on it." }
      if !kept.isEmpty {
        p { "Here is what you wrote. Copy it, sign in, and send it again." }
        for (index, each) in kept.enumerated() {
          textArea(each.label, name: "kept-\(index)", value: each.words, required: true, rows: 8)
        }
      }
      buttonLink("Sign in", "/sign-in")
    }
  }

  /// Ours: logged in full under this id.
  static func broken(requestID: String) -> Page {
    shown("Something went wrong on our side") {
      p {
        "It is written down, and nothing that was saved before is lost. "
        "Try once more; if it happens again, tell the office this number:"
      }
      p { code { requestID } }
    }
  }

  private static func shown(_ title: String, @HTMLBuilder content: Content) -> Page {
    let said = content()
    return Page(title) {
      div(.class("error-page")) {
        h1 { title }
        said
      }
    }
  }

  /// "40 seconds", "5 minutes", never less than a second.
  static func wait(_ seconds: Int) -> String {
    seconds < 120 ? counted(max(1, seconds), "second") : counted((seconds + 59) / 60, "minute")
  }
}

/// `text` as the value of a URL's query: everything but RFC 3986's unreserved characters as %XX.
func queryEscaped(_ text: String) -> String {
  let digits = Array("0123456789ABCDEF")
  var escaped = ""
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
      escaped.append(Character(Unicode.Scalar(byte)))
    default:
      escaped.append("%")
      escaped.append(digits[Int(byte >> 4)])
      escaped.append(digits[Int(byte & 15)])
    }
  }
  return escaped
}
