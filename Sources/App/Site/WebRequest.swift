import CCurl
import Foundation
import NIOPosix

/// One question to another server, over https.
package struct WebRequest: Sendable {
  let url: String
  /// What is posted; nil asks by GET.
  var form: Fields?
  /// Name and secret, as the scheme Basic sends them (RFC 7617).
  var basic: (name: String, secret: String)?

  /// Only to this machine itself may a question go unencrypted.
  var mayBePlain: Bool { ["localhost", "127.0.0.1", "[::1]", "::1"].contains(URL(string: url)?.host() ?? "") }
}

package struct WebAnswer: Sendable {
  let status: Int
  let bytes: Data
}

/// A server that could not be asked.
struct WebFailure: Error, CustomStringConvertible {
  let description: String
}

extension WebRequest {
  /// The most that is read of an answer.
  private static let most = 1_048_576

  /// Their own, so that letters do not wait for a provider that hangs.
  private static let threads: NIOThreadPool = {
    let pool = NIOThreadPool(numberOfThreads: 4)
    pool.start()
    return pool
  }()

  /// Through libcurl, on a thread of their own pool; never led elsewhere.
  ///
  /// - Throws: `WebFailure` when no answer came whole within ten seconds.
  package static func send(_ request: WebRequest) async throws -> WebAnswer {
    try await Self.threads.runIfActive {
      let (form, basic) = (request.form?.encoded, request.basic.map { "\($0.name):\($0.secret)" })
      let answer = request.url.withCString { url in
        withCString(form) { form in
          withCString(basic) { basic in
            var asked = league_request()
            asked.url = url
            asked.form = form
            asked.basic = basic
            asked.timeout = 10_000
            asked.most = most
            asked.plain = request.mayBePlain ? 1 : 0
            return league_fetch(&asked)
          }
        }
      }
      defer { free(answer.bytes) }
      guard answer.code == CURLE_OK else {
        throw WebFailure(description: String(cString: curl_easy_strerror(answer.code)))
      }
      return WebAnswer(
        status: Int(answer.status), bytes: answer.bytes.map { Data(bytes: $0, count: answer.length) } ?? Data())
    }
  }
}

private func withCString<Value>(_ text: String?, _ work: (UnsafePointer<CChar>?) -> Value) -> Value {
  guard let text else { return work(nil) }
  return text.withCString { work($0) }
}
