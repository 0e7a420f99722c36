import Storage

/// Invented schools in the six states: seven of ten are members, the others stand at every other stage.
struct LargeWorldSchools {
  let today: CalendarDate
  let now: Instant

  static func id(_ number: Int) -> School.ID { School.ID("school-\(padded(number, 5))") }

  /// Where `number` stands; the people of the first seven of ten may do what members may.
  static func isMember(_ number: Int) -> Bool { number % 10 < 7 }

  func add(_ numbers: Range<Int>, to db: any Transaction) throws {
    let store = SchoolStore(db: db)
    try store.add(numbers.map { (id: Self.id($0), facts: facts($0)) }, isFictional: true)
    for number in numbers {
      let since = Self.isMember(number) ? today.adding(days: -30 - number % 3650) : nil
      try store.setMembership(
        Self.id(number), Self.isMember(number) ? "active" : Self.stages[number % Self.stages.count], since: since,
        now: now)
      try store.setDomain(Self.id(number), Self.domain(number))
    }
  }

  /// A domain that can belong to nobody (RFC 2606).
  static func domain(_ number: Int) -> String { "school-\(number).example" }

  private static let stages = ["none", "none", "inquiry", "none", "agreement-issued", "signatures-pending", "none"]

  private func facts(_ number: Int) -> SchoolFacts {
    var numbers = LargeWorldNumbers(.school, number)
    var facts = SchoolFacts(official: nil)
    let state = Self.states[number % Self.states.count]
    let town = numbers.one(LargeWorldWords.townBeginnings) + numbers.one(LargeWorldWords.townEndings)
    let isMiddle = numbers.isOne(in: 3)
    let values: [(SchoolField, String)] = [
      (.name, "\(town) \(numbers.one(isMiddle ? LargeWorldWords.middleSchools : LargeWorldWords.highSchools))"),
      (.kind, ["public", "public", "public", "charter", "private", "career-and-technical"][numbers.whole(0...5)]),
      (.city, town), (.state, state.code), (.agencyState, state.code),
      (.county, "\(numbers.one(LargeWorldWords.townBeginnings)) County"),
      (.latitude, "\(numbers.real(state.latitudes))"), (.longitude, "\(numbers.real(state.longitudes))"),
      (.locale, ["11", "12", "13", "21", "22", "23", "31", "32", "33", "41", "42", "43"][numbers.whole(0...11)]),
      (.gradeLow, isMiddle ? "6" : "9"), (.gradeHigh, isMiddle ? "8" : "12"),
      (.students, "\(numbers.whole(60...1900))"), (.status, "open"),
    ]
    for (field, value) in values { facts.set(field, value, from: .school) }
    return facts
  }

  private struct State {
    let code: String
    /// Degrees of a box that lies inside the state.
    let latitudes, longitudes: ClosedRange<Double>
  }

  private static let states = [
    State(code: "MA", latitudes: 42.1...42.6, longitudes: -73.1 ... -71.2),
    State(code: "CT", latitudes: 41.4...42.0, longitudes: -73.4 ... -71.9),
    State(code: "ME", latitudes: 44.2...46.0, longitudes: -70.4 ... -68.4),
    State(code: "NH", latitudes: 42.8...44.2, longitudes: -72.1 ... -71.2),
    State(code: "VT", latitudes: 43.0...44.8, longitudes: -73.1 ... -72.4),
    State(code: "RI", latitudes: 41.5...41.95, longitudes: -71.75 ... -71.45),
  ]
}

/// `number` with zeros before it, so that ids sort as numbers do.
func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
