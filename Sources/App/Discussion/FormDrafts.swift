import Foundation
import Storage

/// Drafts of long forms, for the handlers that show them.
extension Site {
  /// The draft of a form and the fields to put back into it: none where nothing is kept, where the visit asks for the form
  /// as it is (`?draft=no`), or where it posts the form, so that the typed words are there.
  func formDraft(_ context: String, fresh: String, _ visit: Visit) async throws -> (draft: FormDraft, kept: Fields?) {
    let person = try visit.signedIn()
    let context = String(context.prefix(DraftStore.contextLimit))
    let found = try await database.read { db in try DraftStore(db: db).find(context, of: person) }
    var draft = FormDraft(
      context: context, generation: found.generation, fresh: fresh + (fresh.contains("?") ? "&" : "?") + "draft=no")
    guard visit.fields["draft"].isEmpty, let fields = Fields(pairs: found.text), !fields.isEmpty else {
      return (draft, nil)
    }
    draft.keptAt = found.keptAt
    return (draft, fields)
  }

  /// Keeps a form that is not finished, for those who ask for it by a button and not by a script.
  /// - Throws: `Refusal` where `DraftStore` may not hold it.
  func keepDraft(_ fields: Fields, in context: String, _ visit: Visit) async throws {
    let (person, now, text) = (try visit.signedIn(), visit.viewer.now, try fields.draftText())
    try await database.write { db in
      let drafts = DraftStore(db: db)
      _ = try drafts.keep(
        text, in: context, seen: try drafts.find(context, of: person).generation, of: person, now: now)
    }
  }
}

extension Fields {
  /// Reads what `FormDraft` keeps; nil for anything else.
  init?(pairs json: String) {
    guard let pairs = try? JSONDecoder().decode([[String]].self, from: Data(json.utf8)), pairs.count <= 2000,
      pairs.allSatisfy({ $0.count == 2 })
    else { return nil }
    self.init()
    for pair in pairs { add(pair[0], pair[1]) }
  }

  /// What `FormDraft` keeps.
  /// - Throws: `Refusal.invalid` for records of students, which are not held even on their way; `Refusal.tooLarge`.
  func draftText() throws -> String {
    let pairs = Set(names).sorted().flatMap { name in all(name).map { [name, $0] } }
    try Self.checkDraft(pairs.map { $0[1] })
    let text = String(decoding: try JSONEncoder().encode(pairs), as: UTF8.self)
    guard text.count <= DraftStore.textLimit else { throw Refusal.tooLarge(limit: DraftStore.textLimit) }
    return text
  }

  static func checkDraft(_ texts: [String]) throws(Refusal) {
    if let problem = texts.lazy.compactMap(RosterGuard.problem).first { throw .invalid(["text": problem]) }
  }
}
