import Foundation
import SignIn

/// A backup as a file: one line in clear, then numbered pieces.
///
///     LEAGUE-BACKUP <SHA-256 of what follows in this line> <header as JSON>
///     each piece: its length as 4 bytes, the first 16 bytes of SHA-256(number as 8 bytes, content), its content
///
/// Lengths and numbers have their lowest byte first. A content is packed with gzip and then, in an encrypted backup,
/// sealed; unpacked its first byte tells what it is: 1 a table begins (JSON), 2 rows of it (`RowBytes`), 3 the manifest
/// (JSON), which is the last.
enum BackupFile {
  static let mark = "LEAGUE-BACKUP "
  /// A piece of rows is closed when it holds so many bytes; one row may make it longer.
  static let pieceSize = 256 << 10
  /// No honest piece is longer, packed or unpacked: rows are at most some megabytes, as forms are.
  static let longestPiece = 64 << 20

  struct TableStart: Codable {
    let name: String
    let columns: [String]
  }

  enum Piece {
    case table(TableStart)
    case rows(ArraySlice<UInt8>)
    case manifest(BackupManifest)
  }

  static func sum(of content: [UInt8], number: UInt64) -> [UInt8] {
    var sum = Checksum()
    sum.add(bytes(of: number))
    sum.add(content)
    return Array(sum.bytes.prefix(16))
  }

  static func bytes<Number: FixedWidthInteger>(of number: Number) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }

  static func firstLine(_ header: BackupHeader) throws -> (line: [UInt8], sum: [UInt8]) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let json = Array(try encoder.encode(header))
    var sum = Checksum()
    sum.add(json)
    return (Array((mark + sum.text + " ").utf8) + json + [0x0A], sum.bytes)
  }
}

/// Writes a backup; what is written takes its name only when it is whole and on disk.
final class BackupWriter {
  private let url: URL
  private let partial: URL
  private let file: FileHandle
  private let seal: Seal?
  private var number: UInt64 = 0

  /// - Parameter passphrase: empty for a backup in clear.
  init(url: URL, header: BackupHeader, passphrase: String) throws {
    self.url = url
    partial = url.appendingPathExtension("partial")
    let (line, sum) = try BackupFile.firstLine(header)
    seal = try header.seal.map { try Seal(passphrase: passphrase, $0, context: sum) }
    // Nobody else may read it: it holds everything.
    guard FileManager.default.createFile(atPath: partial.path, contents: nil, attributes: [.posixPermissions: 0o600])
    else { throw CocoaError(.fileWriteNoPermission, userInfo: [NSFilePathErrorKey: partial.path]) }
    file = try FileHandle(forWritingTo: partial)
    try file.write(contentsOf: line)
  }

  func begin(_ table: BackupFile.TableStart) throws { try write(1, Array(JSONEncoder().encode(table))) }

  func add(rows: [UInt8]) throws { try write(2, rows) }

  func finish(_ manifest: BackupManifest) throws {
    try write(3, Array(JSONEncoder().encode(manifest)))
    try file.synchronize()
    try file.close()
    guard rename(partial.path, url.path) == 0 else {
      throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: url.path])
    }
  }

  private func write(_ kind: UInt8, _ bytes: [UInt8]) throws {
    guard let packed = gzip([kind] + bytes, level: 1) else { throw CocoaError(.fileWriteUnknown) }
    let content = try seal?.close(packed, number: number) ?? packed
    try file.write(contentsOf: BackupFile.bytes(of: UInt32(clamping: content.count)))
    try file.write(contentsOf: BackupFile.sum(of: content, number: number))
    try file.write(contentsOf: content)
    number += 1
  }
}

/// Reads a backup piece by piece, and trusts nothing in it.
final class BackupReader {
  let header: BackupHeader
  private let name: String
  private let file: FileHandle
  private let seal: Seal?
  private var number: UInt64 = 0
  /// Where in the data the reader is, for whoever must be told that it ends here.
  private var place = "before the first table"

