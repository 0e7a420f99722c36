// swift-tools-version:6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
  .treatAllWarnings(as: .error),
]

/// What `league --version` says; script/release names it.
let version = Context.environment["RELEASE_VERSION"] ?? "development"

let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")

let package = Package(
  name: "League",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.34.1"),
    .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", "4.5.2"..<"5.0.0"),
  ],
  targets: [
    .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(
      name: "CMarkdown", providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),
    .systemLibrary(name: "CDeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),
    .systemLibrary(name: "CBrotli", pkgConfig: "libbrotlienc", providers: [.apt(["libbrotli-dev"])]),
    .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CLinearProgram", providers: [.apt(["libglpk-dev"])]),
    .systemLibrary(name: "CMime", pkgConfig: "gmime-3.0", providers: [.apt(["libgmime-3.0-dev"])]),

    .target(name: "CVersion", cSettings: [.define("RELEASE_VERSION", to: "\"\(version)\"")]),

    .target(name: "Markup", swiftSettings: settings),
    .target(
      name: "Storage",
      dependencies: [
        "CPostgres", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"), nio, nioPosix,
      ],
      swiftSettings: settings),
    .target(name: "Statistics", dependencies: ["CLinearProgram"], swiftSettings: settings),
    .target(
      name: "SignIn",
      dependencies: [
        .product(name: "Crypto", package: "swift-crypto"), .product(name: "CryptoExtras", package: "swift-crypto"),
      ],
      swiftSettings: settings),
    .target(
      name: "App",
      dependencies: [
        "Markup", "Storage", "Statistics", "SignIn", "CMarkdown", "CDeflate", "CBrotli", "CCurl", "CMime", "CVersion",
        hummingbird, nio, nioPosix,
        nioHTTP1, .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"), .product(name: "NIOTLS", package: "swift-nio"),
        .product(name: "Logging", package: "swift-log"), .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
      ],
      exclude: ["Migrations/schema.sql"], swiftSettings: settings),
    .executableTarget(
      name: "league",
      dependencies: [
        "App", "Markup", "Statistics", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),

    .executableTarget(
      name: "Benchmarks", dependencies: ["App", "Markup", "Statistics"], path: "Benchmarks",
      exclude: ["reference", "site.py", "servers.py"],
      swiftSettings: settings),

    .testTarget(name: "MarkupTests", dependencies: ["Markup"], swiftSettings: settings),
    .target(name: "TestDatabase", dependencies: ["Storage"], path: "Tests/TestDatabase", swiftSettings: settings),
    .testTarget(name: "StorageTests", dependencies: ["Storage", "TestDatabase"], swiftSettings: settings),
    .testTarget(
      name: "StatisticsTests", dependencies: ["Statistics"], exclude: ["Vectors"], swiftSettings: settings),
    .testTarget(
      name: "AppTests",
      dependencies: [
        "App", "Storage", "TestDatabase", "Markup", "SignIn", "Statistics", hummingbird,
        .product(name: "CryptoExtras", package: "swift-crypto"),
        .product(name: "NIOEmbedded", package: "swift-nio"), .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "NIOTLS", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ], exclude: ["Snapshots", "Mail"], swiftSettings: settings),
  ]
)
