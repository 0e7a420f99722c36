/// Every setting: its name in the file, its default, what it means. The environment says `LEAGUE_` and the name in
/// capitals; a flag says `--set name=value`.
package enum Setting: String, CaseIterable, Sendable {
  case address, port, origin, database, files, data, zone
  case development, demo
  case serverSecret = "server_secret"
  case sessionIdle = "session_idle_days"
  case sessionLifetime = "session_days"
  case secondFactor = "second_factor"
  case requestsPerMinute = "requests_per_minute"
  case formLimit = "form_limit"
  case uploadLimit = "upload_limit"
  case requestSeconds = "request_seconds"
  case tlsCertificate = "tls_certificate"
  case tlsKey = "tls_key"
  case redirectPort = "redirect_port"
  case trustedProxies = "trusted_proxies"
  case databaseReaders = "database_readers"
  case mailServer = "mail_server"
  case mailUser = "mail_user"
  case mailPassword = "mail_password"
  case mailTLS = "mail_tls"
  case mailAuthorities = "mail_authorities"
  case mailFrom = "mail_from"
  case mailSender = "mail_sender"
  case bounceAddress = "bounce_address"
  case replyAddress = "reply_address"
  case mailAuthserv = "mail_authserv"
  case providers
  case providerSecrets = "provider_secrets"
  case logLevel = "log_level"
  case slowQuery = "slow_query_ms"
  case metricsToken = "metrics_token"
  case metricsAddress = "metrics_address"
  case metricsPort = "metrics_port"
  case readyHours = "ready_hours"
  case backupFolder = "backup_folder"
  case backupTime = "backup_time"
  case backupKeep = "backup_keep"
  case backupPassphrase = "backup_passphrase"
  case leagueName = "league_name"

  package var environmentName: String { "LEAGUE_\(rawValue.uppercased())" }

  /// Whether the value may hold a password, so that no command or log shows it.
  package var isSecret: Bool {
    [.database, .serverSecret, .mailPassword, .providerSecrets, .metricsToken, .backupPassphrase].contains(self)
  }

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
    case .serverSecret: ""
    case .sessionIdle: "14"
    case .sessionLifetime: "60"
    case .secondFactor: "yes"
    case .requestsPerMinute: "1200"
    case .formLimit: "262144"
    case .uploadLimit: "5242880"
    case .requestSeconds: "120"
    case .tlsCertificate, .tlsKey: ""
    case .redirectPort: "0"
    case .trustedProxies: ""
    case .databaseReaders: "4"
    case .providers, .providerSecrets: ""
    case .mailServer, .mailUser, .mailPassword, .mailAuthorities, .mailSender: ""
    case .bounceAddress, .replyAddress, .mailAuthserv: ""
    case .mailTLS: "required"
    case .mailFrom: "league@localhost"
    case .logLevel: "info"
    case .slowQuery: "200"
    case .metricsToken: ""
    case .metricsAddress: "127.0.0.1"
    case .metricsPort: "0"
    case .readyHours: "6"
    case .backupFolder, .backupPassphrase: ""
    case .backupTime: "02:30"
    case .backupKeep: "14"
    case .leagueName: "League"
    }
  }

  package var meaning: String {
    switch self {
    case .address: "the address to listen on"
    case .port: "the port to listen on; 0 takes a free one"
    case .origin: "what people type, such as https://league.example.org; empty: made of the address and the port"
    case .database: "postgres://… or the path of a SQLite file; empty: league.sqlite in the data folder"
    case .files: "the folder that holds Public and Data; empty: found beside the program"
    case .data: "the folder for what League writes: the database file, the outbox"
    case .zone: "the time zone in which dates and hours are shown"
    case .development: "yes opens /gallery and shows the codes of letters; never where people are"
    case .demo: "yes lets anybody step into the demonstration's roles; refused when the data is not the demonstration's"
    case .serverSecret:
      "seals the keys of authenticator apps: 32 random characters or more, the same for all servers; empty: a file beside the SQLite database"
    case .sessionIdle: "days after which an unused session ends"
    case .sessionLifetime: "days after which every session ends"
    case .secondFactor: "yes asks the office and the liaisons for a second factor"
    case .requestsPerMinute:
      "requests a minute from one account or address to one process, a tenth of it for forms; 0: no limit"
    case .formLimit: "the most bytes of a form"
    case .uploadLimit: "the most bytes of a form with a file"
    case .requestSeconds: "seconds in which a request must have come whole; its connection is closed otherwise"
    case .tlsCertificate:
      "a file with the certificate and its chain (PEM): the server speaks https itself; empty: http, for a proxy"
    case .tlsKey: "the file with its private key (PEM, without a passphrase)"
    case .redirectPort: "a port that leads from http to https, when the server has a certificate; 0: none"
    case .trustedProxies: "addresses of proxies whose X-Forwarded-For is believed, with commas"
    case .databaseReaders: "how many readers the database serves at once"
    case .mailServer: "smtp://host:587 or smtps://host:465; empty: letters go to files in the outbox folder"
    case .mailUser: "the name to sign in with at the mail server; empty: without signing in"
    case .mailPassword: "the password for it"
    case .mailTLS: "required, offered (encrypted when the server can) or no"
    case .mailAuthorities:
      "a file of certificates (PEM) of the authorities believed of the mail server; empty: the system's"
    case .mailFrom: "the address that letters come from"
    case .mailSender: "the address that undeliverable letters go back to; empty: mail_from"
    case .providers:
      "services to sign in with (OpenID Connect), with commas: a name, the issuer's address and the client id each"
    case .providerSecrets: "their secrets, with commas: the name and the secret each"
    case .slowQuery: "milliseconds from which a statement is logged as slow"
    case .metricsToken:
      "who sends it (Authorization: Bearer …) reads /metrics and the whole of /readyz; empty: nobody at this port"
    case .metricsAddress: "the address of metrics_port"
    case .metricsPort: "a port that serves /metrics, /readyz and /healthz to whoever reaches it; 0: none"
    case .readyHours: "hours after which unsent letters or undone jobs make /readyz fail; 0: they only warn"
    case .backupFolder: "the folder for a backup every night, on another disk at best; empty: none is taken"
    case .backupTime: "when it is taken, on the clock of `zone`"
    case .backupKeep: "how many backups the folder keeps"
    case .backupPassphrase: "encrypts backups, and opens them; keep it somewhere else, too"
    case .bounceAddress:
      "such as bounce@league.example.org: letters that come back go to it, with a + and a mark; empty: to mail_sender"
    case .replyAddress:
      "such as reply@league.example.org: answers by letter go to it, with a + and a mark; empty: on the site only"
    case .mailAuthserv:
      "how your mail server calls itself in Authentication-Results; answers need its word for their sender; empty: not asked"
    case .logLevel: "debug, info, notice, warning or error"
    case .leagueName: "the network's name as pages show it"
    }
  }
}
