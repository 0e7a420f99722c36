import Storage

/// Every SQL statement about how people show themselves.
struct ProfileStore {
  let db: any Transaction

  /// The people whom `viewer` may see, as a condition on `person p`: members see those who belong or belonged to the
  /// League; others see themselves; the office sees all. Merged and suspended accounts are seen by nobody else.
  static func visible(to viewer: Viewer) -> SQL {
    if viewer.isOffice { return "p.merged_into IS NULL" }
    let own: SQL = if let person = viewer.person { "p.id = \(person)" } else { "1 = 0" }
    guard viewer.isMember else { return own }
    // All conditions stand in the subquery: PostgreSQL would read every role first for one that it can hash.
    return """
      (\(own) OR EXISTS (
        SELECT 1 FROM role v LEFT JOIN school vs ON vs.id = v.school_id
        WHERE v.person_id = p.id AND p.suspended_at IS NULL AND p.merged_into IS NULL
          AND v.starts_at <= \(viewer.now) AND (v.school_id IS NULL OR vs.membership = 'active')))
      """
  }

  /// Those who see the same people as the viewer, so that they may share a list: the office, or all other members, each of
  /// whom is among those whom members see. Nil for whoever sees only themselves.
  static func audience(of viewer: Viewer) -> String? {
    viewer.isOffice ? "the office" : viewer.isMember ? "members" : nil
  }

  func find(_ id: Person.ID, for viewer: Viewer) throws -> Profile? {
    let found: Profile? = try db.first(
      "SELECT \(Profile.columns) FROM person p WHERE p.id = \(id) AND \(Self.visible(to: viewer))")
    guard var profile = found else { return nil }
    profile.roles = try RoleStore(db: db).inForce(for: id, now: viewer.now)
    return profile
  }

  /// The account into which this one was merged.
  func successor(of id: Person.ID) throws -> Person.ID? {
    try db.rows("SELECT merged_into FROM person WHERE id = \(id)").first?.read("merged_into")
  }

  /// What is looked for in the list of people.
  struct Search: Sendable, Equatable {
    /// Words of a name, or of what somebody may be asked about; each must be found.
    var words = ""
    var school: School.ID?
    /// Where the page begins: after this name and id.
    var after: (name: String, id: String)?

    /// Names all of it in one text.
    var key: String {
      [words, school?.description ?? "", after?.name ?? "", after?.id ?? ""].map(percentEncoded).joined(separator: "&")
    }

    static func == (left: Self, right: Self) -> Bool {
      left.words == right.words && left.school == right.school && left.after?.id == right.after?.id
    }
  }

  /// By name. Bound to people whose role holds now.
  func list(_ search: Search, for viewer: Viewer, limit: Int) throws -> [PersonLine] {
    var conditions: [SQL] = [Self.visible(to: viewer)]
    conditions += folded(search.words).split(separator: " ").prefix(6).map { word in
      let (from, to) = Self.range(String(word.prefix(40)))
      return "p.id IN (SELECT w.person_id FROM person_word w WHERE w.word >= \(from) AND w.word < \(to))"
    }
    let holds: SQL = "r.starts_at <= \(viewer.now) AND (r.ends_at IS NULL OR r.ends_at > \(viewer.now))"
    let inForce: SQL = "r.person_id = p.id AND \(holds)"
    if let school = search.school {
      // A list of ids, since a school has few people: else everybody is looked at in the order of names.
      conditions.append("p.id IN (SELECT r.person_id FROM role r WHERE r.school_id = \(school) AND \(holds))")
    } else {
      conditions.append("EXISTS (SELECT 1 FROM role r WHERE \(inForce))")
    }
    if let after = search.after {
      conditions.append("p.folded_name > \(after.name) OR (p.folded_name = \(after.name) AND p.id > \(after.id))")
    }
    return try db.all(
      """
      SELECT p.id, p.name, p.handle, p.title,
        CASE WHEN p.asking_shown = 'members' THEN p.ask_me ELSE '' END AS ask_me,
        (SELECT s.name FROM role r JOIN school s ON s.id = r.school_id WHERE \(inForce)
         ORDER BY r.starts_at, r.id LIMIT 1) AS school
      FROM person p WHERE \(SQL.all(conditions)) ORDER BY p.folded_name, p.id LIMIT \(limit)
      """)
  }

