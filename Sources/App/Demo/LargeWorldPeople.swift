import Storage

/// Invented people, 40 to a school; the first of each school leads it.
struct LargeWorldPeople {
  let size: LargeWorldSize
  let names: DemoNames
  /// When all of them joined.
  let joined: Instant

  /// The first five bear the ids by which one steps into the demonstration's roles.
  static func id(_ number: Int) -> Person.ID {
    number < players.count ? Person.ID(players[number].id) : Person.ID("person-\(padded(number, 6))")
  }

  /// The school whose `place`th member the person is.
  func school(of number: Int) -> Int { number % size.schools }

  /// People of member schools, who may write: a number for every whole number.
  func member(_ any: Int) -> Int {
    let number = any % max(1, size.people)
    return LargeWorldSchools.isMember(school(of: number)) ? number : number - number % 10
  }

  func add(_ numbers: Range<Int>, to db: any Transaction) throws {
    try db.insertMany(
      into: "person",
      columns: [
        "id", "email", "name", "folded_name", "handle", "title", "about", "ask_me", "created_at", "fictional",
      ], rows: numbers.lazy.map(row))
    try db.insertMany(
      into: "role", columns: ["id", "person_id", "kind", "school_id", "state", "title", "starts_at"],
      rows: numbers.lazy.map(role))
  }

  private func row(_ number: Int) -> [(any SQLBindable)?] {
    var numbers = LargeWorldNumbers(.person, number)
    let name = name(number)
    let about = numbers.isOne(in: 4) ? LargeWorldWords.sentences(2, &numbers) : ""
    let askMe = numbers.isOne(in: 3) ? numbers.one(names.askMe) : ""
    return [
      Self.id(number), "person-\(number)@\(LargeWorldSchools.domain(school(of: number)))", name, folded(name),
      "person-\(number)", numbers.one(names.titles), about, askMe, joined, true,
    ]
  }

  func name(_ number: Int) -> String {
    // Strides that share no factor with the lists' lengths meet in pairs that seldom repeat.
    let (given, family) = (names.given, names.family)
    guard !given.isEmpty, !family.isEmpty else { return "Person \(number)" }
    return "\(given[(number * 7) % given.count]) \(family[(number * 11 + number / given.count) % family.count])"
  }

  private func role(_ number: Int) -> [(any SQLBindable)?] {
    let isPlayer = number < Self.players.count
    let kind = isPlayer ? Self.players[number].kind : number < size.schools ? Role.Kind.lead : .educator
    let isOfSchool = kind == .lead || kind == .educator
    let school = isOfSchool ? LargeWorldSchools.id(school(of: number)) : nil
    return [
      "role-\(padded(number, 6))", Self.id(number), kind.rawValue, school, kind == .liaison ? "NH" : nil,
      kind == .lead ? "Principal" : "", joined,
    ]
  }

  private static let players: [(id: String, kind: Role.Kind)] = [
    ("kofi-mensah", .educator), ("ruth-ouellette", .educator), ("abigail-stinson", .lead), ("jo-batchelor", .liaison),
    ("marguerite-thibodeau", .office),
  ]
}
