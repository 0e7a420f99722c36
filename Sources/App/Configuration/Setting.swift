/// Every setting: its name in the file, its default, what it means. The environment says `LEAGUE_` and the name in
/// capitals; a flag says `--set name=value`.
package enum Setting: String, CaseIterable, Sendable {
  case address, port, origin, database, files, data, zone
  case development, demo
  case sessionIdle = "session_idle_days"
  case sessionLifetime = "session_days"
  case secondFactor = "second_factor"
  case requestsPerMinute = "requests_per_minute"
  case formLimit = "form_limit"
  case uploadLimit = "upload_limit"
  case trustedProxies = "trusted_proxies"
  case databaseReaders = "database_readers"
  case mailFrom = "mail_from"
  case logLevel = "log_level"
  case leagueName = "league_name"

  package var environmentName: String { "LEAGUE_\(rawValue.uppercased())" }

  /// Whether the value may hold a password, so that no command or log shows it.
  package var isSecret: Bool { self == .database }

  package var standard: String {
    switch self {
    case .address: "127.0.0.1"
    case .port: "8080"
    case .origin: ""
    case .database: ""
    case .files: ""
    case .data: "data"
    case .zone: "America/New_York"
    case .development: "no"
    case .demo: "no"
    case .sessionIdle: "14"
    case .sessionLifetime: "60"
    case .secondFactor: "yes"
    case .requestsPerMinute: "1200"
    case .formLimit: "262144"
    case .uploadLimit: "5242880"
    case .trustedProxies: ""
    case .databaseReaders: "4"
    case .mailFrom: "league@localhost"
    case .logLevel: "info"
    case .leagueName: "League"
    }
  }

  package var meaning: String {
    switch self {
    case .address: "the address to listen on"
    case .port: "the port to listen on; 0 takes a free one"
    case .origin: "what people type, such as https://league.example.org; empty: http, the address and the port"
    case .database: "postgres://… or the path of a SQLite file; empty: league.sqlite in the data folder"
    case .files: "the folder that holds Public and Data; empty: found beside the program"
    case .data: "the folder for what League writes: the database file, the outbox"
    case .zone: "the time zone in which dates and hours are shown"
    case .development: "yes opens /gallery and shows errors in full"
    case .demo: "yes lets anybody step into the demonstration's roles; refused when the data is not the demonstration's"
    case .sessionIdle: "days after which an unused session ends"
    case .sessionLifetime: "days after which every session ends"
    case .secondFactor: "yes asks the office and the liaisons for a second factor"
    case .requestsPerMinute: "requests a minute from one account or address, a tenth of it for forms; 0: no limit"
    case .formLimit: "the most bytes of a form"
    case .uploadLimit: "the most bytes of a form with a file"
    case .trustedProxies: "addresses of proxies whose X-Forwarded-For is believed, with commas"
    case .databaseReaders: "how many readers the database serves at once"
    case .mailFrom: "the address that letters come from"
    case .logLevel: "debug, info, notice, warning or error"
    case .leagueName: "the network's name as pages show it"
    }
  }
}
