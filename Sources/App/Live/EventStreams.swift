import Synchronization

/// The event streams that are open in this process. Each is woken to look for news itself; several wakings before it looks
/// are one.
final class EventStreams: Sendable {
  struct Reader: Sendable, Equatable {
    let person: Person.ID
    let discussion: Discussion.ID
  }

  /// Of one person: as many as somebody reads side by side. One more ends the oldest.
  static let mostOfPerson = 6
  /// In one process.
  static let most = 2000
  /// The steps of a beat: each stream has one of them, so that not all ask the database at the same moment.
  static let steps = 15

  private struct Open: Sendable {
    let reader: Reader
    let waking: AsyncStream<Waking>.Continuation
  }

  private struct State: Sendable {
    var next = 0
    var open: [Int: Open] = [:]
    var isStopping = false
  }

  /// Why a stream is woken.
  enum Waking: Sendable {
    case look
    /// Another stream of the same person took its place: the browser must not come back.
    case replaced
  }

  private let state = Mutex(State())

  var count: Int { state.withLock { $0.open.count } }
  var hasRoom: Bool { state.withLock { !$0.isStopping && $0.open.count < Self.most } }

  /// - Returns: what wakes the stream, a first look included, and the key to end it by; nil when there is no room.
  func open(_ reader: Reader) -> (key: Int, wakings: AsyncStream<Waking>)? {
    let (wakings, waking) = AsyncStream.makeStream(of: Waking.self, bufferingPolicy: .bufferingNewest(1))
    let key = state.withLock { state -> Int? in
      guard !state.isStopping, state.open.count < Self.most else { return nil }
      let own = state.open.filter { $0.value.reader.person == reader.person }
      if own.count >= Self.mostOfPerson, let oldest = own.min(by: { $0.key < $1.key }) {
        state.open[oldest.key] = nil
        oldest.value.waking.yield(.replaced)
        oldest.value.waking.finish()
      }
      state.next += 1
      state.open[state.next] = Open(reader: reader, waking: waking)
      return state.next
    }
    waking.yield(.look)
    return key.map { ($0, wakings) }
  }

  func end(_ key: Int) {
    state.withLock { $0.open.removeValue(forKey: key) }?.waking.finish()
  }

  func wake(_ isMeant: (Reader) -> Bool) {
    for each in state.withLock({ Array($0.open.values) }) where isMeant(each.reader) { each.waking.yield(.look) }
  }

  /// Wakes those whose turn is at this step of the beat; within `steps` steps each has had its turn once.
  func beat(_ step: Int) {
    let turn = Set(keys(at: step))
    for (key, each) in state.withLock({ $0.open }) where turn.contains(key) { each.waking.yield(.look) }
  }

  /// The streams whose turn is at this step.
  func keys(at step: Int) -> [Int] {
    state.withLock { $0.open.keys.filter { $0 % Self.steps == step % Self.steps } }
  }

  /// Ends all of them, and lets none begin: the program stops. Browsers come back, to another process or the next.
  func stop() {
    let open = state.withLock { state in
      state.isStopping = true
      defer { state.open = [:] }
      return Array(state.open.values)
    }
    for each in open { each.waking.finish() }
  }
}
