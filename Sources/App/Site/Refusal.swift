/// A "no" that the visitor caused and can understand. Every other error is ours: logged in full, shown as a plain 500.
package enum Refusal: Error, Equatable {
  /// Missing, or hidden from this viewer: the two look the same.
  case notFound
  case gone
  case signInNeeded
  case secondFactorNeeded
  /// What was asked wants a proof of the last minutes: see `FreshProof`.
  case proofNeeded
  /// Says whom to ask.
  case forbidden(String)
  /// Form field → what to do about it.
  case invalid([String: String])
  /// Somebody else was quicker, or the form was sent twice: what happened and what to do.
  case conflict(String)
  case tooLarge(limit: Int)
  /// Seconds until the next try.
  case tooMany(retryAfter: Int)
  /// The form did not come from a page of this site, or its session has ended.
  case forged
}

extension Optional {
  func orRefuse(_ refusal: Refusal) throws(Refusal) -> Wrapped {
    guard let self else { throw refusal }
    return self
  }
}
