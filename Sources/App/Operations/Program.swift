import CVersion

/// What this program is called to others.
package enum Program {
  /// The release's number (`script/release`); in backups, in /readyz and in `league --version`.
  package static let version = String(cString: league_version())
}
