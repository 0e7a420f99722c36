import Foundation

/// Where a setting's value came from; later ones win.
package enum SettingSource: String, Sendable { case standard = "default", file, environment, flag }

/// A setting that cannot be: names it and says what to do.
package struct SettingsError: Error, CustomStringConvertible, Equatable {
  package let description: String
}

/// All settings, read once at start: file, then environment, then flags.
package struct Settings: Sendable {
  package struct Value: Sendable {
    package let text: String
    package let source: SettingSource
  }

  package private(set) var values: [Setting: Value] = [:]
  package let zone: LeagueZone
  package let proxies: TrustedProxies
  package let providers: [Provider]

  /// - Parameters:
  ///   - file: the text of `league.conf`: lines `name = value`, `#` starts a comment.
  ///   - environment: variables `LEAGUE_…`, and `LEAGUE_…_FILE` naming a file that holds the value.
  ///   - flags: `name=value` texts of the command line.
  /// - Throws: `SettingsError` for an unknown name (with a suggestion) or a value that cannot be.
  package init(file: String = "", environment: [String: String] = [:], flags: [String] = []) throws {
    for setting in Setting.allCases { values[setting] = Value(text: setting.standard, source: .standard) }
    for (name, text) in try Self.lines(of: file) {
      values[try Self.setting(named: name)] = Value(text: text, source: .file)
    }
    for (name, text) in environment.sorted(by: { $0.key < $1.key }) where name.hasPrefix("LEAGUE_") {
      let (setting, value) = try Self.variable(name, text)
      values[setting] = Value(text: value, source: .environment)
    }
    for flag in flags {
      let halves = flag.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard halves.count == 2 else { throw SettingsError(description: "--set \(flag): write it as name=value") }
      values[try Self.setting(named: halves[0])] = Value(text: halves[1], source: .flag)
    }
    let zoneName = values[.zone]?.text ?? ""
    guard let zone = LeagueZone(zoneName) else {
      throw SettingsError(
        description: "zone = \(zoneName): this machine knows no such time zone; write it like America/New_York "
          + "(it knows none at all without Debian's tzdata)")
    }
    self.zone = zone
    proxies = TrustedProxies((values[.trustedProxies]?.text ?? "").split(separator: ",").map { $0.trimmed })
    providers = try Provider.all(
      values[.providers]?.text ?? "", secrets: values[.providerSecrets]?.text ?? "")
    try check()
  }

  package subscript(_ setting: Setting) -> String { values[setting]?.text ?? setting.standard }

  /// The setting changed by the program itself, such as the port that the system gave.
  package func with(_ setting: Setting, _ text: String) -> Settings {
    var changed = self
    changed.values[setting] = Value(text: text, source: .flag)
    return changed
  }

  private func check() throws {
    for setting in [
      Setting.port, .sessionIdle, .sessionLifetime, .requestsPerMinute, .formLimit, .uploadLimit, .databaseReaders,
      .requestSeconds, .slowQuery, .metricsPort, .redirectPort, .readyHours, .backupKeep,
    ] {
      guard let number = Int(self[setting]), number >= 0 else {
        throw SettingsError(description: "\(setting.rawValue) = \(self[setting]): write a whole number, 0 or more")
      }
    }
    for setting in [Setting.port, .metricsPort, .redirectPort] where !(0...65_535).contains(Int(self[setting]) ?? -1) {
      throw SettingsError(description: "\(setting.rawValue) = \(self[setting]): a port is a number up to 65535")
    }
    for setting in [Setting.development, .demo, .secondFactor] where !["yes", "no"].contains(self[setting]) {
      throw SettingsError(description: "\(setting.rawValue) = \(self[setting]): write yes or no")
    }
    if !self[.origin].isEmpty, !self[.origin].hasPrefix("http://"), !self[.origin].hasPrefix("https://") {
      throw SettingsError(description: "origin = \(self[.origin]): write it with http:// or https:// and no path")
    }
    guard Self.minutes(self[.backupTime]) != nil else {
      throw SettingsError(description: "backup_time = \(self[.backupTime]): write it like 02:30")
    }
    guard self[.serverSecret].isEmpty || self[.serverSecret].count >= Self.secretLength else {
      throw SettingsError(
        description:
          "server_secret: write at least \(Self.secretLength) random characters, as `openssl rand -hex 32` gives")
    }
    try checkTLS()
    try checkMail()
  }

  /// The fewest characters of `server_secret`.
  static let secretLength = 32

  private func checkTLS() throws {
    guard self[.tlsCertificate].isEmpty == self[.tlsKey].isEmpty else {
      throw SettingsError(description: "tls_certificate and tls_key: name both files, or neither")
    }
    if hasOwnCertificate, !isSecure {
      throw SettingsError(description: "origin = \(self[.origin]): with tls_certificate write it with https://")
    }
    if redirectPort != nil, !hasOwnCertificate {
      throw SettingsError(
        description: "redirect_port = \(self[.redirectPort]): it leads to https, which tls_certificate turns on")
    }
  }

  /// Minutes after midnight.
  private static func minutes(_ clock: String) -> Int? {
    guard let match = clock.wholeMatch(of: /(\d{2}):(\d{2})/), let hour = Int(match.1), let minute = Int(match.2),
      hour < 24, minute < 60
    else { return nil }
    return hour * 60 + minute
  }

  private func checkMail() throws {
    func refuse(_ setting: Setting, _ advice: String) -> SettingsError {
      SettingsError(description: "\(setting.rawValue) = \(self[setting]): \(advice)")
    }
    for setting in [Setting.mailFrom, .mailSender] where !self[setting].isEmpty {
      guard EmailAddress(self[setting]) != nil || self[setting].hasSuffix("@localhost") else {
        throw refuse(setting, "write an address alone, such as league@example.org")
      }
    }
    for setting in [Setting.bounceAddress, .replyAddress] where !self[setting].isEmpty {
      let name = self[setting].prefix { $0 != "@" }
      guard EmailAddress(self[setting]) != nil, name.utf8.count <= 16, !name.contains("+") else {
        throw refuse(setting, "write an address alone, with at most 16 characters and no + before the @")
      }
    }
    if !self[.replyAddress].isEmpty, self[.replyAddress].lowercased() == self[.bounceAddress].lowercased() {
      throw refuse(.replyAddress, "write another address than bounce_address")
    }
    guard ["required", "offered", "no"].contains(self[.mailTLS]) else {
      throw refuse(.mailTLS, "write required, offered or no")
    }
    guard !self[.mailServer].isEmpty else { return }
    guard let url = URL(string: self[.mailServer]), let host = url.host(), ["smtp", "smtps"].contains(url.scheme),
      url.user() == nil, url.path.isEmpty
    else { throw refuse(.mailServer, "write it like smtp://mail.example.org:587") }
    let isHere = ["localhost", "127.0.0.1", "::1"].contains(host)
    if !self[.mailPassword].isEmpty, self[.mailTLS] != "required", url.scheme == "smtp", !isHere {
      throw refuse(.mailTLS, "a password leaves this machine encrypted only; write required")
    }
  }

  private static func lines(of file: String) throws -> [(String, String)] {
    try file.split(separator: "\n").map(\.trimmed).filter { !$0.isEmpty && !$0.hasPrefix("#") }.map { line in
      let halves = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(\.trimmed)
      guard halves.count == 2 else {
        throw SettingsError(description: "league.conf, \"\(line)\": write each setting as name = value")
      }
      let text = halves[1]
      return (
        halves[0],
        text.count >= 2 && text.hasPrefix("\"") && text.hasSuffix("\"") ? String(text.dropFirst().dropLast()) : text
      )
    }
  }

  private static func variable(_ name: String, _ text: String) throws -> (Setting, String) {
    if name.hasSuffix("_FILE"), let setting = Setting.allCases.first(where: { $0.environmentName + "_FILE" == name }) {
      guard let content = try? String(contentsOfFile: text, encoding: .utf8) else {
        throw SettingsError(description: "\(name): there is no readable file at \(text)")
      }
      return (setting, content.trimmed)
    }
    guard let setting = Setting.allCases.first(where: { $0.environmentName == name }) else {
      throw unknown(name, among: Setting.allCases.map(\.environmentName))
    }
    return (setting, text)
  }

  private static func setting(named name: String) throws -> Setting {
    guard let setting = Setting(rawValue: name) else { throw unknown(name, among: Setting.allCases.map(\.rawValue)) }
    return setting
  }

  private static func unknown(_ name: String, among known: [String]) -> SettingsError {
    let nearest = known.min { editDistance($0, name) < editDistance($1, name) } ?? ""
    return SettingsError(description: "there is no setting \(name); did you mean \(nearest)? `league config` lists all")
  }
}

