/// The pages that say "no", and the one that helps to move about.
enum ErrorSamples {
  static let all: [Sample] = [
    Sample("help/keyboard", "Moving by keyboard", KeyboardPages.show(), for: .sampleVisitor),
    Sample("errors/404", "Not found", ErrorPages.notFound(), for: .sampleVisitor),
    Sample("errors/403", "Forbidden", ErrorPages.forbidden("Ask a lead of your school: Ruth Ouellette.")),
    Sample("errors/410", "Gone", ErrorPages.gone(), for: .sampleVisitor),
    Sample("errors/429", "Too many", ErrorPages.tooMany(retryAfter: 240), for: .sampleVisitor),
    Sample("errors/413", "Too large", ErrorPages.tooLarge(limit: 262_144)),
    Sample("errors/409", "Conflict", ErrorPages.conflict("Somebody else signed for the school a moment ago.")),
    Sample("errors/500", "Broken", ErrorPages.broken(requestID: "7f3a-91c2")),
    Sample("errors/sign-in", "Sign-in needed", ErrorPages.signInNeeded(next: "/ideas/new?a=b"), for: .sampleVisitor),
    Sample(
      "errors/forged", "The session has ended",
      ErrorPages.forged(kept: [(label: "Your reply", words: "We kept the slot fixed, and that was <the> point.")]),
      for: .sampleVisitor),
  ]
}
