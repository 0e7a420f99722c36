import Foundation

/// The folder that backups are kept in.
package struct BackupFolder: Sendable {
  let url: URL

  package init(_ path: String) { url = URL(filePath: path) }

  /// Under which name a backup of that moment is kept: names sort in order of time.
  package func place(at now: Instant) -> URL {
    let time = Date(timeIntervalSince1970: Double(now.milliseconds / 1000)).ISO8601Format()
    return url.appending(path: "league-\(time.filter { $0 != "-" && $0 != ":" }).backup")
  }

  /// Newest first.
  package func all() -> [URL] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    return names.filter { $0.wholeMatch(of: /league-\d{8}T\d{6}Z\.backup/) != nil }.sorted(by: >)
      .map { url.appending(path: $0) }
  }

  /// The newest backup of which it was proven that it can be restored. One from a clock that was ahead hides no other.
  package func lastVerified(now: Instant) -> (url: URL, proof: BackupProof)? {
    let proven = all().lazy.compactMap { url in BackupProof.find(url).map { (url, $0) } }
    return proven.first { Instant(milliseconds: $0.1.verifiedAt) - now <= .drift }
  }

  package func prepare() throws {
    try FileManager.default.makePrivateFolder(url)
  }

  /// Removes all but the newest `count`; files with other names are not ours.
  ///
  /// - Returns: the names of what was removed.
  package func keep(_ count: Int) throws -> [String] {
    try all().dropFirst(max(1, count)).map { old in
      try FileManager.default.removeItem(at: old)
      try? FileManager.default.removeItem(at: BackupProof.url(of: old))
      return old.lastPathComponent
    }
  }
}
