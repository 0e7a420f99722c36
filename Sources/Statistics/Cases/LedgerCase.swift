/// `kind: ledger`: releases in the order in which they are asked for; each is published or refused, and why.
///
/// Input: `policy` (`min_n`, `min_schools`, and `p`, `n`, `k` of the dominance rules), and `releases` with `id`, `measure`,
/// `counts_people` and `units` (`name`, `school`, `people`, `amount`).
enum LedgerCase: CaseHandler {
  static func answer(_ input: CaseInput) throws -> CaseValue {
    [
      "releases": .list(
        try decisions(input).map { id, _, objections in
          [
            "id": .text(id), "published": .flag(objections.isEmpty),
            "objections": .list(objections.map { .text($0.description) }),
          ]
        })
    ]
  }

  static func explanation(_ input: CaseInput) throws -> [String] {
    try decisions(input).map { id, size, objections in
      objections.isEmpty
        ? "\(id): published; it stands for \(size), and with everything before it no small group's figure can be computed"
        : "\(id): refused. " + objections.map(\.description).joined(separator: " ")
    }
  }

  private static func decisions(
    _ input: CaseInput
  ) throws -> [(id: String, size: String, objections: [DisclosureLedger.Objection])] {
    var ledger = DisclosureLedger(policy: try policy(input.optional("policy")))
    let releases = try input.list("releases")
    guard !releases.isEmpty else { throw try input.field("releases").refusal("must hold at least one release") }
    return try releases.enumerated().map { place, release in
      let read = try self.release(release, place + 1)
      let size = "\(read.people) people of \(read.schools) schools"
      do { return (read.id, size, try ledger.publish(read)) } catch StatisticsError.input(let field, let advice) {
        throw StatisticsError.input(field: "\(release.path).\(field)", advice: advice)
      }
    }
  }

  private static func policy(_ input: CaseInput?) throws -> DisclosureLedger.Policy {
    do { return try checkedPolicy(input) } catch StatisticsError.input(let field, let advice)
      where !field.hasPrefix("policy")
    { throw StatisticsError.input(field: "policy.\(field)", advice: advice) }
  }

  private static func checkedPolicy(_ input: CaseInput?) throws -> DisclosureLedger.Policy {
    let rule = try Dominance.Rule(
      p: input?.optional("p")?.number() ?? 10, n: input?.optional("n")?.whole() ?? 1,
      k: input?.optional("k")?.number() ?? 75)
    return try DisclosureLedger.Policy(
      people: input?.optional("min_n")?.whole() ?? 10, schools: input?.optional("min_schools")?.whole() ?? 3,
      dominance: rule)
  }

  private static func release(_ input: CaseInput, _ number: Int) throws -> DisclosureLedger.Release {
    let units = try input.list("units").map { unit in
      let name = try unit.text("name")
      return DisclosureLedger.Unit(
        name, school: try unit.optional("school")?.text() ?? name, people: try unit.field("people").whole(),
        amount: try unit.optional("amount")?.nonNegative())
    }
    guard !units.isEmpty else { throw try input.field("units").refusal("must hold at least one") }
    return DisclosureLedger.Release(
      id: try input.optional("id")?.text() ?? "release \(number)",
      measure: try input.optional("measure")?.text() ?? "", units: units,
      countsPeople: try input.optional("counts_people")?.flag() ?? false)
  }
}
