import Foundation

extension FileManager {
  /// Makes a folder that only its owner can enter, where none is: what lies in it is for nobody else on this machine.
  func makePrivateFolder(_ url: URL) throws {
    try createDirectory(at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }
}
