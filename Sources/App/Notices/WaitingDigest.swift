/// What waits to be told to one person in the one letter of the day or the week.
struct WaitingDigest: Sendable {
  let person: Person.ID
  let email: EmailAddress
  let name: String
  let rhythm: LetterRhythm
  let zone: LeagueZone
  let lines: [WaitingLetter.Line]
  /// Of discussions, by the notices' subject.
  let titles: [String: String]

  /// More would not be read; the rest stands under Notices.
  static let most = 20

  /// Notices of one subject, under the subject's title.
  struct Part: Sendable, Equatable {
    /// Empty where the notices say all.
    let title: String
    let lines: [WaitingLetter.Line]
  }

  /// Discussions first, in the order in which they were first told of.
  var parts: [Part] {
    let shown = lines.prefix(Self.most)
    var subjects: [String] = []
    for line in shown where !subjects.contains(line.notice.subject) { subjects.append(line.notice.subject) }
    let found = subjects.map { subject in
      Part(title: titles[subject] ?? "", lines: shown.filter { $0.notice.subject == subject })
    }
    return found.filter { !$0.title.isEmpty } + found.filter(\.title.isEmpty)
  }

  var hasMore: Bool { lines.count > Self.most }
}
