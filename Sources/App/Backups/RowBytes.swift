import Storage

/// Rows as bytes: what a backup holds, and what its sums are taken over. The same data gives the same bytes on both
/// engines.
///
/// Each value is one byte that names its kind and what follows: 0 nothing; 1 a whole number and 2 a number, 8 bytes, the
/// lowest first; 3 text in UTF-8 and 4 bytes, their count as 4 bytes before them.
enum RowBytes {
  static func append(_ row: ArraySlice<SQLValue>, to bytes: inout [UInt8]) {
    for value in row {
      switch value {
      case .null: bytes.append(0)
      case .integer(let n): append(1, UInt64(bitPattern: n), to: &bytes)
      // SQLite keeps no sign of zero.
      case .real(let x): append(2, (x == 0 ? 0 : x).bitPattern, to: &bytes)
      case .text(var text): text.withUTF8 { append(3, $0, to: &bytes) }
      case .blob(let blob): blob.withUnsafeBufferPointer { append(4, $0, to: &bytes) }
      }
    }
  }

  private static func append(_ kind: UInt8, _ number: UInt64, to bytes: inout [UInt8]) {
    bytes.append(kind)
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  private static func append(_ kind: UInt8, _ content: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    bytes.append(kind)
    withUnsafeBytes(of: UInt32(clamping: content.count).littleEndian) { bytes.append(contentsOf: $0) }
    bytes.append(contentsOf: content)
  }

  /// Rows of `width` values each; nil when the bytes are not that.
  static func rows(_ bytes: ArraySlice<UInt8>, width: Int) -> [[SQLValue]]? {
    guard width > 0 else { return nil }
    var (rows, row) = ([[SQLValue]](), [SQLValue]())
    var place = bytes.startIndex
    func take(_ count: Int) -> ArraySlice<UInt8>? {
      guard count >= 0, bytes.endIndex - place >= count else { return nil }
      defer { place += count }
      return bytes[place..<place + count]
    }
    func number(_ count: Int) -> UInt64? {
      take(count)?.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
    while place < bytes.endIndex {
      let kind = bytes[place]
      place += 1
      switch kind {
      case 0: row.append(.null)
      case 1:
        guard let n = number(8) else { return nil }
        row.append(.integer(Int64(bitPattern: n)))
      case 2:
        guard let n = number(8) else { return nil }
        row.append(.real(Double(bitPattern: n)))
      case 3, 4:
        guard let count = number(4), let content = take(Int(count)) else { return nil }
        row.append(kind == 3 ? .text(String(decoding: content, as: UTF8.self)) : .blob(Array(content)))
      default: return nil
      }
      if row.count == width {
        rows.append(row)
        row = []
      }
    }
    return row.isEmpty ? rows : nil
  }
}
