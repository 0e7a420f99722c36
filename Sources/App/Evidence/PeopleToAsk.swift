import Statistics

/// Somebody who can be asked about an idea, and why.
struct PersonToAsk: Sendable, Equatable {
  let person: Person
  let why: String

  /// The most that are named.
  static let most = 5

  /// From every trial to a person: who ran it, who can say why it failed, who adapted it. Taking first those whose trials
  /// say something different.
  static func all(_ evidence: IdeaEvidence) -> [PersonToAsk] {
    let byPerson = Dictionary(grouping: evidence.trials.filter { $0.state != .withdrawn }, by: \.person.id)
    var seen: Set<Person.ID> = []
    var asked: [PersonToAsk] = []
    for trial in inTurn(evidence) where asked.count < most && seen.insert(trial.person.id).inserted {
      let trials = byPerson[trial.person.id] ?? [trial]
      asked.append(PersonToAsk(person: trial.person, why: why(trial, times: trials.count)))
    }
    return asked
  }

  /// The idea's owner last, where there is room.
  static func adding(owner: Person, of school: SchoolGlance, to asked: [PersonToAsk]) -> [PersonToAsk] {
    guard asked.count < most, !asked.contains(where: { $0.person.id == owner.id }) else { return asked }
    return asked + [PersonToAsk(person: owner, why: "wrote it down, at \(school.name)")]
  }

  /// One trial of each verdict in turn, so that a failure is never crowded out.
  private static func inTurn(_ evidence: IdeaEvidence) -> [TrialLine] {
    let groups = Verdict.inOrder.map { verdict in evidence.reported.filter { $0.claim?.verdict == verdict } }
    let longest = groups.map(\.count).max() ?? 0
    let reported = (0..<longest).flatMap { place in groups.compactMap { $0.indices.contains(place) ? $0[place] : nil } }
    return reported + evidence.running
  }

  private static func why(_ trial: TrialLine, times: Int) -> String {
    let place = trial.school.name
    if times > 1 { return "tried it \(times == 2 ? "twice" : "\(EvidenceSentence.spelled(times)) times"), at \(place)" }
    return switch trial.claim?.verdict {
    case .worked: "saw it work at \(place)"
    case .mixed: "knows the half that worked at \(place)"
    case .didNotWork: "says why it did not work at \(place)"
    case .tooEarly: "tried it at \(place); too early to say"
    case .experience: "tells how it went at \(place)"
    case nil: "is trying it now at \(place)"
    }
  }
}

/// How schools like the viewer's fared, in plain words.
struct LikeMine: Sendable, Equatable {
  let home: SchoolGlance
  /// Schools that reported, of the same setting and between half and twice the size.
  let alike: [SchoolGlance]
  let worked: Int
  let didNotWork: Int
  /// Other schools that reported.
  let reported: Int

  init(_ evidence: IdeaEvidence, home: SchoolGlance) {
    self.home = home
    let near = evidence.reported.filter { $0.school.id != home.id && Self.isAlike($0.school, home) }
    var seen: Set<School.ID> = []
    alike = near.map(\.school).filter { seen.insert($0.id).inserted }
    worked = Set(near.filter { $0.claim?.verdict == .worked }.map(\.school.id)).count
    didNotWork = Set(near.filter { $0.claim?.verdict == .didNotWork }.map(\.school.id)).count
    reported = Set(evidence.reported.map(\.school.id)).subtracting([home.id]).count
  }

  /// Of the same setting (city, suburb, town, rural) and between half and twice as large; unknown is not alike.
  static func isAlike(_ school: SchoolGlance, _ home: SchoolGlance) -> Bool {
    guard let area = home.area, area == school.area, let own = home.students, let theirs = school.students,
      own > 0, theirs > 0
    else { return false }
    return theirs * 2 >= own && theirs <= own * 2
  }

  /// "Of the four that are like yours (rural, about 400 students), two saw it work and one did not."
  var sentence: String {
    guard reported > 0 else { return "No other school has reported yet, so none like yours has either." }
    guard let area = home.area, let students = home.students, students > 0 else {
      return
        "The directory does not say how large your school is or where it lies, so nobody can say which are like it."
    }
    let kind = "\(area), about \(Self.rounded(students)) students"
    guard !alike.isEmpty else {
      return reported == 1
        ? "The one other school that reported is not like yours (\(kind)). Read it with that in mind."
        : "None of the \(grouped(reported)) other schools that reported is like yours (\(kind)). Read them with that in mind."
    }
    let spelled = EvidenceSentence.spelled(alike.count)
    let found = Self.found(worked: worked, didNotWork: didNotWork)
    return alike.count == 1
      ? "One school that reported is like yours (\(kind)): \(alike[0].name)."
      : "Of the \(spelled) that are like yours (\(kind)), \(found)."
  }

  /// "two saw it work, and none saw that it did not".
  static func found(worked: Int, didNotWork: Int) -> String {
    guard worked + didNotWork > 0 else { return "none can say yet whether it works" }
    func some(_ count: Int) -> String { count == 0 ? "none" : EvidenceSentence.spelled(count) }
    return "\(some(worked)) saw it work, and \(some(didNotWork)) saw that it did not"
  }

  /// Two significant figures.
  static func rounded(_ students: Int) -> String {
    var unit = 1
    while students / unit >= 100 { unit *= 10 }
    return grouped((students + unit / 2) / unit * unit)
  }
}
