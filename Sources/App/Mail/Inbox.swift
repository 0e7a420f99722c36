import Foundation
import Logging
import SignIn
import Storage

/// What became of a letter that the mail server handed to the League.
package enum Receipt: Sendable, Equatable {
  /// An answer stands in its discussion, at this path.
  case posted(String)
  /// Its writer was written why it was not posted.
  case answered(String)
  /// A report of a letter that could not be delivered was taken down.
  case noted(String)
  /// Nothing is done with it, and nobody is told: a program wrote it.
  case ignored(String)
  /// It is no letter that could be read.
  case unreadable(String)
  /// Nothing of the League's has this address.
  case unknown(String)
  /// Whoever sent it may not write there under this name.
  case refused(String)
  /// The mail server must try again.
  case later(String)

  package var words: String {
    switch self {
    case .posted(let words), .answered(let words), .noted(let words), .ignored(let words), .unreadable(let words),
      .unknown(let words), .refused(let words), .later(let words):
      words
    }
  }

  /// As sysexits.h numbers it, which mail servers know of the programs they hand letters to.
  package var exitCode: Int32 {
    switch self {
    case .posted, .answered, .noted, .ignored: 0
    case .unreadable: 65
    case .unknown: 67
    case .later: 75
    case .refused: 77
    }
  }
}

