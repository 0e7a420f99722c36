import Synchronization

/// The last report, so that many askers cost one check.
package final class ReadinessMemory: Sendable {
  private struct Last: Sendable {
    let report: Readiness.Report
    let at: ContinuousClock.Instant
  }

  private let last = Mutex<Last?>(nil)

  /// How long a report stands.
  static let lifetime = Duration.seconds(2)

  package init() {}

  func report(_ make: @Sendable () async -> Readiness.Report) async -> Readiness.Report {
    if let kept = last.withLock({ $0 }), ContinuousClock.now - kept.at < Self.lifetime { return kept.report }
    let report = await make()
    last.withLock { $0 = Last(report: report, at: .now) }
    return report
  }
}
