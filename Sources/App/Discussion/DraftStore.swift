import Storage

/// Every SQL statement about drafts: words on their way, one text per person and context. The text of a long form holds all
/// of its fields; see `FormDraft`.
///
/// A generation counts how often a context was written. Whoever writes says which generation they saw; when it is not the
/// latest, another window wrote meanwhile and nothing is overwritten. The row stays when a draft is cleared, so that its
/// generation never starts again.
struct DraftStore {
  let db: any Transaction

  struct Kept: Sendable, Equatable {
    var generation = 0
    var text = ""
    var keptAt: Instant?
  }

  /// What became of an attempt to keep a draft.
  enum Outcome: Sendable, Equatable {
    case kept(generation: Int)
    case overtaken(Kept)
  }

  static let contextLimit = 120

  /// Characters of a draft: the longest form, with the names of its fields.
  static let textLimit = 100_000

  func find(_ context: String, of person: Person.ID) throws -> Kept {
    let row = try db.rows(
      "SELECT generation, text, kept_at FROM draft WHERE person_id = \(person) AND context = \(context)"
    )
    .first
    guard let row else { return Kept() }
    return Kept(
      generation: try row.read("generation"), text: try row.read("text"), keptAt: try row.read("kept_at"))
  }

  func keep(_ text: String, in context: String, seen generation: Int, of person: Person.ID, now: Instant) throws
    -> Outcome
  {
    let last = try find(context, of: person)
    guard last.generation == generation else {
      return last.text == text ? .kept(generation: last.generation) : .overtaken(last)
    }
    try write(text, context, generation + 1, person, now)
    return .kept(generation: generation + 1)
  }

  /// The words have arrived where they belong: forgets the drafts of these contexts.
  func clear(_ contexts: [String], of person: Person.ID, now: Instant) throws {
    for context in Set(contexts).sorted().prefix(20) where !context.isEmpty && context.utf8.count <= Self.contextLimit {
      try write("", context, try find(context, of: person).generation + 1, person, now)
    }
  }

  private func write(_ text: String, _ context: String, _ generation: Int, _ person: Person.ID, _ now: Instant) throws {
    try db.run(
      """
      INSERT INTO draft (person_id, context, generation, text, kept_at)
      VALUES (\(person), \(context), \(generation), \(text), \(now))
      ON CONFLICT (person_id, context) DO UPDATE
      SET generation = excluded.generation, text = excluded.text, kept_at = excluded.kept_at
      """)
  }
}
