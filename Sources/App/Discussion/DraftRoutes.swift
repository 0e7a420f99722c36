import Foundation
import HTTPTypes
import Hummingbird
import Storage

/// Drafts kept while somebody writes, and the preview of what they write; both asked for by scripts.
struct DraftRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.post("drafts", .signedIn, keepsPages: true, use: keep)
    routes.post("preview", .signedIn, keepsPages: true, use: preview)
  }

  @Sendable func keep(visit: Visit) async throws -> any Answer {
    let (person, now) = (try visit.signedIn(), visit.viewer.now)
    let (context, text) = (visit.fields["context"], visit.fields["text"])
    guard !context.isEmpty, context.utf8.count <= DraftStore.contextLimit,
      let generation = visit.fields.integer("generation"), generation >= 0
    else { throw Refusal.invalid(["context": "A draft needs its context and generation."]) }
    guard text.count <= DraftStore.textLimit else { throw Refusal.tooLarge(limit: DraftStore.textLimit) }
    // No record of a student is held, not even on its way: the words stay in the browser until they are sent and refused.
    let fields = Fields(pairs: text)
    let texts = fields.map { fields in Set(fields.names).flatMap { fields.all($0) } } ?? [text]
    try Fields.checkDraft(texts)
    let outcome = try await site.database.write { db in
      try DraftStore(db: db).keep(text, in: context, seen: generation, of: person, now: now)
    }
    switch outcome {
    case .kept(let generation): return try json(Reply(generation: generation, text: nil), .ok, visit)
    case .overtaken(let other):
      return try json(Reply(generation: other.generation, text: other.text), .conflict, visit)
    }
  }

  @Sendable func preview(visit: Visit) async throws -> any Answer {
    let text = String(visit.fields["text"].prefix(Markdown.limit))
    let mentions = try await site.database.read { db in try Mentions.find(in: text, db) }
    return Fragment(PostBody.preview(text, mentions))
  }

  private struct Reply: Encodable {
    let generation: Int
    let text: String?
  }

  private func json(_ reply: Reply, _ status: HTTPResponse.Status, _ visit: Visit) throws -> Response {
    .text(Array(try JSONEncoder().encode(reply)), type: "application/json", status: status, for: visit)
  }
}
