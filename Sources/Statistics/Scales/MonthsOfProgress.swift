/// The Education Endowment Foundation's translation of an effect into months of progress in a school year.
/// Source: EEF, About the Toolkits, table of months' progress: bands of the effect size rounded half up to two decimals.
/// Reports of single EEF projects use slightly different bands.
public enum MonthsOfProgress {
  public static let rule = NamedRule(
    name: "EEF months of progress", version: 1, since: "2026-11-24",
    source: "EEF, About the Toolkits, table of months' progress; effect rounded half up to .01")

  /// Lowest effect (hundredths) of each band from 0 months upwards; the last, 12 months, is open.
  private static let lowest = [-1, 2, 10, 19, 27, 36, 45, 53, 62, 70, 79, 88, 96]

  /// Months, −12…12; nil when the effect is no finite number.
  ///
  /// A gain of 0.015 rounds to .02 and so is 1 month; rounding half to even would make it 0.
  public static func months(_ effect: Double) -> Int? {
    guard effect.isFinite else { return nil }
    let hundredths = hundredthsHalfUp(abs(effect))
    let months = (lowest.lastIndex { $0 <= hundredths } ?? 0)
    return effect < 0 ? -months : months
  }

  /// The effect in hundredths, halves upwards. Values a rounding error below a half (0.015 is 0.01499… in binary) count
  /// as the half that was written.
  private static func hundredthsHalfUp(_ effect: Double) -> Int {
    let scaled = min(effect * 100, 1e6)
    return Int((scaled + 0.5 + 1e-9).rounded(.down))
  }
}