  /// People to call with `@`: those whose handle or a word of whose name begins so.
  func mentions(_ typed: String, for viewer: Viewer, limit: Int = 6) throws -> [PersonLine] {
    let words = folded(typed).split(separator: " ").prefix(4).map { String($0.prefix(40)) }
    guard !words.isEmpty else { return [] }
    let conditions: [SQL] = words.map { word in
      let (from, to) = Self.range(word)
      return """
        p.id IN (SELECT w.person_id FROM person_word w WHERE w.word >= \(from) AND w.word < \(to) AND w.source = 'name')
        """
    }
    return try db.all(
      """
      SELECT p.id, p.name, p.handle, p.title, '' AS ask_me,
        (SELECT s.name FROM role r JOIN school s ON s.id = r.school_id WHERE r.person_id = p.id
          AND r.starts_at <= \(viewer.now) AND (r.ends_at IS NULL OR r.ends_at > \(viewer.now))
         ORDER BY r.starts_at, r.id LIMIT 1) AS school
      FROM person p WHERE \(SQL.all([Self.visible(to: viewer)] + conditions)) ORDER BY p.folded_name, p.id LIMIT \(limit)
      """)
  }

  /// All texts that begin with `word`, as a half-open range in the order of bytes.
  private static func range(_ word: String) -> (from: String, to: String) { (word, word + "\u{10FFFD}") }

  // MARK: writing

  func change(_ id: Person.ID, _ form: ProfileForm, now: Instant) throws {
    try db.run(
      """
      UPDATE person SET name = \(form.name), folded_name = \(folded(form.name)), title = \(form.title),
        about = \(form.about), ask_me = \(form.askMe), looking_for = \(form.lookingFor),
        email_shown = \(form.emailShown), about_shown = \(form.aboutShown), asking_shown = \(form.askingShown)
      WHERE id = \(id)
      """)
    let asking = form.askingShown == Profile.Audience.members.rawValue ? form.askMe : ""
    try PersonStore(db: db).index(id, name: form.name, asking: asking)
    try SearchSources(db: db).refresh(person: id, now: now)
    try SearchSources(db: db).refresh(authorOfPosts: id)
  }

  func setKeys(_ id: Person.ID, _ hasKeys: Bool) throws {
    try db.run("UPDATE person SET keys = \(hasKeys) WHERE id = \(id)")
  }
}

extension Profile: RowReadable {
  static let columns: SQL = """
    p.id, p.name, p.email, p.handle, p.title, p.about, p.ask_me, p.looking_for, p.email_shown, p.about_shown,
    p.asking_shown, p.keys
    """

  init(row: Row) throws {
    id = try row.read("id")
    name = try row.read("name")
    email = try row.read("email")
    handle = try row.read("handle")
    title = try row.read("title")
    about = try row.read("about")
    askMe = try row.read("ask_me")
    lookingFor = try row.read("looking_for")
    emailShown = Audience(rawValue: try row.read("email_shown")) ?? .nobody
    aboutShown = Audience(rawValue: try row.read("about_shown")) ?? .nobody
    askingShown = Audience(rawValue: try row.read("asking_shown")) ?? .nobody
    hasKeys = try row.read("keys")
  }
}

extension PersonLine: RowReadable {
  init(row: Row) throws {
    id = try row.read("id")
    name = try row.read("name")
    handle = try row.read("handle")
    title = try row.read("title")
    school = try row.read("school", as: String?.self) ?? ""
    askMe = try row.read("ask_me")
  }
}
