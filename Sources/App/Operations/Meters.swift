import Storage
import Synchronization

/// What this process has done since it started, counted in memory. It holds routes, never addresses, names or values.
package final class Meters: Sendable {
  struct Answered: Hashable, Sendable {
    let method: String
    let route: String
    let status: Int
  }

  struct Counts: Sendable {
    var answered: [Answered: Int] = [:]
    /// By route: from the request's head to the answer's.
    var latency: [String: Histogram] = [:]
    /// By request: waiting for a free connection of the database, and working with it.
    var poolWait = Histogram()
    var databaseTime = Histogram()
    var statements = 0
    var slowStatements = 0
    var inFlight = 0
  }

  private let state = Mutex(Counts())

  package init() {}

  var counts: Counts { state.withLock { $0 } }

  func begin() { state.withLock { $0.inFlight += 1 } }

  /// - Parameter route: as declared, such as `/ideas/{id}`; nil where none was looked for.
  func end(method: String, route: String?, status: Int, seconds: Double, _ meter: DatabaseMeter) {
    // Anybody can make up methods; only these are ours.
    let known = ["GET", "POST", "HEAD"].contains(method) ? method : "other"
    let route = route ?? "none"
    let (waited, busy) = (meter.waitedMilliseconds / 1000, meter.milliseconds / 1000)
    state.withLock { counts in
      counts.inFlight -= 1
      counts.answered[Answered(method: known, route: route, status: status), default: 0] += 1
      counts.latency[route, default: Histogram()].add(seconds: seconds)
      counts.statements += meter.statements
      guard meter.statements > 0 else { return }
      counts.poolWait.add(seconds: waited)
      counts.databaseTime.add(seconds: busy)
    }
  }

  package func countSlowStatement() { state.withLock { $0.slowStatements += 1 } }
}