// MARK: as the program uses them

extension Settings {
  package var isDevelopment: Bool { self[.development] == "yes" }
  package var isDemo: Bool { self[.demo] == "yes" }
  package var port: Int { Int(self[.port]) ?? 8080 }
  package var origin: String { self[.origin].isEmpty ? origin(port: port) : self[.origin] }
  /// How the server itself is reached.
  package func origin(port: Int) -> String {
    "\(hasOwnCertificate ? "https" : "http")://\(self[.address]):\(port)"
  }
  var hasOwnCertificate: Bool { !self[.tlsCertificate].isEmpty }
  var redirectPort: Int? { Int(self[.redirectPort]).flatMap { $0 > 0 ? $0 : nil } }
  package var isSecure: Bool { origin.hasPrefix("https://") }
  package var sessionIdle: Span { .days(Int(self[.sessionIdle]) ?? 14) }
  package var sessionLifetime: Span { .days(Int(self[.sessionLifetime]) ?? 60) }
  package var officeNeedsSecondFactor: Bool { self[.secondFactor] == "yes" }
  package var formLimit: Int { Int(self[.formLimit]) ?? 262_144 }
  package var uploadLimit: Int { Int(self[.uploadLimit]) ?? 5_242_880 }
  package var requestSeconds: Int { max(1, Int(self[.requestSeconds]) ?? 120) }
  package var databaseReaders: Int { max(1, Int(self[.databaseReaders]) ?? 4) }
  package func dataPath(_ name: String) -> String { "\(self[.data])/\(name)" }
  package var databasePath: String { self[.database].isEmpty ? "\(self[.data])/league.sqlite" : self[.database] }
  package var slowQuery: Duration { .milliseconds(Int(self[.slowQuery]) ?? 200) }
  package var metricsPort: Int? { Int(self[.metricsPort]).flatMap { $0 > 0 ? $0 : nil } }
  package var readyLimit: Span? { Int(self[.readyHours]).flatMap { $0 > 0 ? .hours($0) : nil } }
  package var backupMinutes: Int { Self.minutes(self[.backupTime]) ?? 150 }
  package var backupKeep: Int { Int(self[.backupKeep]) ?? 14 }
  package var requestsPerMinute: Int? { Int(self[.requestsPerMinute]).flatMap { $0 > 0 ? $0 : nil } }
}

/// How many letters must change to make one text of the other (Levenshtein 1966).
func editDistance(_ left: String, _ right: String) -> Int {
  let (a, b) = (Array(left), Array(right))
  var row = Array(0...b.count)
  for i in a.indices {
    var previous = row[0]
    row[0] = i + 1
    for j in b.indices {
      let changed = previous + (a[i] == b[j] ? 0 : 1)
      previous = row[j + 1]
      row[j + 1] = min(changed, row[j] + 1, row[j + 1] + 1)
    }
  }
  return row[b.count]
}
