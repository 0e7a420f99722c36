/// Where the points of a chart lie in time: one slot for each period that is due, so that one without a value stays empty
/// instead of being closed up.
package struct TimeAxis: Sendable, Equatable {
  /// Periods without a value between two points.
  struct Gap: Sendable, Equatable {
    /// Position of the point before it, counted from 0.
    let after: Int
    /// How many periods are empty.
    let count: Int
    /// "9 Nov 2026", or "9 Nov 2026 to 23 Nov 2026".
    let label: String
  }

  /// A value that was withdrawn and is shown as a cross at its place.
  struct Lost: Sendable, Equatable {
    let slot: Double
    /// "9 Nov 2026: 20 of 25, withdrawn by Ms Roy".
    let words: String
  }

  /// The slot of each point, counted from 0, upwards.
  let slots: [Int]
  /// What each slot is called, from the first point's to the last one's.
  let names: [String]
  let gaps: [Gap]
  private(set) var lost: [Lost] = []
  /// How far the axis goes: the last point's slot, or beyond it to what began lately.
  private(set) var end: Double

  private let days: [CalendarDate]

  /// - Parameter periods: of the points, upwards, each once.
  init?(_ periods: [CalendarDate], _ schedule: Schedule) {
    guard let first = periods.first, let last = periods.last else { return nil }
    let isSchoolWeek = schedule == .day && periods.allSatisfy { $0.weekday <= 5 }
    var (days, day) = ([first], first)
    while day < last, days.count < Self.most {
      day = schedule.after(day)
      if !isSchoolWeek || day.weekday <= 5 { days.append(day) }
    }
    let places = Dictionary(uniqueKeysWithValues: zip(days, days.indices))
    slots = periods.compactMap { places[$0] }
    guard slots.count == periods.count, days.last == last else { return nil }
    self.days = days
    names = days.map(schedule.label)
    end = Double(days.count - 1)
    gaps = zip(slots, slots.dropFirst()).enumerated().compactMap { [names] position, pair in
      let (from, to) = (pair.0 + 1, pair.1 - 1)
      guard from <= to else { return nil }
      return Gap(
        after: position, count: to - from + 1, label: from == to ? names[from] : "\(names[from]) to \(names[to])")
    }
  }

  /// Thirty years of weeks, ten of school days.
  private static let most = 4000

  /// The place of a day, between two slots where it falls within a period; before the first point half a slot at most.
  func place(of day: CalendarDate) -> Double {
    guard let first = days.first, day >= first else { return -0.5 }
    let index = (days.firstIndex { $0 > day } ?? days.count) - 1
    let next = days.indices.contains(index + 1) ? days[index + 1] : day.adding(days: 1)
    guard index < days.count - 1 else { return Double(index) + Double(day.dayNumber - days[index].dayNumber) / width }
    return Double(index)
      + Double(day.dayNumber - days[index].dayNumber) / Double(max(1, next.dayNumber - days[index].dayNumber))
  }

  /// Days from one slot to the next, on average.
  private var width: Double {
    guard let first = days.first, let last = days.last, days.count > 1 else { return 7 }
    return Double(last.dayNumber - first.dayNumber) / Double(days.count - 1)
  }

  /// Makes room for what began after the last point, if that is not long ago.
  ///
  /// - Returns: whether it has a place now.
  mutating func reach(_ place: Double) -> Bool {
    guard place > end else { return true }
    guard place <= Double(days.count - 1) + max(3, Double(days.count) * 0.1) else { return false }
    end = place
    return true
  }

  /// Marks where a value was withdrawn, if that lies between the first point and the last.
  mutating func lose(at period: CalendarDate, _ words: String) {
    guard let first = days.first, let last = days.last, period > first, period < last else { return }
    lost.append(Lost(slot: place(of: period), words: words))
  }
}
