import Foundation

/// Settings, folders and files, the disk.
struct PlaceExamination: Sendable {
  let settings: Settings
  let now: Instant

  func findings() -> [Finding] { origin() + folders() + secrets() + authorities() + [disk()] }

  private func origin() -> [Finding] {
    let isLocal = ["127.0.0.1", "localhost", "::1"].contains { settings.origin.contains("://\($0)") }
    var found: [Finding] = []
    if settings.isSecure {
      found.append(.good("settings.origin", "People reach it at \(settings.origin)."))
      if settings[.trustedProxies].isEmpty, !settings.hasOwnCertificate {
        found.append(
          .warning(
            "settings.proxies", "Behind a proxy that is not named, everybody seems to come from one address.",
            cure: "league.conf: trusted_proxies = 127.0.0.1 (the proxy's address)"))
      }
    } else if isLocal {
      found.append(.good("settings.origin", "It is for this machine only: \(settings.origin)."))
    } else {
      found.append(
        .bad(
          "settings.origin", "Passwords and sessions travel unencrypted: \(settings.origin).",
          cure: "league.conf: tls_certificate and tls_key, or origin = https://… (with a proxy in front that has them)")
      )
    }
    if settings.isDevelopment, !isLocal {
      found.append(
        .bad("settings.development", "Errors are shown in full to everybody.", cure: "league.conf: development = no"))
    }
    return found
  }

  private func folders() -> [Finding] {
    var found: [Finding] = []
    do {
      found.append(.good("files", "Its pages and texts are in \(try Opening.filesFolder(settings).path)."))
    } catch {
      found.append(.bad("files", "\(error)", cure: "league.conf: files = (the folder that holds Public and Data)"))
    }
    let data = settings[.data]
    if !FileManager.default.fileExists(atPath: data) {
      found.append(
        .warning("data", "The data folder \(data) is not there.", cure: "league doctor --fix", .makeFolder(path: data)))
    } else if !FileManager.default.isWritableFile(atPath: data) {
      found.append(
        .bad("data", "The data folder \(data) cannot be written.", cure: "chown -R league \(data)"))
    } else {
      found.append(.good("data", "The data folder can be written."))
    }
    return found
  }

  /// Files and folders that hold secrets and that others on this machine can read: settings, the data folder, the
  /// database with its log, letters, backups.
  private func secrets() -> [Finding] {
    var paths = [settings[.data], settings.dataPath("outbox")]
    if case .file(let path) = DatabasePlace(settings.databasePath) {
      paths += ["", "-wal", "-shm"].map { path + $0 }
      paths.append(ServerSecret.path(beside: path))
    }
    let backups = settings[.backupFolder].isEmpty ? settings.dataPath("backups") : settings[.backupFolder]
    paths += [backups] + BackupFolder(backups).all().map(\.path)
    if settings.hasOwnCertificate { paths.append(settings[.tlsKey]) }
    let holdsSecret = settings.values.contains { $0.key.isSecret && $0.value.source == .file && !$0.value.text.isEmpty }
    if holdsSecret { paths.append(Opening.settingsPath) }
    let wide = paths.compactMap { path -> Finding? in
      guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
        let mode = attributes[.posixPermissions] as? Int
      else { return nil }
      // Of a file that belongs to somebody else, as /etc/league/league.conf does to root, a group's members may read.
      let isOurs = attributes[.ownerAccountID] as? Int == Int(geteuid())
      guard mode & (isOurs ? 0o077 : 0o037) != 0 else { return nil }
      let isFolder = attributes[.type] as? FileAttributeType == .typeDirectory
      return .warning(
        "permissions", "Others on this machine can \(isFolder ? "look into" : "read") \(path).",
        cure: "chmod \(isOurs ? isFolder ? "700" : "600" : "o=,g-wx") \(path)",
        isOurs ? .closeToOthers(path: path, mode: isFolder ? 0o700 : 0o600) : nil)
    }
    return wide.isEmpty
      ? [.good("permissions", "Settings with secrets, the data and the backups are closed to others.")] : wide
  }

  private func authorities() -> [Finding] {
    Authorities.trouble(settings).map { [.bad("authorities", $0, cure: Authorities.cure)] } ?? []
  }

  private func disk() -> Finding {
    guard let free = Machine.freeBytes(at: settings[.data]) else {
      return .warning("disk", "The system does not tell how much room is left.", cure: "df \(settings[.data])")
    }
    let words = "\(free >> 20) MB are free where the data folder lies."
    if free < Readiness.noSpace { return .bad("disk", words, cure: "df \(settings[.data])") }
    return free < Readiness.littleSpace ? .warning("disk", words, cure: "df \(settings[.data])") : .good("disk", words)
  }
}
