/// A question to a name server and what it answers (RFC 1035): text records, and whether there are others.
enum DNSMessage {
  static let text: UInt16 = 16
  /// MX: who takes letters for a domain.
  static let exchange: UInt16 = 15

  /// - Returns: nil for a name that cannot be asked for.
  static func question(_ name: String, type: UInt16 = text, id: UInt16) -> [UInt8]? {
    let labels = name.split(separator: ".").map { Array($0.utf8) }
    guard !labels.isEmpty, labels.allSatisfy({ (1...63).contains($0.count) }), name.utf8.count <= 253 else {
      return nil
    }
    // Recursion is desired; one question; one additional record, which says that 4096 bytes fit (RFC 6891).
    var bytes = pair(id) + [0x01, 0x00] + pair(1) + pair(0) + pair(0) + pair(1)
    for label in labels { bytes += [UInt8(label.count)] + label }
    bytes += [0] + pair(type) + pair(1)
    return bytes + [0] + pair(41) + pair(4096) + [0, 0, 0, 0] + pair(0)
  }

  private static func pair(_ n: UInt16) -> [UInt8] { [UInt8(n >> 8), UInt8(n & 0xFF)] }

  enum Answer: Sendable, Equatable {
    /// Each record's text, its pieces joined; of records of another type empty.
    case texts([String])
    case noSuchName
    /// The server could not or would not answer.
    case failed(code: Int)
  }

  /// - Returns: nil when the bytes are no whole answer to the question of that id.
  static func answer(_ bytes: [UInt8], type wanted: UInt16 = text, id: UInt16) -> Answer? {
    var reading = Reading(bytes: bytes)
    guard reading.pair() == id, let flags = reading.pair(), flags & 0x8000 != 0, let questions = reading.pair(),
      let answers = reading.pair(), reading.pair() != nil, reading.pair() != nil
    else { return nil }
    switch flags & 0xF {
    case 0: break
    case 3: return .noSuchName
    case let code: return .failed(code: Int(code))
    }
    for _ in 0..<questions { guard reading.skipName(), reading.skip(4) else { return nil } }
    var texts: [String] = []
    for _ in 0..<answers {
      guard reading.skipName(), let type = reading.pair(), reading.skip(6), let length = reading.pair(),
        let data = reading.take(Int(length))
      else { return nil }
      if type == wanted { texts.append(type == text ? joined(data) : "") }
    }
    return .texts(texts)
  }

  /// A text record is pieces, each with its length before it.
  private static func joined(_ data: ArraySlice<UInt8>) -> String {
    var (bytes, place) = ([UInt8](), data.startIndex)
    while place < data.endIndex {
      let end = min(data.endIndex, place + 1 + Int(data[place]))
      bytes += data[(place + 1)..<end]
      place = end
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private struct Reading {
    let bytes: [UInt8]
    var place = 0

    mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
      guard bytes.count - place >= count else { return nil }
      defer { place += count }
      return bytes[place..<place + count]
    }

    mutating func skip(_ count: Int) -> Bool { take(count) != nil }

    mutating func pair() -> UInt16? {
      take(2).map { $0.reduce(0) { $0 << 8 | UInt16($1) } }
    }

    /// A name ends with an empty label, or with a pointer to where its rest stands.
    mutating func skipName() -> Bool {
      while let length = take(1)?.first {
        if length == 0 { return true }
        if length & 0xC0 == 0xC0 { return skip(1) }
        guard length & 0xC0 == 0, skip(Int(length)) else { return false }
      }
      return false
    }
  }
}
