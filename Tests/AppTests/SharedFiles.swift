import Foundation

/// Files that lie beside the repository, in a folder `shared`, and are no part of it.
enum SharedFiles {
  /// The folder `shared/data`, looked for from here upwards; nil where there is none.
  static let data: URL? = {
    var folder = URL(filePath: #filePath).deletingLastPathComponent()
    while folder.path != "/" {
      folder = folder.deletingLastPathComponent()
      let data = folder.appending(path: "shared/data")
      if FileManager.default.fileExists(atPath: data.path) { return data }
    }
    return nil
  }()

  static var areHere: Bool { data != nil }

  static func file(_ name: String) -> URL { (data ?? URL(filePath: "/")).appending(path: name) }

  /// All official files, by name.
  static var official: [URL] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: data?.path ?? "/")) ?? []
    return names.filter { $0.hasSuffix(".csv") }.sorted().map(file)
  }
}
