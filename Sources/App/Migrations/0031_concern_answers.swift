import Storage

extension Site {
  /// What a team made of a signal of concern, with the sentence of the chart as it stood and how many values it rested
  /// on. What was answered stays as it was written.
  static let concernAnswers = Migration(
    "0031_concern_answers",
    [
      """
      CREATE TABLE concern_answer (
        id TEXT PRIMARY KEY,
        measure_id TEXT NOT NULL REFERENCES measure (id),
        by_id TEXT NOT NULL REFERENCES person (id),
        at BIGINT NOT NULL,
        words TEXT NOT NULL CHECK (words <> ''),
        sentence TEXT NOT NULL CHECK (sentence <> ''),
        points BIGINT NOT NULL CHECK (points >= 0)
      )
      """,
      "CREATE INDEX concern_answer_measure ON concern_answer (measure_id, at, id)",
    ] + recorded(in: "concern_answer", columns: " OF id, measure_id, at, words, sentence, points"))
}
