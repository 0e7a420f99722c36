import Foundation
import Testing

/// The rules of ARCHITECTURE.md, read from each file.
///
/// SwiftPM lets a target import any module of its dependencies' dependencies, so the compiler does not check these.
/// `MemberImportVisibility` does make every file's import list complete.
struct ArchitectureTests {
  /// Target → every module it may import.
  static let allowed: [String: Set<String>] = [
    "Markup": [],
    "Storage": ["CPostgres", "Dispatch", "Foundation", "GRDB", "GRDBSQLite", "NIOCore", "NIOPosix", "Synchronization"],
    "Statistics": ["CLinearProgram", "Foundation", "Synchronization"],
    "SignIn": ["Crypto", "CryptoExtras", "Foundation"],
    "App": [
      "CBrotli", "CCurl", "CDeflate", "CMarkdown", "CMime", "CVersion", "Foundation", "HTTPTypes", "Hummingbird",
      "HummingbirdCore", "Logging", "Markup", "NIOCore", "NIOHTTP1", "NIOHTTPTypes", "NIOPosix", "NIOSSL", "NIOTLS",
      "ServiceLifecycle", "SignIn", "Statistics", "Storage", "Synchronization", "UnixSignals",
    ],
    "league": ["App", "ArgumentParser", "Foundation", "Markup", "Statistics"],
  ]

  /// File ending inside App → modules that its role must never see.
  static let forbidden: [String: Set<String>] = [
    "Pages.swift": ["Storage", "Hummingbird"],
    "Samples.swift": ["Storage", "Hummingbird"],
    "Store.swift": ["Hummingbird", "Markup"],
    "Routes.swift": ["Markup", "CPostgres", "GRDB"],
  ]

  @Test(arguments: allowed.keys.sorted()) func targetsImportOnlyTheirOwn(target: String) throws {
    for file in try Source.all(in: target) {
      let strangers = file.imports.subtracting(Self.allowed[target, default: []])
      #expect(strangers.isEmpty, "\(file.name) in \(target) imports \(strangers.sorted())")
    }
  }

  @Test func filesImportOnlyWhatTheirRoleAllows() throws {
    for file in try Source.all(in: "App") {
      for (ending, modules) in Self.forbidden where file.name.hasSuffix(ending) {
        #expect(file.imports.isDisjoint(with: modules), "\(file.name) imports \(file.imports.sorted())")
      }
    }
  }

  /// Only `Site` and a feature itself may name its Routes.
  @Test func noFeatureNamesAnothersRoutes() throws {
    for file in try Source.all(in: "App") where file.name != "Site.swift" {
      for match in file.text.matches(of: /\b([A-Z]\w*Routes)\b/) {
        #expect(file.name == "\(match.output.1).swift", "\(file.name) names \(match.output.1)")
      }
    }
  }

  /// A request must never be able to end the server, and text never become markup by the back door.
  @Test func nothingCrashesOnPurpose() throws {
    for target in Self.allowed.keys.sorted() {
      for file in try Source.all(in: target) {
        for word in ["try!", "fatalError(", "preconditionFailure(", "@unchecked Sendable", "nonisolated(unsafe)"] {
          #expect(!file.code.contains(word), "\(file.name) says \(word)")
        }
      }
    }
  }

  /// `HTML(trusted:)` is for sanitised Markdown; each place that uses it is listed here with its reason.
  @Test func trustedMarkupStandsOnlyWhereItIsKnown() throws {
    let known: Set<String> = [
      "HTML.swift",  // its definition
      "Elements.swift",  // the doctype
      "Markdown.swift",  // what cmark-gfm rendered in safe mode
      "PostBody.swift",  // the same with mentions, as stored on save
    ]
    for target in ["Markup", "App"] {
      for file in try Source.all(in: target) where file.code.contains("HTML(trusted:") {
        #expect(known.contains(file.name), "\(file.name) trusts markup")
      }
    }
  }
}

/// One Swift file of the project.
struct Source {
  let name: String
  let text: String

  /// Without what stands in comments.
  var code: String { text.replacing(/(?m)\/\/.*$/, with: "") }

  var imports: Set<String> {
    Set(text.matches(of: /(?m)^(?:public |package |@testable )?import (?:\w+ )?(\w+)/).map { String($0.output.1) })
  }

  static func all(in target: String) throws -> [Source] {
    let folder = Repository.root.appending(path: "Sources/\(target)")
    let files =
      FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
    let swift = files.filter { $0.pathExtension == "swift" }
    #expect(!swift.isEmpty, "no sources in \(target)")
    return try swift.map { Source(name: $0.lastPathComponent, text: try String(contentsOf: $0, encoding: .utf8)) }
  }
}
