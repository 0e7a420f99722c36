import Foundation
import Logging
import ServiceLifecycle
import Storage

/// Takes letters from the database to a folder of `.eml` files, one every letter, until the server ends.
package struct Outbox: Service {
  let site: Site
  let folder: URL

  package init(site: Site, folder: URL) {
    self.site = site
    self.folder = folder
  }

  package func run() async throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try? await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        await deliver()
        try await Task.sleep(for: .seconds(1))
      }
    }
  }

  /// One round; a letter that cannot be written waits and is tried again.
  package func deliver() async {
    let now = site.now()
    do {
      let waiting = try await site.database.read { db in try MailStore(db: db).waiting(now: now) }
      for letter in waiting {
        do {
          let text = EmailFile.text(letter, from: site.settings[.mailFrom], zone: site.settings.zone)
          try Data(text.utf8).write(to: folder.appending(path: "\(letter.id).eml"), options: .atomic)
          try await site.database.write { db in try MailStore(db: db).markSent(letter.id, now: now) }
        } catch {
          try await site.database.write { db in try MailStore(db: db).postpone(letter.id, trouble: "\(error)", now: now)
          }
        }
      }
    } catch {
      site.log.error("letters wait", metadata: ["error": "\(String(reflecting: error))"])
    }
  }
}
