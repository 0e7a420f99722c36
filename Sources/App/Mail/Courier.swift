import Foundation

/// What became of a letter that was handed over.
enum Handover: Sendable, Equatable {
  case taken
  /// Not now. `isServer`: the trouble is the mail server's and would meet every other letter too.
  case later(String, isServer: Bool)
  /// Never: trying again would not help.
  case refused(String)
}

/// Carries letters out of the League.
protocol Courier: Sendable {
  /// - Parameter text: the letter as a mail file.
  func carry(_ text: String, id: String, from sender: String, to address: String) async -> Handover
}

/// Puts letters into a folder as `.eml` files.
struct FolderCourier: Courier {
  let folder: URL

  func carry(_ text: String, id: String, from sender: String, to address: String) async -> Handover {
    do {
      try FileManager.default.makePrivateFolder(folder)
      try Data(text.utf8).write(to: folder.appending(path: "\(id).eml"), options: .atomic)
      return .taken
    } catch {
      return .later("\(error)", isServer: true)
    }
  }
}
