/// Work that is due again and again; one of the processes that share a database does it.
struct Job: Sendable {
  /// As logs and /metrics call it.
  let name: String
  /// When a database that never saw it has to have it done, asked at that moment.
  let first: @Sendable (Instant) -> Instant
  /// When it is due again after it was done at that moment.
  let next: @Sendable (Instant) -> Instant
  /// Gets the moment when it was last done; nil when the database does not know of one.
  let work: @Sendable (_ last: Instant?) async throws -> Void
  /// Whether it changes nothing that a page shows to many, so that kept pages stay.
  let keepsPages: Bool

  /// Due at once, and then after each `span`.
  init(
    _ name: String, every span: Span, keepsPages: Bool = false,
    work: @escaping @Sendable (_ last: Instant?) async throws -> Void
  ) {
    self.init(name: name, first: { $0 }, next: { $0 + span }, keepsPages: keepsPages, work: work)
  }

  /// Due at moments of the clock, such as every night.
  init(
    _ name: String, at next: @escaping @Sendable (Instant) -> Instant, keepsPages: Bool = false,
    work: @escaping @Sendable (_ last: Instant?) async throws -> Void
  ) {
    self.init(name: name, first: next, next: next, keepsPages: keepsPages, work: work)
  }

  private init(
    name: String, first: @escaping @Sendable (Instant) -> Instant, next: @escaping @Sendable (Instant) -> Instant,
    keepsPages: Bool, work: @escaping @Sendable (_ last: Instant?) async throws -> Void
  ) {
    self.name = name
    self.first = first
    self.next = next
    self.keepsPages = keepsPages
    self.work = work
  }

  /// A process that dies leaves its job to the others after this time; no job takes longer.
  static let claim = Span.minutes(30)
  /// After this time a job that failed is tried again, if it is not due earlier.
  static let retry = Span.minutes(10)
}

/// A job as the database remembers it.
struct JobRecord: Sendable, Equatable {
  let name: String
  let dueAt: Instant
  let claimedUntil: Instant
  let beganAt: Instant?
  let succeededAt: Instant?
  let failedAt: Instant?
  /// Why it failed the last time; nil when it did not.
  let trouble: String?
}
