/// Several values that people entered for one period. All are kept; one is charted until somebody chooses.
struct ValueConflict: Sendable, Equatable {
  let period: CalendarDate
  /// The one that is charted first.
  let values: [KeptValue]

  /// - Parameter standing: the values that stand, charted and beside.
  static func all(in standing: [KeptValue]) -> [ValueConflict] {
    Dictionary(grouping: standing.filter(\.isStanding), by: \.period).filter { $0.value.count > 1 }
      .map { period, values in
        ValueConflict(
          period: period,
          values: values.sorted { ($0.state == .current ? 0 : 1, $0.id) < ($1.state == .current ? 0 : 1, $1.id) })
      }.sorted { $0.period < $1.period }
  }

  /// So many are settled in one form.
  static let most = 60
}

/// What somebody chose for each period, exactly as typed.
struct SettlementForm: Sendable, Equatable {
  /// Period → value; periods that are left open are not among them.
  var choices: [CalendarDate: String] = [:]
  /// The values that the form showed: none that came since is put aside unseen.
  var shown: Set<String> = []
  var why = ""

  init() {}

  init(_ fields: Fields) {
    why = fields["why"]
    shown = Set(fields["shown"].split(separator: " ").map(String.init))
    for name in fields.names where name.hasPrefix("keep-") && !fields[name].isEmpty {
      if let period = CalendarDate(String(name.dropFirst(5))) { choices[period] = fields[name] }
    }
  }

  /// - Throws: `Refusal.invalid`, naming each field and what to do about it.
  func checked() throws(Refusal) {
    var check = FormCheck()
    if choices.isEmpty { check["settlement"] = "Choose a value for one of them at least." }
    check.optionalWords("why", why, limit: 300)
    try check.finish()
  }
}
