/// Something that a person is told, once.
package struct Notice: Sendable, Identifiable, Equatable {
  package let id: Identifier<Notice>
  /// "mention", "reply", "post", "accepted", or what another feature calls it.
  let kind: String
  /// What it belongs to, such as `discussion:42`: notices of one subject are read together and mailed together.
  let subject: String
  /// Where it leads.
  let path: String
  let words: String
  /// Why this person is told, to follow "because".
  let why: String
  let createdAt: Instant
  let readAt: Instant?
}
