import App
import ArgumentParser
import Foundation

struct MailCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mail", abstract: "Take letters from the mail server.", subcommands: [Receive.self])

  struct Receive: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Read one letter from standard input: for the mail server's pipe.",
      discussion: """
        Takes answers to reply_address and reports to bounce_address. Without --to and --from, the variables
        ORIGINAL_RECIPIENT, RECIPIENT and SENDER are read, as Postfix and Exim set them.

        Ends as sysexits.h says: 0 it is dealt with, 65 no letter, 67 no such address, 77 its sender may not write there,
        75 try again later.
        """)

    @OptionGroup var flags: SettingFlags
    @Option(help: "The address to which the letter came.") var to: String?
    @Option(help: "The envelope's sender; empty for letters that nobody answers.") var from: String?

    /// Whatever is ours to mend must not send the letter back: the mail server tries again.
    func run() async throws {
      let receipt: Receipt
      do {
        receipt = try await receive()
      } catch {
        receipt = .later("\(error)")
      }
      try? FileHandle.standardError.write(contentsOf: Data("league: \(receipt.words)\n".utf8))
      if receipt.exitCode != 0 { throw ExitCode(receipt.exitCode) }
    }

    private func receive() async throws -> Receipt {
      let settings = try Opening.settings(flags: flags.set)
      guard try await Opening.missingMigrations(settings).isEmpty else {
        return .later("The database lacks a step of its schema; the server, or `league migrate`, makes it.")
      }
      let bytes = try Self.input()
      let names = ProcessInfo.processInfo.environment
      let inbox = Inbox(site: try await Opening.site(settings, migrate: false, pages: false))
      return try await inbox.receive(
        bytes, from: from ?? names["SENDER"], to: to ?? names["ORIGINAL_RECIPIENT"] ?? names["RECIPIENT"])
    }

    /// All of standard input; of a letter that is too large only so much as to see that. It is read to its end in any
    /// case: a pipe that is closed early looks like a fault to the mail server.
    private static func input() throws -> [UInt8] {
      var bytes: [UInt8] = []
      while let piece = try FileHandle.standardInput.read(upToCount: 1 << 16), !piece.isEmpty {
        if bytes.count <= Inbox.limit { bytes += piece }
      }
      return bytes
    }
  }
}
