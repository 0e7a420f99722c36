import HTTPTypes
import Hummingbird
import NIOHTTP1
import SignIn
import Storage

/// Turns every thrown error into a page. The only place that maps errors to HTTP.
struct Refusals {
  let site: Site

  func answer(to error: any Error, _ request: Request, _ visit: Visit) async -> Response {
    switch error {
    case let refusal as Refusal: await answer(to: refusal, request, visit)
    case let error as HTTPError where error.status == .notFound || error.status == .methodNotAllowed:
      page(ErrorPages.notFound(), .notFound, visit)
    // No browser sends such a body; where the next request would begin, nobody knows.
    case is HTTPParserError: Response(status: .badRequest, headers: [.connection: "close"])
    case DatabaseError.unavailable, DatabaseError.busy, DatabaseError.timeout:
      unavailable(visit)
    default: page(ErrorPages.broken(requestID: visit.requestID), .internalServerError, visit)
    }
  }

  private func answer(to refusal: Refusal, _ request: Request, _ visit: Visit) async -> Response {
    switch refusal {
    case .notFound: return page(ErrorPages.notFound(), .notFound, visit)
    case .gone: return page(ErrorPages.gone(), .gone, visit)
    case .signInNeeded: return await signIn(request, visit)
    case .secondFactorNeeded:
      return redirect("/sign-in/second-factor?next=\(percentEncoded(request.uri.string))", visit)
    case .proofNeeded: return await prove(request, visit)
    case .forbidden(let whomToAsk): return page(ErrorPages.forbidden(whomToAsk), .forbidden, visit)
    case .invalid(let problems): return page(ErrorPages.invalid(problems), .unprocessableContent, visit)
    case .conflict(let words): return page(ErrorPages.conflict(words), .conflict, visit)
    case .tooLarge(let limit): return page(ErrorPages.tooLarge(limit: limit), .contentTooLarge, visit)
    case .tooMany(let seconds): return tooMany(seconds, visit)
    case .forged: return await keep(request, visit, then: nil)
    }
  }

  /// A page to be read comes back after signing in; a form is kept with its words and offered again.
  private func signIn(_ request: Request, _ visit: Visit) async -> Response {
    if request.method == .post { return await keep(request, visit, then: "/sign-in?next=") }
    return redirect("/sign-in?next=\(percentEncoded(request.uri.string))", visit)
  }

  private func prove(_ request: Request, _ visit: Visit) async -> Response {
    let way = "/account/proof?next="
    if request.method == .post { return await keep(request, visit, then: way) }
    return redirect(way + percentEncoded(request.uri.string), visit)
  }

  private func keep(_ request: Request, _ visit: Visit, then way: String?) async -> Response {
    let browser = visit.browser.isEmpty ? site.newSecret() : visit.browser
    let form = KeptForm(id: KeptForm.ID(site.newID()), path: request.uri.path, fields: visit.fields.without(["token"]))
    let now = visit.viewer.now
    do {
      try await site.database.write { db in
        try KeptFormStore(db: db).add(form, browser: sha256(browser), now: now)
      }
    } catch {
      return unavailable(visit)
    }
    let path = "/kept/\(form.id)"
    return Redirect(
      to: way.map { $0 + percentEncoded(path) } ?? path, cookies: [site.settings.browserCookie(browser)]
    )
    .response(for: visit, assets: site.assets)
  }

  private func tooMany(_ seconds: Int, _ visit: Visit) -> Response {
    var response = page(ErrorPages.tooMany(retryAfter: seconds), .tooManyRequests, visit)
    response.headers[.retryAfter] = String(seconds)
    return response
  }

  private func unavailable(_ visit: Visit) -> Response {
    var response = page(ErrorPages.unavailable(requestID: visit.requestID), .serviceUnavailable, visit)
    response.headers[.retryAfter] = "10"
    return response
  }

  private func redirect(_ path: String, _ visit: Visit) -> Response {
    Redirect(to: path).response(for: visit, assets: site.assets)
  }

  private func page(_ page: Page, _ status: HTTPResponse.Status, _ visit: Visit) -> Response {
    page.response(status, for: visit, assets: site.assets)
  }
}
