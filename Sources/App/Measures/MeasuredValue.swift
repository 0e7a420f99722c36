import Foundation
import Statistics

/// What kind of number a measure gives; it decides how a value is read and which chart fits.
enum DataKind: String, Sendable, CaseIterable {
  /// So many of so many: 23 of 25 students.
  case share
  /// How many times something happened.
  case count
  /// Anything measured: minutes, points.
  case number

  var words: String {
    switch self {
    case .share: "A share: 23 of 25, or 92 %"
    case .count: "A count: how many times it happened"
    case .number: "A number: minutes, points, a mean"
    }
  }
}

/// How a bare number below 1 is meant where a share is taken: 0.25 is a quarter to one spreadsheet, and a quarter of a
/// percent to another.
enum ShareReading: String, Sendable, CaseIterable {
  case fraction, percent

  /// What `typed` is then, in words: "25 %", "0.25 %".
  func words(_ typed: String) -> String {
    (try? MeasuredValue(typed, as: .share, reading: self))?.words(.share) ?? typed
  }
}

/// One value as it was understood.
struct MeasuredValue: Sendable, Equatable {
  /// The value charted; shares as 0…1.
  let value: Double
  /// The count and what it is out of, where both were given.
  let count: Double?
  let size: Double?
  /// The numbers of a group of which the value is the mean; empty for a single one.
  let parts: [Double]

  init(_ value: Double, count: Double? = nil, size: Double? = nil, parts: [Double] = []) {
    self.value = value
    self.count = count
    self.size = size
    self.parts = parts
  }

  /// The mean of a group.
  init(of parts: [Double]) { self.init(parts.reduce(0, +) / Double(max(1, parts.count)), parts: parts) }

  /// Reads what a person types: "92%", "0,92", "0.92", "23/25", "23 of 25", "1,204".
  ///
  /// - Parameters:
  ///   - chart: the measure's chart: a u chart takes "7/230", an x̄ chart the numbers of a group.
  ///   - reading: how a bare number up to 1 is meant as a share; nil takes it for a fraction, and asks about 1.
  /// - Throws: `Refusal.invalid` naming `value`, with a sentence that says what to write instead.
  init(
    _ typed: String, as kind: DataKind, chart: ChartKind? = nil, reading: ShareReading? = nil
  ) throws(Refusal) {
    let text = Self.tidy(typed)
    guard !text.isEmpty else { throw Self.refusal("Write the value, such as \(Self.example(kind, chart)).") }
    guard text.count <= (chart == .mean ? 400 : 40) else {
      throw Self.refusal("One value only, such as \(Self.example(kind, chart)).")
    }
    switch kind {
    case .share: self = try Self.share(text, reading)
    case .count: self = chart == .rate ? try Self.rate(text) : try Self.count(text)
    case .number: self = chart == .mean ? try Self.group(text) : try Self.number(text)
    }
  }

  /// What may be typed, for a field's hint and for who typed something else.
  static func example(_ kind: DataKind, _ chart: ChartKind?) -> String {
    switch kind {
    case .share: "23/25 or 92%"
    case .count: chart == .rate ? "7/230: seven in 230" : "7"
    case .number: chart == .mean ? "12 14.5 11 9: the numbers of the group" : "12.5"
    }
  }

  private static func refusal(_ words: String) -> Refusal { .invalid(["value": words]) }

