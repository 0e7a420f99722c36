import Foundation
import Storage
import Testing

@testable import App

/// `league mail receive`, as a mail server runs it, whose account may not read the files of pages.
struct MailProgramTests {
  private static func receive(
    _ letter: String, _ arguments: [String], environment: [String: String] = [:], in folder: URL
  ) throws -> (status: Int32, words: String) {
    let answer = try LeagueProgram.run(
      [
        "mail", "receive", "--set", "data=\(folder.path())", "--set", "files=/nowhere", "--set",
        "reply_address=reply@league.test",
      ] + arguments, input: letter, environment: environment)
    return (answer.status, answer.errors)
  }

  @Test func theMailServersPipe() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "pipe-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    // No database yet: the mail server keeps the letter, and none is made.
    #expect(try Self.receive("From: a@b.test\n\nx\n", ["--to", "reply+a.b@league.test"], in: folder).status == 75)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path()).isEmpty)

    let settings = try Settings(flags: ["data=\(folder.path())", "files=\(Repository.root.path())"])
    let database = try await Opening.database(settings)
    let (person, discussion, now) = (Person.ID("ana"), Discussion.ID("bells"), Instant.system())
    try await database.write { db in
      _ = try PersonStore(db: db).add(id: person, email: "ana@school.test", name: "Ana Arel", now: now)
      try RoleStore(db: db).give(.office, to: person, id: "r", from: now - .days(1), by: nil)
      var form = DiscussionForm(submission: "s")
      (form.title, form.text) = ("Bells?", "Who has none?")
      try PostStore(db: db).begin(form, id: discussion, about: nil, by: person, now: now)
      _ = try PostStore(db: db).add(
        PostForm(text: form.text, submission: "s"), mentions: .none, id: Post.ID("first"), to: discussion, by: person,
        now: now)
      _ = try MailKeyStore(db: db).key(fresh: "key", now: now)
    }
    let to = try #require(SignedAddress("reply@league.test", key: "key")).reply(person, discussion)
    let letter = "From: Ana <ana@school.test>\nMessage-ID: <1@school.test>\nSubject: Re: Bells?\n\nWe have.\n-- \nAna\n"
    let open = ["--set", "second_factor=no"]

    let posted = try Self.receive(letter, open + ["--to", to, "--from", "ana@school.test"], in: folder)
    #expect(posted.status == 0 && posted.words.hasPrefix("league: /posts/"), "\(posted.words)")
    // As Postfix and Exim say it.
    let again = try Self.receive(
      letter, open, environment: ["RECIPIENT": to, "SENDER": "ana@school.test"], in: folder)
    #expect(again.status == 0 && again.words == posted.words)
    for (arguments, environment) in [([], ["SENDER": ""]), (["--from", ""], [:])] {
      let automatic = try Self.receive(
        letter.replacing("<1@", with: "<2@"), open + ["--to", to] + arguments, environment: environment, in: folder)
      #expect(automatic.status == 0 && automatic.words.contains("A program wrote this letter."))
    }
    let posts = try await database.read { db in try DiscussionStore(db: db).posts(of: discussion, page: 1) }
    #expect(try await database.read { db in try OperationsStore(db: db).inbox().receivedAt } != nil)
    #expect(posts.map(\.text) == ["Who has none?", "We have."])

    for (text, arguments, status) in [
      ("", ["--to", to], Int32(65)), ("no letter", ["--to", to], 65), (letter, ["--to", "reply+x.y@league.test"], 77),
      (letter, ["--to", "else@league.test"], 67), (letter.replacing("ana@", with: "eve@"), ["--to", to], 77),
      (letter, ["--to", to, "--set", "nonsense=1"], 75),
      (letter, ["--to", to, "--set", "database=/nowhere/at/all"], 75),
    ] { #expect(try Self.receive(text, open + arguments, in: folder).status == status, "\(arguments)") }
    let huge = String(repeating: "x", count: Inbox.limit + 100_000)
    #expect(try Self.receive(huge, open + ["--to", to], in: folder).status == 65)
  }
}
