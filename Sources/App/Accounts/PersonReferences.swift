import Storage

/// Every column that names a person, with what becomes of its rows: what a person takes along, and what goes with them.
///
/// A feature whose table refers to `person` adds it here; a test reads the schema and holds that none is missing.
enum PersonReferences {
  struct Column: Sendable {
    /// What the rows are of the person who stands in this column.
    enum Meaning: Sendable {
      /// Written or owned by them: in their copy, and kept under "Former member".
      case theirs
      /// Theirs alone: in their copy, and gone with them.
      case own
      /// Secrets that open their account: in no copy, and gone with them.
      case secret
      /// They acted on what is another's: in no copy, kept.
      case act
    }

    let table: String
    let name: String
    let meaning: Meaning

    init(_ table: String, _ name: String, _ meaning: Meaning) {
      self.table = table
      self.name = name
      self.meaning = meaning
    }
  }

  static let columns: [Column] = [
    Column("audit", "as_person", .theirs), Column("audit", "person_id", .theirs),
    Column("concern_answer", "by_id", .theirs), Column("cycle", "created_by", .theirs),
    Column("cycle_prediction", "by_id", .theirs),
    Column("discussion", "last_by", .act), Column("discussion", "starter_id", .theirs),
    Column("discussion_reader", "person_id", .own), Column("discussion_revision", "replaced_by", .theirs),
    Column("domain_rule", "set_by", .act),
    Column("draft", "person_id", .own), Column("entry_link", "by_id", .theirs),
    Column("erasure", "asked_by", .act), Column("erasure", "person_id", .theirs),
    Column("idea", "outdated_by", .act), Column("idea", "owner_id", .theirs),
    Column("idea_owner_change", "by_id", .theirs), Column("idea_owner_change", "from_id", .act),
    Column("idea_owner_change", "to_id", .theirs), Column("idea_review", "by_id", .theirs),
    Column("idea_version", "by_id", .theirs),
    Column("known_browser", "person_id", .own), Column("legal_hold", "lifted_by", .act),
    Column("legal_hold", "person_id", .act), Column("legal_hold", "placed_by", .act),
    Column("letter_pace", "person_id", .own), Column("letter_stop", "person_id", .secret),
    Column("letter_wish", "person_id", .own), Column("measure", "person_id", .theirs),
    Column("mark_withdrawal", "by_id", .theirs), Column("measure_change", "by_id", .theirs),
    Column("measure_definition", "by_id", .theirs),
    Column("measure_mark", "by_id", .theirs),
    Column("measure_value", "by_id", .theirs), Column("measure_value", "ended_by", .act),
    Column("membership", "started_by", .theirs), Column("membership_event", "by_id", .theirs),
    Column("notice", "by_id", .act), Column("notice", "person_id", .own),
    Column("person", "merged_into", .act), Column("person", "suspended_by", .act),
    Column("person_word", "person_id", .own), Column("post", "author_id", .theirs), Column("post", "deleted_by", .act),
    Column("post_revision", "replaced_by", .theirs), Column("project", "contested_by", .act),
    Column("project", "created_by", .theirs), Column("project", "decided_by", .act),
    Column("project_aim", "by_id", .theirs),
    Column("project_member", "person_id", .theirs), Column("project_step", "by_id", .theirs),
    Column("recovery_code", "person_id", .secret),
    Column("role", "ended_by", .act), Column("role", "given_by", .act), Column("role", "person_id", .theirs),
    Column("roster_import", "by_id", .theirs), Column("roster_import", "undone_by", .act),
    Column("roster_request", "decided_by", .act), Column("roster_request", "person_id", .own),
    Column("school_duplicate", "settled_by", .act), Column("school_history", "person_id", .theirs),
    Column("school_import", "person_id", .theirs), Column("school_import", "undone_by", .act),
    Column("school_merger", "by_id", .theirs), Column("school_merger", "undone_by", .act),
    Column("session", "acting_as", .act), Column("session", "person_id", .own),
    Column("sign_in_identity", "person_id", .own), Column("signature", "attested_by", .act),
    Column("topic_reader", "person_id", .own),
    Column("trial", "person_id", .theirs), Column("trial", "withdrawn_by", .act),
    Column("trial_origin", "published_by", .theirs),
    Column("trial_registration", "by_id", .theirs), Column("trial_report", "by_id", .theirs),
  ]

  /// What no copy holds: it opens doors, or is made from what stands beside it.
  static let hiddenColumns: Set<String> = [
    "token_hash", "browser_hash", "digest", "totp_secret", "totp_step", "submission", "folded_name", "spark",
  ]
}