  private static func tidy(_ typed: String) -> String {
    typed.replacingOccurrences(of: "−", with: "-").replacingOccurrences(of: "\u{A0}", with: " ")
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// A decimal number with a point or a comma; nil for anything else, exponents and signs inside among it.
  private static func decimal(_ text: String) -> Double? {
    let plain = text.replacingOccurrences(of: ",", with: ".")
    guard plain.wholeMatch(of: /-?(?:[0-9]{1,12}(?:\.[0-9]{0,9})?|\.[0-9]{1,9})/) != nil else { return nil }
    return Double(plain.hasSuffix(".") ? String(plain.dropLast()) : plain)
  }

  // MARK: shares

  private static func share(_ text: String, _ reading: ShareReading?) throws(Refusal) -> Self {
    if let parts = text.wholeMatch(of: /([0-9.,]+)\s*(?:\/|of|out of)\s*([0-9.,]+)/.ignoresCase()) {
      return try counted(String(parts.output.1), of: String(parts.output.2))
    }
    if text.hasSuffix("%") {
      guard let percent = decimal(text.dropLast().trimmingCharacters(in: .whitespaces)) else { throw unreadable(text) }
      guard (0...100).contains(percent) else {
        throw refusal("A share lies between 0 % and 100 %; \(text) does not.")
      }
      return Self(percent / 100)
    }
    guard let number = decimal(text) else { throw unreadable(text) }
    if number < 0 { throw refusal("A share cannot be below 0.") }
    if number == 1, reading == nil { throw refusal("Is that 1 % or all of them? Write 1% or 100%.") }
    if number <= 1 { return Self(reading == .percent ? number / 100 : number) }
    guard number <= 100 else {
      let year = isYear(text) ? ": it looks like a year" : ""
      throw refusal("\(text) cannot be a share\(year). Write 23/25, 92% or 0.92.")
    }
    return Self(number / 100)
  }

  private static func counted(_ count: String, of size: String) throws(Refusal) -> Self {
    guard let x = Int(count), let n = Int(size), n <= 1_000_000 else {
      throw refusal("Write both as whole numbers: 23/25.")
    }
    guard n > 0 else { throw refusal("Nobody was counted: the number after “of” must be above 0.") }
    guard x <= n else { throw refusal("\(x) of \(n) cannot be: the first number is the part, the second the whole.") }
    return Self(Double(x) / Double(n), count: Double(x), size: Double(n))
  }

  // MARK: counts and numbers

  private static func count(_ text: String) throws(Refusal) -> Self {
    let isGrouped = text.wholeMatch(of: /[0-9]{1,3}(?:,[0-9]{3})+/) != nil
    let plain = isGrouped ? text.replacingOccurrences(of: ",", with: "") : text
    guard let number = decimal(plain) else { throw unreadable(text) }
    guard number >= 0 else { throw refusal("A count cannot be below 0.") }
    guard number == number.rounded(), number < 1e9 else {
      throw refusal("A count is a whole number; \(text) is not.")
    }
    if isYear(text) { throw year(text) }
    return Self(number)
  }

  private static func number(_ text: String) throws(Refusal) -> Self {
    if text.wholeMatch(of: /-?[1-9][0-9]{0,2}(?:,[0-9]{3})+/) != nil {
      let plain = text.replacingOccurrences(of: ",", with: "")
      let point = text.replacingOccurrences(of: ",", with: ".")
      throw refusal("Is that \(plain) or \(point)? Write it without the comma.")
    }
    guard let number = decimal(text), abs(number) < 1e9 else { throw unreadable(text) }
    if isYear(text) { throw year(text) }
    return Self(number)
  }

  /// How many happened in how much: 7 in 230 days, 12 on 9 buses.
  private static func rate(_ text: String) throws(Refusal) -> Self {
    guard let parts = text.wholeMatch(of: /([0-9]{1,9})\s*(?:\/|in|of)\s*([0-9.,]+)/.ignoresCase()),
      let x = Double(parts.output.1), let n = decimal(String(parts.output.2))
    else { throw refusal("Write how many, and in how much: 7/230.") }
    guard n > 0, n <= 1e9 else { throw refusal("What it is counted in must be above 0.") }
    return Self(x / n, count: x, size: n)
  }

  private static func group(_ text: String) throws(Refusal) -> Self {
    let words = text.split { $0.isWhitespace || $0 == ";" }.map(String.init)
    var parts: [Double] = []
    for word in words {
      guard let number = decimal(word), abs(number) < 1e9 else { throw unreadable(word) }
      parts.append(number)
    }
    guard (2...30).contains(parts.count) else {
      throw refusal("Write the numbers of the group, two to thirty, with spaces between: 12 14.5 11 9.")
    }
    return Self(of: parts)
  }

  private static func isYear(_ text: String) -> Bool {
    text.count == 4 && Int(text).map { (1900...2100).contains($0) } == true
  }

  private static func year(_ text: String) -> Refusal {
    refusal("\(text) looks like a year, not a value. If it is the value, write \(text).0.")
  }

  private static func unreadable(_ text: String) -> Refusal {
    refusal("“\(text.prefix(40))” is not a value. Write a number, such as 23/25, 92% or 7.")
  }
}

extension MeasuredValue {
  /// Whether what was typed may be meant in both ways.
  static func isTwofold(_ typed: String, as kind: DataKind) -> Bool {
    guard kind == .share, let number = decimal(tidy(typed)) else { return false }
    return number > 0 && number < 1
  }

  /// How it is meant, told by what was entered before; nil where that fits both ways or neither, and somebody must say.
  ///
  /// - Parameter earlier: the last values of the measure. A reading fits that lies within half the least of them and twice
  ///   the greatest.
  static func reading(of typed: String, among earlier: [Double]) -> ShareReading? {
    guard let least = earlier.min(), let most = earlier.max() else { return nil }
    let fitting = ShareReading.allCases.filter { reading in
      guard let value = try? MeasuredValue(typed, as: .share, reading: reading).value else { return false }
      return value >= least / 2 && value <= most * 2
    }
    return fitting.count == 1 ? fitting[0] : nil
  }

  /// As a person would write it: "23 of 25 (92 %)", "92 %", "7", "12.5".
  func words(_ kind: DataKind) -> String {
    if kind == .count, let count, let size {
      return "\(Self.plain(count)) in \(Self.plain(size)) (\(Self.plain((value * 1e4).rounded() / 1e4)))"
    }
    if !parts.isEmpty {
      return
        "\(Self.plain((value * 100).rounded() / 100)), the mean of \(parts.map(Self.plain).joined(separator: ", "))"
    }
    guard kind == .share else { return Self.plain(value) }
    // Tenths of a percent, and hundredths where it is less than one.
    let places = value < 0.01 ? 100.0 : 10
    let percent = "\(Self.plain((value * 100 * places).rounded() / places)) %"
    guard let count, let size else { return percent }
    return "\(Self.plain(count)) of \(Self.plain(size)) (\(percent))"
  }

  /// As it can be typed again.
  func typed(_ kind: DataKind) -> String {
    if !parts.isEmpty { return parts.map(Self.plain).joined(separator: " ") }
    if let count, let size { return "\(Self.plain(count))/\(Self.plain(size))" }
    if kind == .share { return "\(Self.plain(value * 100))%" }
    return value == value.rounded() && (1900...2100).contains(value) ? "\(Self.plain(value)).0" : Self.plain(value)
  }

  static func plain(_ value: Double) -> String {
    let rounded = (value * 1e9).rounded() / 1e9
    return rounded == rounded.rounded() && abs(rounded) < 1e15 ? String(Int(rounded)) : String(rounded)
  }
}
