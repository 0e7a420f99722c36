import Foundation
import Logging
import SignIn
import Storage

/// How the commands open the League: settings, database, files.
package enum Opening {
  /// Where the settings file is, or would be: as `LEAGUE_CONF` says, else here, else where Debian's package lays it.
  static var settingsPath: String {
    if let named = ProcessInfo.processInfo.environment["LEAGUE_CONF"] { return named }
    let installed = "/etc/league/league.conf"
    let isInstalled =
      !FileManager.default.fileExists(atPath: "league.conf")
      && FileManager.default.fileExists(atPath: installed)
    return isInstalled ? installed : "league.conf"
  }

  /// Settings of the settings file, the environment and flags.
  package static func settings(flags: [String] = []) throws -> Settings {
    var environment = ProcessInfo.processInfo.environment
    environment.removeValue(forKey: "LEAGUE_CONF")
    return try Settings(file: try settingsFile(at: settingsPath), environment: environment, flags: flags)
  }

  /// - Throws: when the file is there and cannot be read: with other settings than its own League would work elsewhere.
  static func settingsFile(at path: String) throws -> String {
    guard FileManager.default.fileExists(atPath: path) else { return "" }
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw SettingsError(description: "\(path) cannot be read; run it as its owner: runuser -u league -- league …")
    }
    return text
  }

  /// - Throws: when root would leave files in the data folder that its owner then cannot write.
  package static func checkOwner(_ settings: Settings, asRoot: Bool = geteuid() == 0) throws {
    let attributes = try? FileManager.default.attributesOfItem(atPath: settings[.data])
    guard asRoot, let owner = attributes?[.ownerAccountID] as? Int, owner != 0 else { return }
    let name = attributes?[.ownerAccountName] as? String ?? "#\(owner)"
    throw SettingsError(
      description: "\(settings[.data]) belongs to \(name); run it as that user: runuser -u \(name) -- league …")
  }

  /// The database that the settings name, with every migration applied and the agreements of `Data` taken in.
  ///
  /// - Throws: `OpeningTrouble` when it cannot be opened.
  package static func database(
    _ settings: Settings, migrate: Bool = true, limits: DatabaseLimits = DatabaseLimits()
  ) async throws -> any Database {
    let place = DatabasePlace(settings.databasePath)
    do {
      return try await open(place, settings, migrate: migrate, limits)
    } catch {
      throw OpeningTrouble(error, at: place) ?? error
    }
  }

  private static func open(
    _ place: DatabasePlace, _ settings: Settings, migrate: Bool, _ limits: DatabaseLimits
  ) async throws -> any Database {
    let database: any Database
    switch place {
    case .server(let url):
      database = try await PostgresDatabase(url: url, connections: settings.databaseReaders + 2, limits: limits)
    case .file(let path):
      try FileManager.default.makePrivateFolder(URL(filePath: path).deletingLastPathComponent())
      database = try SQLiteDatabase(path: path, limits: limits)
    }
    if migrate {
      try await database.migrate(Site.migrations)
      let agreements = try Agreements(folder: filesFolder(settings).appending(path: "Data"))
      try await database.write { db in try AgreementStore(db: db).take(agreements) }
    }
    return database
  }

  /// The steps that the database's schema lacks. It is not changed, nor made.
  ///
  /// - Throws: `DatabaseError.newerSchema` when it has steps that this program does not know.
  package static func missingMigrations(_ settings: Settings) async throws -> [String] {
    let (place, known) = (DatabasePlace(settings.databasePath), Site.migrations.map(\.name))
    if case .file(let path) = place, !FileManager.default.fileExists(atPath: path) { return known }
    let applied = try await place.open().appliedMigrations()
    let newer = applied.filter { !known.contains($0) }
    guard newer.isEmpty else { throw DatabaseError.newerSchema(newer) }
    return known.filter { !applied.contains($0) }
  }

  /// - Returns: the names of the migrations that were applied now.
  package static func migrate(_ settings: Settings) async throws -> [String] {
    try await database(settings, migrate: false).migrate(Site.migrations)
  }

  /// The folder that holds Public and Data: as set, else beside the program or above it, else the current one.
  package static func filesFolder(_ settings: Settings) throws -> URL {
    if !settings[.files].isEmpty { return URL(filePath: settings[.files]) }
    var places: [URL] = []
    var folder = URL(filePath: program).deletingLastPathComponent()
    for _ in 0..<6 {
      places.append(folder)
      places.append(folder.appending(path: "share/league"))
      folder = folder.deletingLastPathComponent()
    }
    places.append(URL(filePath: FileManager.default.currentDirectoryPath))
    guard
      let found = places.first(where: { FileManager.default.fileExists(atPath: $0.appending(path: "Public/css").path) })
    else {
      throw SettingsError(
        description: "the folder Public is nowhere beside the program; name its parent with files = …")
    }
    return found
  }

  /// Where this program's file is. What it was called by says that only when it was called by a path.
  private static var program: String {
    let known = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    return known ?? URL(filePath: CommandLine.arguments.first ?? ".").resolvingSymlinksInPath().path
  }

  /// - Parameters:
  ///   - migrate: false for a command that must leave the schema as it is.
  ///   - pages: false for a command that shows none: then the files of `Public` and `Data` are neither read nor packed.
  package static func site(_ settings: Settings, migrate: Bool = true, pages: Bool = true) async throws -> Site {
    var log = Logger(label: "league", factory: { StreamLogHandler.standardOutput(label: $0) })
    log.logLevel = Logger.Level(rawValue: settings[.logLevel]) ?? .info
    let (meters, slowLog) = (Meters(), log)
    let limits = DatabaseLimits(slow: settings.slowQuery) { statement in
      meters.countSlowStatement()
      slowLog.warning("slow statement", metadata: statement.metadata)
    }
    if let trouble = Authorities.trouble(settings) { log.error("\(trouble) \(Authorities.cure)") }
    let database = try await database(settings, migrate: migrate, limits: limits)
    guard pages else {
      return Site(
        database: database, settings: settings, files: .none, texts: PublicTexts(), log: log, meters: meters)
    }
    let seal = try ServerSecret.findOrMake(settings)
    try await sealKeys(of: database, seal, log)
    let folder = try filesFolder(settings)
    let texts = try PublicTexts(folder: folder.appending(path: "Data/public"))
    let isDemonstration = try await database.read { db in try DemoWorld.isLoaded(db) }
    let files = try StaticFiles(
      folder: folder.appending(path: "Public"), isDemonstration: isDemonstration,
      hasDoors: isDemonstration && settings.isDemo, leagueName: settings[.leagueName])
    let taxonomy = try Taxonomy(folder: folder.appending(path: "Data"))
    return Site(
      database: database, settings: settings, files: files, texts: texts, taxonomy: taxonomy, log: log,
      seal: seal, meters: meters)
  }

  /// What earlier programs kept open is sealed; what this secret does not open is told to whoever reads the log.
  private static func sealKeys(of database: any Database, _ seal: KeySeal?, _ log: Logger) async throws {
    let (sealed, count) = try await database.write { db in
      let keys = AuthenticatorKeyStore(db: db, seal: seal)
      return (try keys.sealOpen(), try keys.count())
    }
    if sealed > 0 { log.notice("sealed \(sealed) keys of authenticator apps under the server's secret") }
    if count.closed > 0 { log.error("\(ServerSecret.words(count)) \(ServerSecret.cure)") }
  }
}

extension SlowStatement {
  /// One line; a statement holds no values, and of a long one the beginning tells enough.
  fileprivate var metadata: Logger.Metadata {
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return ["ms": "\(duration / .milliseconds(1))", "statement": "\(line.prefix(600))"]
  }
}
