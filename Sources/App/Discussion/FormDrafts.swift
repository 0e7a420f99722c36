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
}
