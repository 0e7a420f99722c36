/// Where all that a long form holds is kept while it is written; the same contract as `DraftHook`.
///
/// The text of the draft is JSON: an array of pairs of a field's name and its value, in the order of the form.
struct FormDraft: Sendable, Equatable {
  /// What is being written, such as `idea:new`; unique per person.
  let context: String
  /// The generation that the page was made from; 0 when nothing was ever kept.
  var generation = 0
  /// When the words were kept that the page has put back into the form; nil where it has put none.
  var keptAt: Instant?
  /// Where the same form stands without them.
  let fresh: String
}
