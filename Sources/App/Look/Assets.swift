/// The static files that every page names, and what is true of the whole site.
///
/// The server joins `Public/css/*.css` into one stylesheet and `Public/js/*.js` into one script, each in the order of the
/// file names, at start. A script file is one block `{ … }` that shares no name with another, so the order is free of meaning.
package struct Assets: Sendable {
  /// URL of the joined stylesheet; its name holds a hash of its bytes.
  package let stylesheet: String
  /// URLs of the scripts, all run after the document is read; one, where the server has joined them.
  package let scripts: [String]
  /// URL of the icon, an SVG.
  package let icon: String
  /// Whether this is the fictional world: every page then says so.
  package let isDemonstration: Bool
  /// Whether one may step into the roles of the fictional world.
  package let hasDoors: Bool
  /// What the network calls itself.
  package let leagueName: String

  package init(
    stylesheet: String, scripts: [String], icon: String, isDemonstration: Bool = false, hasDoors: Bool = false,
    leagueName: String = "League"
  ) {
    self.stylesheet = stylesheet
    self.scripts = scripts
    self.icon = icon
    self.isDemonstration = isDemonstration
    self.hasDoors = hasDoors
    self.leagueName = leagueName
  }
}
