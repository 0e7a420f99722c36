import Storage

extension Site {
  /// What a person takes along, or leaves behind, is found through an index in every table that grows.
  static let ownData = Migration(
    "0015_own_data",
    [
      "CREATE INDEX trial_report_by ON trial_report (by_id)",
      "CREATE INDEX trial_registration_by ON trial_registration (by_id)",
      "CREATE INDEX school_history_person ON school_history (person_id)",
      "CREATE INDEX post_revision_by ON post_revision (replaced_by)",
      "CREATE INDEX idea_version_by ON idea_version (by_id)",
      "CREATE INDEX mail_address ON mail (address)",
    ])
}