  /// - Throws: `BackupError`.
  init(_ url: URL, passphrase: String) throws {
    name = url.lastPathComponent
    guard let file = FileHandle(forReadingAtPath: url.path) else {
      throw CocoaError(.fileReadNoSuchFile, userInfo: [NSFilePathErrorKey: url.path])
    }
    self.file = file
    let (header, sum) = try Self.firstLine(of: file, name)
    self.header = header
    guard let parameters = header.seal else { seal = nil; return }
    guard !passphrase.isEmpty else { throw BackupError.passphraseNeeded(name) }
    do { seal = try Seal(passphrase: passphrase, parameters, context: sum) } catch Seal.Failure.parameters {
      throw BackupError.damaged(file: name, place: "its first line asks for an unreasonable key")
    }
  }

  /// What stands in clear before the pieces.
  static func header(of url: URL) throws -> BackupHeader {
    guard let file = FileHandle(forReadingAtPath: url.path) else {
      throw CocoaError(.fileReadNoSuchFile, userInfo: [NSFilePathErrorKey: url.path])
    }
    return try firstLine(of: file, url.lastPathComponent).0
  }

  private static func firstLine(of file: FileHandle, _ name: String) throws -> (BackupHeader, [UInt8]) {
    let start = Array(try file.read(upToCount: 65_536) ?? Data())
    guard start.starts(with: Array(BackupFile.mark.utf8)) else { throw BackupError.notABackup(name) }
    let damaged = BackupError.damaged(file: name, place: "its first line is not what was written")
    guard let end = start.firstIndex(of: 0x0A), end > BackupFile.mark.utf8.count + 65 else { throw damaged }
    let json = Array(start[(BackupFile.mark.utf8.count + 65)..<end])
    var sum = Checksum()
    sum.add(json)
    guard Array((BackupFile.mark + sum.text + " ").utf8) == Array(start.prefix(BackupFile.mark.utf8.count + 65)) else {
      throw damaged
    }
    guard let header = try? JSONDecoder().decode(BackupHeader.self, from: Data(json)) else { throw damaged }
    guard header.format == 1 else { throw BackupError.newerFormat(name) }
    try file.seek(toOffset: UInt64(end + 1))
    return (header, sum.bytes)
  }

  /// The next piece; the manifest is the last one.
  ///
  /// - Throws: `BackupError`, with the table in which the damage lies.
  func next() throws -> BackupFile.Piece {
    let head = try exactly(20)
    let length = head.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= BackupFile.longestPiece else { throw damage("a length is not what was written") }
    let content = try exactly(length)
    guard BackupFile.sum(of: content, number: number) == Array(head.suffix(16)) else {
      throw damage("bytes are not what was written")
    }
    let bytes = try unpacked(content)
    number += 1
    return try piece(bytes)
  }

  private func unpacked(_ content: [UInt8]) throws -> [UInt8] {
    var packed = content
    if let seal {
      do { packed = try seal.open(content, number: number) } catch Seal.Failure.closed {
        throw BackupError.wrongPassphrase(name)
      }
    }
    guard let bytes = gunzip(packed, limit: BackupFile.longestPiece) else { throw damage("it cannot be unpacked") }
    return bytes
  }

  private func piece(_ bytes: [UInt8]) throws -> BackupFile.Piece {
    let rest = bytes.dropFirst()
    switch bytes.first {
    case 1:
      guard let start = try? JSONDecoder().decode(BackupFile.TableStart.self, from: Data(rest)) else { break }
      place = "in table \(start.name)"
      return .table(start)
    case 2: return .rows(rest)
    case 3:
      guard let manifest = try? JSONDecoder().decode(BackupManifest.self, from: Data(rest)) else { break }
      guard try file.read(upToCount: 1)?.isEmpty ?? true else { throw damage("something follows its end") }
      return .manifest(manifest)
    default: break
    }
    throw damage("a piece of an unknown kind")
  }

  private func exactly(_ count: Int) throws -> [UInt8] {
    guard count > 0 else { return [] }
    let bytes = Array(try file.read(upToCount: count) ?? Data())
    guard bytes.count == count else { throw damage("it ends too early") }
    return bytes
  }

  private func damage(_ what: String) -> BackupError {
    .damaged(file: name, place: "\(what), \(place) (piece \(number + 1))")
  }
}
