/// Units whose count published totals of people pin down, since nobody counts less than 0 or more than all.
///
/// "All 14 passed" says it of each one of the 14; that is a matter of bounds, not of sums alone.
struct CountLeak {
  private let releases: [DisclosureLedger.Release]

  init(_ releases: [DisclosureLedger.Release]) {
    self.releases = releases.filter { $0.countsPeople && $0.total != nil }
  }

  func objections() throws -> [DisclosureLedger.Objection] {
    var attacker = Attacker()
    var names: [String] = []
    for release in releases {
      for unit in release.units where unit.people > 0 {
        attacker.learn(unit.name, from: 0, to: Double(unit.people))
        names.append(unit.name)
      }
      attacker.learnSum(release.units.filter { $0.people > 0 }.map(\.name), is: release.total ?? 0)
    }
    let counts = try attacker.counts(of: names)
    return counts.filter { $0.value.width == 0 }.map(\.key).sorted().map { .computable(units: [$0], by: nil) }
  }
}
