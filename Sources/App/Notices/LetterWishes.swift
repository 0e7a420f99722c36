/// What one person wants to be written about, how, and when not.
struct LetterWishes: Sendable, Equatable {
  /// Off: only what an act of theirs asks for is written, such as codes.
  var isOn = true
  /// Streams for which they have chosen; the others keep their standard.
  var paces: [LetterStream: LetterPace] = [:]
  var rhythm = LetterRhythm.daily
  /// Nil: letters come at any hour.
  var quiet: QuietHours? = .standard
  /// An IANA name; empty: the League's zone.
  var zone = ""

  /// When the one letter is due, in minutes after midnight.
  static let morning = 7 * 60

  /// Zones to choose from, besides the League's own.
  static let zones = [
    ("America/New_York", "Eastern Time"), ("America/Halifax", "Atlantic Time"), ("America/Chicago", "Central Time"),
    ("America/Denver", "Mountain Time"), ("America/Phoenix", "Arizona"), ("America/Los_Angeles", "Pacific Time"),
    ("America/Anchorage", "Alaska"), ("Pacific/Honolulu", "Hawaii"), ("Europe/London", "London"),
    ("Europe/Paris", "Paris and Berlin"), ("UTC", "UTC"),
  ]

  func pace(_ stream: LetterStream) -> LetterPace { paces[stream] ?? stream.standard }

  /// - Parameter kind: of a notice.
  func pace(kind: String) -> LetterPace { isOn ? LetterStream(kind: kind).map(pace) ?? .once : .site }

  func clock(_ league: LeagueZone) -> LeagueZone { zone.isEmpty ? league : LeagueZone(zone) ?? league }

  /// When a letter that is due at `instant` may go.
  func hour(for instant: Instant, _ league: LeagueZone) -> Instant {
    quiet.flatMap { $0.end(at: instant, clock(league)) } ?? instant
  }

  /// When the next one letter is due that is later than `now`.
  func nextDigest(after now: Instant, _ league: LeagueZone) -> Instant {
    let zone = clock(league)
    let today = zone.date(of: now)
    let days = (0...8).map { today.adding(days: $0) }.filter { rhythm == .daily || $0.weekday == 1 }
    let mornings = days.map { zone.moment(Self.morning, of: $0) }
    return hour(for: mornings.first { $0 > now } ?? now + .days(1), league)
  }
}

/// Hours of the day in which letters wait.
struct QuietHours: Sendable, Equatable {
  /// Minutes after midnight, 0…1439. `until` is the first minute that is not quiet; the two differ.
  let from: Int
  let until: Int

  /// Nil when nothing lies between the two.
  init?(from: Int, until: Int) {
    guard (0..<1440).contains(from), (0..<1440).contains(until), from != until else { return nil }
    self.from = from
    self.until = until
  }

  private init(_ from: Int, _ until: Int) {
    self.from = from
    self.until = until
  }

  /// For whoever has chosen nothing: schools begin early, and the evening is nobody's office hour.
  static let standard = QuietHours(20 * 60, 6 * 60 + 30)

  /// When the quiet hours end in which `instant` lies; nil when it lies in none.
  func end(at instant: Instant, _ zone: LeagueZone) -> Instant? {
    let minute = zone.minute(instant)
    let isQuiet = from < until ? (from..<until).contains(minute) : minute >= from || minute < until
    guard isQuiet else { return nil }
    let today = zone.date(of: instant)
    return zone.moment(until, of: minute < until ? today : today.adding(days: 1))
  }

  /// Minutes after midnight of "20:00"; nil when it is no time of day.
  static func minutes(_ clock: String) -> Int? {
    guard let match = clock.wholeMatch(of: /(\d{1,2}):(\d{2})(?::00)?/), let hour = Int(match.1),
      let minute = Int(match.2), hour < 24, minute < 60
    else { return nil }
    return hour * 60 + minute
  }

  /// "20:00".
  static func clock(_ minutes: Int) -> String { "\(two(minutes / 60)):\(two(minutes % 60))" }
}

/// What was chosen on the page of letters.
struct LetterForm: Sendable, Equatable {
  var wishes: LetterWishes
  var hasKeys: Bool
  var quietFrom: String
  var quietUntil: String
  var isQuiet: Bool

  init(_ wishes: LetterWishes, hasKeys: Bool) {
    self.wishes = wishes
    self.hasKeys = hasKeys
    isQuiet = wishes.quiet != nil
    let shown = wishes.quiet ?? .standard
    quietFrom = QuietHours.clock(shown.from)
    quietUntil = QuietHours.clock(shown.until)
  }

  /// - Parameter kept: the wishes so far; what the form does not hold stays as it is.
  init(_ fields: Fields, kept: LetterWishes) {
    self.init(kept, hasKeys: fields["keys"] == "on")
    wishes.isOn = fields["letter"] != "none"
    for stream in LetterStream.allCases {
      if let pace = LetterPace(rawValue: fields["pace_\(stream.rawValue)"]) { wishes.paces[stream] = pace }
    }
    wishes.rhythm = LetterRhythm(rawValue: fields["rhythm"]) ?? kept.rhythm
    if fields.has("zone") { wishes.zone = fields["zone"] }
    if fields.has("quiet_from") {
      isQuiet = fields["quiet"] == "on"
      quietFrom = fields["quiet_from"]
      quietUntil = fields["quiet_until"]
    }
  }

  /// - Throws: `Refusal.invalid`, naming each field and what to do about it.
  func checked() throws(Refusal) -> LetterWishes {
    var (problems, checked): (Problems, LetterWishes) = ([:], wishes)
    if !wishes.zone.isEmpty, !LetterWishes.zones.contains(where: { $0.0 == wishes.zone }) {
      problems["zone"] = "Choose a time zone from the list."
    }
    let (from, until) = (QuietHours.minutes(quietFrom), QuietHours.minutes(quietUntil))
    if isQuiet {
      if from == nil { problems["quiet_from"] = "Write when the quiet begins, such as 20:00." }
      if until == nil { problems["quiet_until"] = "Write when the quiet ends, such as 06:30." }
      if let from, from == until { problems["quiet_until"] = "Let the quiet end at another time than it begins." }
    }
    guard problems.isEmpty else { throw .invalid(problems) }
    checked.quiet = isQuiet ? from.flatMap { from in until.flatMap { QuietHours(from: from, until: $0) } } : nil
    return checked
  }
}
