import Foundation
import Markup
import SignIn

/// The files under Public, read and packed once at start. Their names hold a hash, so browsers keep them for a year.
package struct StaticFiles: Sendable {
  struct File: Sendable {
    let type: String
    let plain: [UInt8]
    let gzip: [UInt8]?
    let brotli: [UInt8]?
  }

  /// Name in the address → file.
  let files: [String: File]
  package let assets: Assets

  /// None, for commands that show no page.
  static let none = StaticFiles(files: [:], assets: Assets(stylesheet: "", scripts: [], icon: ""))

  private init(files: [String: File], assets: Assets) {
    self.files = files
    self.assets = assets
  }

  /// - Parameter folder: the one that holds `css`, `js` and `images`.
  /// - Throws: when the folder or one of its files cannot be read.
  package init(
    folder: URL, isDemonstration: Bool = false, hasDoors: Bool = false, leagueName: String = "League"
  ) throws {
    var files: [String: File] = [:]
    func keep(_ stem: String, _ kind: String, _ bytes: [UInt8], _ type: String) -> String {
      let name = "\(stem)-\(sha256(String(decoding: bytes, as: UTF8.self)).prefix(12)).\(kind)"
      let isText = kind != "png"
      files[name] = File(
        type: type, plain: bytes, gzip: isText ? App.gzip(bytes, level: 12) : nil,
        brotli: isText ? App.brotli(bytes) : nil)
      return "/assets/\(name)"
    }
    let style = try Self.joined(folder.appending(path: "css"), ending: "css") { $0 }
    let script = try Self.joined(folder.appending(path: "js"), ending: "js") { $0 }
    let icon = try Array(Data(contentsOf: folder.appending(path: "images/icon.svg")))
    assets = Assets(
      stylesheet: keep("league", "css", style, "text/css; charset=utf-8"),
      scripts: [keep("league", "js", script, "text/javascript; charset=utf-8")],
      icon: keep("icon", "svg", icon, "image/svg+xml"), isDemonstration: isDemonstration,
      hasDoors: hasDoors, leagueName: leagueName)
    self.files = files
  }

  private static func joined(_ folder: URL, ending: String, _ wrap: (String) -> String) throws -> [UInt8] {
    guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".\(ending)") }
    return try Array(
      names.sorted().map { wrap(try String(contentsOf: folder.appending(path: $0), encoding: .utf8)) }
        .joined(separator: "\n").utf8)
  }
}
