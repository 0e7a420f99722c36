/// What this program is called to others.
package enum Program {
  /// Raised with each release; in backups, in /readyz and in `league --version`.
  package static let version = "0.1.0"
}
