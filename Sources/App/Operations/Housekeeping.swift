import Logging
import ServiceLifecycle
import Storage

/// What is swept, kept fresh and sent again and again, until the server ends. Several processes may do so at once.
package struct Housekeeping: Service {
  let site: Site
  let jobs: [Job]

  init(site: Site, jobs: [Job]) {
    self.site = site
    self.jobs = jobs
  }

  package init(site: Site) {
    let database = site.database
    self.init(
      site: site,
      jobs: [
        Job("sessions", every: .hours(1), keepsPages: true) { _ in
          let now = site.now()
          try await database.write { db in
            try SessionStore(db: db).sweep(now: now)
            try ProviderStore(db: db).sweep(now: now)
            try RateLimitStore(db: db).sweep(now: now)
          }
        },
        Job("erasures", every: .hours(1)) { _ in try await Eraser(site: site).run() },
        Job("digests", every: .minutes(10), keepsPages: true) { _ in
          try await NoticeLetters(site: site).composeDigests()
        },
        Job("signature-letters", every: .hours(1)) { _ in try await SignatureReminders(site: site).send() },
        Job("measure-letters", every: .hours(1)) { _ in try await MeasureReminders(site: site).send() },
        Job("evidence", every: .hours(1)) { _ in try await EvidenceUpkeep(site: site).run() },
        Job("search", every: .hours(1)) { last in
          let now = site.now()
          // What turned while the last round ran belongs to this one; a site that stood still catches up with a week.
          // When the clock was ahead, what seemed to have turned by then has not.
          try await SearchUpkeep(site: site).run(
            since: last.map { min($0, now) - Job.claim } ?? now - .days(7), until: max(last ?? now, now), now: now)
        },
        Job("statistics", every: .days(1), keepsPages: true) { _ in try await database.refreshStatistics() },
      ] + [NightlyBackup(site: site).job].compactMap { $0 })
  }

  package func run() async throws {
    try? await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        await round()
        try await Task.sleep(for: .seconds(60))
      }
    }
  }

  /// Does every job that is due. One that fails is said in the log, and keeps no other from its turn.
  func round() async {
    await correctClock()
    for job in jobs where !Task.isCancelled { await take(job) }
  }

  /// A clock that was ahead and is set back must not make anything wait until it is there again.
  private func correctClock() async {
    let (database, now) = (site.database, site.now())
    do {
      let count = try await database.read { db in try ClockStore(db: db).countAhead(now: now) }
      guard count > 0 else { return }
      try await database.write { db in try ClockStore(db: db).correct(now: now) }
      site.log.warning("the clock was ahead", metadata: ["due now": "\(count)"])
    } catch {
      site.log.error("the clock was not looked at", metadata: ["error": "\(String(reflecting: error))"])
    }
  }

  private func take(_ job: Job) async {
    let database = site.database
    do {
      let now = site.now()
      let (first, next) = (job.first(now), job.next(now))
      let known = try await database.read { db in try JobStore(db: db).find(job.name) }
      let isAhead = known.map { $0.dueAt > next + .drift } ?? false
      if let known, !isAhead, known.dueAt > now || known.claimedUntil > now { return }
      let isOurs = try await database.write { db in
        if isAhead { try JobStore(db: db).correct(job.name, first: first, next: next) }
        return try JobStore(db: db).claim(job.name, first: first, now: now, until: now + Job.claim)
      }
      if isOurs { try await perform(job, last: known?.succeededAt) }
    } catch {
      site.log.error("job", metadata: ["job": "\(job.name)", "error": "\(String(reflecting: error))"])
    }
  }

  private func perform(_ job: Job, last: Instant?) async throws {
    let database = site.database
    do {
      if job.keepsPages { try await job.work(last) } else { try await site.cache.changing { try await job.work(last) } }
      let now = site.now()
      try await database.write { db in try JobStore(db: db).succeed(job.name, now: now, due: job.next(now)) }
    } catch {
      let now = site.now()
      let trouble = String(String(reflecting: error).prefix(500))
      // A task of its own: that the job is free again is kept even when the server ends meanwhile and cancels this one.
      try await Task {
        try await database.write { db in
          try JobStore(db: db).fail(job.name, trouble: trouble, now: now, due: min(job.next(now), now + Job.retry))
        }
      }.value
      if !(error is CancellationError) { throw error }
    }
  }
}
