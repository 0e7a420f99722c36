/// A value corrected, moved, withdrawn; refused; changed by somebody else meanwhile.
enum ValueChangeSamples {
  static let all: [Sample] =
    ValueChange.allCases.map { change in
      Sample(
        "measures/\(change.rawValue)", "A value: \(change.rawValue)",
        ValueChangePages.show(
          change, measure, value, ValueChangeForm(value, .share), today: MeasureSamples.today, MeasureSamples.own),
        for: MeasureSamples.own)
    } + [
      Sample(
        "measures/move-refused", "Moving a value, refused",
        ValueChangePages.show(
          .move, measure, value, ValueChangeForm(value, .share),
          problems: ["period": "The very same value stands there already: withdraw this one instead."],
          today: MeasureSamples.today, MeasureSamples.own), for: MeasureSamples.own),
      Sample(
        "measures/meanwhile", "A value that somebody corrected meanwhile",
        ValueChangePages.meanwhile(
          .correction, measure, (MeasureSamples.value(9, 82, .replaced), value), typed, today: MeasureSamples.today,
          MeasureSamples.own), for: MeasureSamples.own),
      Sample(
        "measures/meanwhile-gone", "A value that somebody withdrew meanwhile",
        ValueChangePages.meanwhile(
          .correction, measure, (gone, gone), typed, today: MeasureSamples.today, MeasureSamples.own),
        for: MeasureSamples.own),
    ]

  private static let measure = MeasureSamples.full.measure
  private static let value = MeasureSamples.value(9, 64)
  private static let gone = MeasureSamples.value(18, 20, .withdrawn)
  private static let typed = ValueChangeForm(Fields(["value": "66/90", "why": "Two were on the late bus"]))
}
