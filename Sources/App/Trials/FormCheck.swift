import Foundation

/// Collects what is wrong with a form, field by field, in words that say what to do.
///
/// Every text that passes is also looked through for student records.
struct FormCheck {
  private(set) var problems: [String: String] = [:]

  /// The first problem of a field stands; later ones would only add noise.
  subscript(_ name: String) -> String? {
    get { problems[name] }
    set { if problems[name] == nil { problems[name] = newValue } }
  }

  /// - Throws: `Refusal.invalid` when anything was wrong.
  func finish() throws(Refusal) {
    guard problems.isEmpty else { throw .invalid(problems) }
  }

  /// A text that must be there, with its length in characters.
  mutating func words(_ name: String, _ text: String, _ length: ClosedRange<Int>, _ advice: String) {
    if text.isEmpty {
      self[name] = advice
    } else if text.count < length.lowerBound {
      self[name] = "\(advice) A little more than this: at least \(length.lowerBound) characters."
    } else {
      optionalWords(name, text, limit: length.upperBound)
    }
  }

  mutating func optionalWords(_ name: String, _ text: String, limit: Int) {
    if text.count > limit {
      self[name] = "Shorten it to \(grouped(limit)) characters; it has \(grouped(text.count))."
    } else if let problem = RosterGuard.problem(in: text) {
      self[name] = problem
    }
  }

  /// One item a line, at most twelve of at most 200 characters; list marks in front are taken off.
  mutating func list(_ name: String, _ text: String) -> [String] {
    let items = text.split(separator: "\n").map { line in
      String(line.drop { "-*•– \t".contains($0) }).trimmingCharacters(in: .whitespaces)
    }.filter { !$0.isEmpty }
    if items.count > 12 { self[name] = "At most twelve lines; there are \(items.count)." }
    if items.contains(where: { $0.count > 200 }) { self[name] = "Keep each line under 200 characters." }
    if let problem = RosterGuard.problem(in: text) { self[name] = problem }
    return items
  }

  mutating func choice<Value>(_ name: String, _ value: Value?, _ advice: String) -> Value? {
    if value == nil { self[name] = advice }
    return value
  }

  mutating func date(_ name: String, _ typed: String, _ advice: String) -> CalendarDate? {
    if let date = CalendarDate(typed) { return date }
    self[name] = typed.isEmpty ? advice : "Write the date as year-month-day, such as 2026-11-24."
    return nil
  }

  /// A decimal number; a comma is read as a point. Nil with a problem noted, or where it may be left empty.
  mutating func number(
    _ name: String, _ typed: String, in range: ClosedRange<Double>, required: Bool = true, _ advice: String
  ) -> Double? {
    if typed.isEmpty {
      if required { self[name] = advice }
      return nil
    }
    let bare = typed.hasSuffix("%") ? String(typed.dropLast()).trimmed : typed
    let plain = bare.replacingOccurrences(of: "−", with: "-").replacingOccurrences(of: ",", with: ".")
    guard let value = Double(plain), value.isFinite, range.contains(value) else {
      self[name] = advice
      return nil
    }
    return value
  }

  mutating func count(
    _ name: String, _ typed: String, in range: ClosedRange<Int>, required: Bool = true, _ advice: String
  ) -> Int? {
    let digits = typed.filter { $0 != "," && $0 != " " }
    if digits.isEmpty {
      if required { self[name] = advice }
      return nil
    }
    guard let value = Int(digits), range.contains(value) else {
      self[name] = advice
      return nil
    }
    return value
  }
}