/// Takes letters from the mail server: answers in discussions, and reports of letters that came back.
package struct Inbox: Sendable {
  let site: Site

  package init(site: Site) { self.site = site }

  /// The most bytes of a letter.
  package static let limit = 10 << 20

  /// Answers by letter of one person in an hour; more look like two programs that talk to each other.
  private static let hourly = 30
  /// Letters of one person in a day that are answered with why they were not posted.
  private static let answersDaily = 5

  /// - Parameters:
  ///   - envelope: who sends it, as the mail server knows it; empty for letters that nobody answers, nil when unknown.
  ///   - recipient: the address to which it came; nil: looked for in the letter.
  package func receive(_ bytes: [UInt8], from envelope: String?, to recipient: String?) async throws -> Receipt {
    guard bytes.count <= Self.limit else {
      return .unreadable("The letter is larger than \(Self.limit >> 20) MB.")
    }
    guard let letter = ReceivedLetter(bytes) else { return .unreadable("This is no letter.") }
    let now = site.now()
    try await site.database.write { db in try JobStore(db: db).note(JobStore.received, now: now) }
    guard let key = try await site.database.read({ db in try MailKeyStore(db: db).find() }) else {
      return .unknown("The League has given no such address.")
    }
    let settings = site.settings
    let to = recipient.map { [$0] } ?? letter.recipients
    if let address = SignedAddress(settings[.bounceAddress], key: key),
      let found = to.lazy.compactMap(address.find).first
    {
      guard address.isBounce(found) else { return .unknown("The League has given no such address.") }
      return try await note(letter, about: found.id)
    }
    if let address = SignedAddress(settings[.replyAddress], key: key),
      let found = to.lazy.compactMap(address.find).first
    {
      return try await reply(letter, envelope: envelope, bytes, to: found, address)
    }
    return .unknown("The League has given no such address.")
  }

  // MARK: answers

  private func reply(
    _ letter: ReceivedLetter, envelope: String?, _ bytes: [UInt8], to found: SignedAddress.Found,
    _ address: SignedAddress
  ) async throws -> Receipt {
    if letter.isAutomatic(envelope: envelope) { return .ignored("A program wrote this letter.") }
    guard let sender = letter.sender else { return .unreadable("The letter does not say who wrote it.") }
    let settings = site.settings
    if !settings[.mailAuthserv].isEmpty {
      let results = AuthenticationResults(letter.all("authentication-results"), server: settings[.mailAuthserv])
      guard results?.vouches(for: sender) == true else {
        return .refused("The mail server does not vouch for \(sender.domain) as the sender.")
      }
    }
    let answer = MailedAnswer(
      sender: sender, discussion: Discussion.ID(found.id), messageID: letter["message-id"],
      inReplyTo: letter["in-reply-to"],
      submission: "mail:"
        + sha256(letter["message-id"].isEmpty ? String(decoding: bytes, as: UTF8.self) : letter["message-id"]).prefix(
          48),
      text: Fields(["text": ReplyText.trimmed(letter.words)])["text"])
    let (now, ids) = (site.now(), (post: Post.ID(site.newID()), letter: site.newID()))
    return try await site.database.write { db in
      let people = try PersonStore(db: db).accounts(email: sender.description)
      guard let person = people.last, people.contains(where: { address.isReply(found, of: $0) }),
        let reader = try LetterReader.find(person, zone: settings.zone, now: now, db)
      else { return .refused("The letter does not come from the address to which ours went.") }
      if let twin = try PostStore(db: db).find(submission: answer.submission, by: person) {
        return .posted("/posts/\(twin.id)")
      }
      if try PostStore(db: db).countByLetter(of: person, since: now - .hours(1)) >= Self.hourly {
        return .later("Too many answers by letter within an hour.")
      }
      do {
        return try db.savepoint { try post(answer, by: reader, id: ids.post, settings, db) }
      } catch let refusal as Refusal {
        let answers = try MailStore(db: db).countAnswers(to: reader.email, since: now - .days(1))
        let words = Self.why(refusal)
        guard answers < Self.answersDaily else { return .ignored(words) }
        try MailStore(db: db).add(
          ReplyLetters.notPosted(
            answer, why: words, title: try DiscussionStore(db: db).find(answer.discussion)?.title, to: reader.email,
            id: ids.letter, settings), now: now)
        return .answered(words)
      }
    }
  }

  /// By the way that the page's form takes.
  private func post(
    _ answer: MailedAnswer, by reader: LetterReader, id: Post.ID, _ settings: Settings, _ db: any Transaction
  ) throws -> Receipt {
    guard try reader.mayReply(settings, db) else {
      throw Refusal.forbidden("you can write there on the site only, once you have signed in")
    }
    guard !answer.text.isEmpty else {
      throw Refusal.invalid(["text": "Nothing stood above the quoted lines. Files are not taken by letter."])
    }
    var form = PostForm(text: answer.text, submission: answer.submission)
    form.replyTo = try answered(answer, db)
    let added = try Reply(form: form, discussion: answer.discussion, id: id, viewer: reader.viewer).add(db)
    // The command's process keeps no pages; those that serve do.
    db.notify(ProcessWord.changed(by: "mail").text)
    return .posted("/posts/\(added.post.id)")
  }

  /// The post whose letter was answered, where it still stands.
  private func answered(_ answer: MailedAnswer, _ db: any Transaction) throws -> Post.ID? {
    guard let match = answer.inReplyTo.prefix(300).firstMatch(of: /<post-([0-9a-z-]{1,64})@([^<>\s]+)>/),
      match.output.2 == site.settings.host
    else { return nil }
    let post = try PostStore(db: db).find(Post.ID(String(match.output.1)))
    return post.flatMap { $0.discussion == answer.discussion && !$0.isDeleted ? $0.id : nil }
  }

  private static func why(_ refusal: Refusal) -> String {
    switch refusal {
    case .invalid(let problems): problems.sorted { $0.key < $1.key }.map(\.value).joined(separator: " ")
    case .forbidden(let words), .conflict(let words): words
    case .gone: "The discussion was deleted."
    default: "The discussion is not there."
    }
  }

  // MARK: letters that came back

  private func note(_ report: ReceivedLetter, about id: String) async throws -> Receipt {
    guard let part = report.leaves.first(where: { $0.type.hasSuffix("delivery-status") }) else {
      return .ignored("It reports of no delivery.")
    }
    let entries = DeliveryReport(part.text).entries.filter { ["failed", "delayed"].contains($0.action) }
    guard let worst = entries.first(where: { $0.action == "failed" }) ?? entries.first else {
      return .ignored("It reports of no failure.")
    }
    // A server that still tries will say so if it gives up.
    guard worst.action == "failed" else { return .noted("It is tried again: \(worst.status)") }
    let now = site.now()
    return try await site.database.write { db in
      guard let letter = try MailStore(db: db).find(id), letter.sentAt != nil else {
        return .ignored("The letter is not known any more.")
      }
      try AddressTroubleStore(db: db).note(letter.address, worst.status, words: worst.words, now: now)
      return .noted("It could not be delivered: \(worst.status)")
    }
  }
}

/// What somebody answered by letter, before it is known whether it may stand.
struct MailedAnswer: Sendable {
  let sender: EmailAddress
  let discussion: Discussion.ID
  let messageID: String
  let inReplyTo: String
  /// Made from the letter's own id, so that a letter that comes twice is one post.
  let submission: String
  let text: String
}

extension ReceivedLetter {
  /// Addresses to which it may have come, where the mail server does not say.
  fileprivate var recipients: [String] {
    let names = ["x-original-to", "delivered-to", "envelope-to", "to", "cc"]
    return names.flatMap(all).flatMap { value in
      value.prefix(4000).matches(of: /[^\s<>,;:"()]+@[^\s<>,;:"()]+/).map { String($0.output) }
    }
  }
}
