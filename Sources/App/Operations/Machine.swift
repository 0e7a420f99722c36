import Foundation

/// What the operating system tells of this process and its disk. Nil where it does not tell.
enum Machine {
  /// When the process began to run, near enough.
  static let start = Date()

  /// Bytes that an ordinary user may still write where `path` lies, or where its nearest folder that exists lies.
  static func freeBytes(at path: String) -> Int64? {
    var place = URL(filePath: path).standardizedFileURL
    while !FileManager.default.fileExists(atPath: place.path), place.pathComponents.count > 1 {
      place.deleteLastPathComponent()
    }
    var status = statvfs()
    guard statvfs(place.path, &status) == 0 else { return nil }
    return Int64(clamping: UInt64(status.f_bavail) * UInt64(status.f_frsize))
  }

  static var residentBytes: Int64? {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
    let fields = text.split(separator: " ")
    guard fields.count > 1, let pages = Int64(fields[1]) else { return nil }
    return pages * Int64(sysconf(Int32(_SC_PAGESIZE)))
  }

  /// Processor time of the process, seconds.
  static var processorSeconds: Double {
    // POSIX fixes CLOCKS_PER_SEC, which Swift does not import, at one million.
    Double(clock()) / 1_000_000
  }

  static var openFiles: Int? { (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd"))?.count }
}
