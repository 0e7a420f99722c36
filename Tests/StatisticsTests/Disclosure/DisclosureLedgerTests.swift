import Testing

@testable import Statistics

struct DisclosureLedgerTests {
  private typealias Unit = DisclosureLedger.Unit
  private typealias Release = DisclosureLedger.Release

  private static func ledger() throws -> DisclosureLedger {
    DisclosureLedger(policy: try DisclosureLedger.Policy(dominance: Dominance.Rule()))
  }

  private static func schools(_ names: String..., people: Int = 40) -> [Unit] {
    names.map { Unit($0, school: $0, people: people) }
  }

  private static func release(_ id: String, _ units: [Unit], counts: Bool = false) -> Release {
    Release(id: id, measure: "attendance", units: units, countsPeople: counts)
  }

  @Test func aMeanOfManySchoolsMayBePublishedAgainUnchanged() throws {
    var ledger = try Self.ledger()
    let units = Self.schools("A", "B", "C", "D", "E")
    #expect(try ledger.publish(Self.release("Monday", units)).isEmpty)
    #expect(try ledger.publish(Self.release("Tuesday", units)).isEmpty)
    #expect(ledger.releases.count == 2)
  }

  @Test func aSchoolThatJoinsIsNotGivenAway() throws {
    var ledger = try Self.ledger()
    #expect(try ledger.publish(Self.release("Monday", Self.schools("A", "B", "C", "D", "E"))).isEmpty)
    let objections = try ledger.publish(Self.release("Tuesday", Self.schools("A", "B", "C", "D", "E", "F")))
    #expect(objections.contains(.differs(from: "Monday", people: 40, schools: 1)))
    #expect(objections.contains(.computable(units: ["F"], by: nil)))
    #expect(ledger.releases.count == 1)
  }

  @Test func anotherMeasureOrPeriodIsAnotherMatter() throws {
    var ledger = try Self.ledger()
    #expect(try ledger.publish(Self.release("Monday", Self.schools("A", "B", "C"))).isEmpty)
    let reading = Release(id: "r", measure: "reading", units: Self.schools("A", "B", "C", "D"))
    #expect(try ledger.publish(reading).isEmpty)
  }

  @Test func twoSchoolsAndFewPeopleAreTooFew() throws {
    let ledger = try Self.ledger()
    #expect(try ledger.objections(to: Self.release("x", Self.schools("A", "B"))).contains(.tooFewSchools(2)))
    #expect(
      try ledger.objections(to: Self.release("x", Self.schools("A", "B", "C", people: 3))).contains(.tooFewPeople(9)))
  }

  @Test func networkLessPeersLessSelfIsSeenThoughNoPairDiffersByLittle() throws {
    // Seven schools, and the four peers of G: A, B, C and itself are the other half; G knows G.
    var ledger = try Self.ledger()
    #expect(try ledger.publish(Self.release("network", Self.schools("A", "B", "C", "D", "E", "F", "G"))).isEmpty)
    #expect(try ledger.publish(Self.release("peers", Self.schools("A", "B", "C"))).isEmpty)
    let objections = try ledger.objections(to: Self.release("others", Self.schools("D", "E", "G")))
    #expect(objections.contains(.computable(units: ["F"], by: nil)))
    let hidden = try ledger.objections(to: Self.release("five", Self.schools("A", "B", "C", "D", "G")))
    #expect(!hidden.isEmpty)
  }

  @Test func whatASchoolKnowsOfItselfCounts() throws {
    // A+B+C and C+D+E: nobody outside learns one school; but A, B and C … with A+D+E, C knows A − C and so A.
    var ledger = try Self.ledger()
    #expect(try ledger.publish(Self.release("one", Self.schools("A", "B", "C", "D", "E", "F"))).isEmpty)
    let objections = try ledger.objections(to: Self.release("two", Self.schools("C", "D", "E", "F", "G", "H")))
    #expect(objections.isEmpty)
    let swap = try ledger.objections(to: Self.release("two", Self.schools("G", "B", "C", "D", "E", "F")))
    #expect(swap.contains(.differs(from: "one", people: 80, schools: 2)))
    #expect(swap.contains(.computable(units: ["G"], by: "A")))
  }

  @Test func oneSchoolMayNotMakeUpTheTotal() throws {
    // statistics.md 4: 900 of 1000.
    let amounts = [("A", 900.0), ("B", 80), ("C", 12), ("D", 8)]
    let units = amounts.map { Unit($0.0, school: $0.0, people: 2000, amount: $0.1) }
    #expect(try Self.ledger().objections(to: Self.release("x", units)) == [.dominated(share: 0.9)])
  }

  @Test func everybodyPassedIsSaidOfEachOne() throws {
    let units = ["A", "B", "C"].map { Unit($0, school: $0, people: 14, amount: 14) }
    let objections = try Self.ledger().objections(to: Self.release("passed", units, counts: true))
    #expect(objections.contains(.computable(units: ["A"], by: nil)))
    let most = ["A", "B", "C"].map { Unit($0, school: $0, people: 14, amount: 9) }
    #expect(try Self.ledger().objections(to: Self.release("passed", most, counts: true)).isEmpty)
  }

  @Test(arguments: 1...25) func nothingThatPassesCanBeSolvedForOneSchool(seed: Int) throws {
    // The attacker, given every school's own view in turn, is the independent witness.
    var random = Seeded(seed)
    let names = (0..<9).map { "S\($0)" }
    var ledger = try Self.ledger()
    for step in 0..<12 {
      let chosen = names.shuffled(using: &random).prefix(Int.random(in: 3...9, using: &random)).sorted()
      _ = try ledger.publish(Self.release("r\(step)", chosen.map { Unit($0, school: $0, people: 30) }))
    }
    let truth = Dictionary(uniqueKeysWithValues: names.map { ($0, Double.random(in: 0...100, using: &random)) })
    for viewer in names {
      var attacker = Attacker()
      for name in names { attacker.learn(name, from: -1e6, to: 1e6) }
      attacker.learn(viewer, is: truth[viewer] ?? 0)
      for release in ledger.releases {
        let members = release.units.map(\.name)
        attacker.learnSum(members, is: members.reduce(0) { $0 + (truth[$1] ?? 0) }, within: 1e-7)
      }
      let bounds = try attacker.bounds(of: names.filter { $0 != viewer })
      #expect(bounds.values.allSatisfy { $0.upperBound - $0.lowerBound > 1 }, "seed \(seed), viewer \(viewer)")
    }
  }

  @Test func wrongReleasesAreRefusedByName() throws {
    var ledger = try Self.ledger()
    #expect(throws: StatisticsError.input(field: "units[2]", advice: "must not be given twice")) {
      try ledger.publish(Self.release("x", Self.schools("A", "A")))
    }
    #expect(throws: StatisticsError.input(field: "units[1].amount", advice: "must not be above its people")) {
      try ledger.publish(Self.release("x", [Unit("A", school: "A", people: 3, amount: 4)], counts: true))
    }
    #expect(throws: StatisticsError.input(field: "min_schools", advice: "must be at least 3")) {
      try DisclosureLedger.Policy(schools: 2, dominance: Dominance.Rule())
    }
  }
}
