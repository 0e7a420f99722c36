import Storage

/// Every SQL statement about what people want to be written.
struct LetterWishStore {
  let db: any Transaction

  func find(_ person: Person.ID) throws -> LetterWishes {
    var wishes = LetterWishes()
    wishes.isOn = try db.value("letter", "SELECT letter FROM person WHERE id = \(person)", as: String.self) != "none"
    let row = try db.rows(
      "SELECT rhythm, quiet_from, quiet_until, zone FROM letter_wish WHERE person_id = \(person)"
    ).first
    if let row {
      wishes.rhythm = LetterRhythm(rawValue: try row.read("rhythm")) ?? .daily
      wishes.zone = try row.read("zone")
      let (from, until): (Int?, Int?) = (try row.read("quiet_from"), try row.read("quiet_until"))
      wishes.quiet = from.flatMap { from in until.flatMap { QuietHours(from: from, until: $0) } }
    }
    for row in try db.rows("SELECT stream, pace FROM letter_pace WHERE person_id = \(person)") {
      if let stream = LetterStream(rawValue: try row.read("stream")) {
        wishes.paces[stream] = LetterPace(rawValue: try row.read("pace"))
      }
    }
    return wishes
  }

  /// Keeps them, and lets what waits for a letter be sorted anew.
  func change(_ person: Person.ID, _ wishes: LetterWishes) throws {
    try setOn(person, wishes.isOn)
    let (from, until) = (wishes.quiet?.from, wishes.quiet?.until)
    try db.run(
      """
      INSERT INTO letter_wish (person_id, rhythm, quiet_from, quiet_until, zone)
      VALUES (\(person), \(wishes.rhythm.rawValue), \(from), \(until), \(wishes.zone))
      ON CONFLICT (person_id) DO UPDATE SET rhythm = excluded.rhythm, quiet_from = excluded.quiet_from,
        quiet_until = excluded.quiet_until, zone = excluded.zone
      """)
    for (stream, pace) in wishes.paces.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      try setPace(person, pace, of: stream)
    }
    try sortAnew(person)
  }

  /// Turns all letters about notices on or off.
  func setOn(_ person: Person.ID, _ isOn: Bool) throws {
    try db.run("UPDATE person SET letter = \(isOn ? "each" : "none") WHERE id = \(person)")
  }

  /// From now on these are told on the site alone.
  func stop(_ streams: [LetterStream], for person: Person.ID) throws {
    for stream in streams { try setPace(person, .site, of: stream) }
    try sortAnew(person)
  }

  private func setPace(_ person: Person.ID, _ pace: LetterPace, of stream: LetterStream) throws {
    try db.run(
      """
      INSERT INTO letter_pace (person_id, stream, pace) VALUES (\(person), \(stream.rawValue), \(pace.rawValue))
      ON CONFLICT (person_id, stream) DO UPDATE SET pace = excluded.pace
      """)
  }

  private func sortAnew(_ person: Person.ID) throws {
    try db.run(
      """
      UPDATE notice SET digest = 0, due_at = created_at + \(LetterQueue.window.milliseconds)
      WHERE mailed_at IS NULL AND person_id = \(person)
      """)
  }
}
