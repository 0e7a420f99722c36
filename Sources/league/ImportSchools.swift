import App
import ArgumentParser
import Foundation

struct ImportSchools: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schools",
    abstract: "Read the official files of NCES and EDFacts into the directory, all of them or nothing.",
    discussion: """
      Files are known by their header, whatever their name: CCD directory (ccd_sch_029), CCD membership (052), EDGE \
      geocodes, EDFacts graduation rates (names), PSS private schools. Schools with any of grades 6 to 12 in the six \
      states are kept. What would be done is shown first; --dry-run stops there.
      """)

  @OptionGroup var flags: SettingFlags
  @Argument(help: "The files, in any order.") var files: [String]
  @Flag(help: "Show what would be done, and do nothing.") var dryRun = false
  @Flag(help: "Name every school that is created or updated.") var list = false
  @Flag(help: "Import the sound rows where others are bad. Without it one bad row stops everything.")
  var skipBadRows = false

  func run() async throws {
    let settings = try flags.settings()
    let database = try await Opening.database(settings)
    let meter = ProgressLine(files: files)
    let work = SchoolImport(
      database: database, newID: { Secrets.id(at: Instant.system()) }, progress: { meter.show($0) })
    let official = work.read(files.map { URL(filePath: $0) })
    let plan = try await work.plan(official)
    meter.clear()
    print(ImportReport.files(plan.files), terminator: "")
    try BadRows.write(plan.files)
    if official.files.contains(where: { $0.trouble != nil }) || !(official.isSound || skipBadRows) {
      throw ImportStopped()
    }
    print(ImportReport.plan(plan, list: list), terminator: "")
    if dryRun {
      print("Dry run: nothing was written.")
      return
    }
    let done = try await work.carryOut(official, at: Instant.system())
    meter.clear()
    if let run = done.run {
      print("Done in one transaction. Import \(run); `league import undo \(run)` takes it back.")
      if done.duplicates > 0 { print("\(done.duplicates) pairs may be the same school twice: see /office/schools.") }
    } else {
      print("Nothing to do: the directory already says all of this.")
    }
    print(ImportReport.counts(try await work.counts()), terminator: "")
  }
}

/// The import was refused; the reasons have been printed.
struct ImportStopped: Error, CustomStringConvertible {
  let description = "Nothing was imported. Mend the lines named above, or leave out bad rows with --skip-bad-rows."
}
