import Logging
import Synchronization

/// Keeps what is logged, for tests to read.
final class LogBook: Sendable {
  private let kept = Mutex<[String]>([])

  /// Each as level, message and its values by name, with spaces between.
  var lines: [String] { kept.withLock { $0 } }

  var logger: Logger {
    var logger = Logger(label: "test", factory: { [self] _ in Handler(book: self) })
    logger.logLevel = .info
    return logger
  }

  private struct Handler: LogHandler {
    let book: LogBook
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      let values = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      let line = ([event.level.rawValue, event.message.description] + values).joined(separator: " ")
      book.kept.withLock { $0.append(line) }
    }
  }
}
