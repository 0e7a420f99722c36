import Foundation

extension CaseValue {
  /// This value as JSON in UTF-8, fields in their order, indented by two spaces. Numbers have the fewest digits
  /// that read back to the same Double. What is not finite is written as null.
  public func json() -> Data {
    var text = ""
    write(to: &text, indent: 0)
    return Data((text + "\n").utf8)
  }

  private func write(to text: inout String, indent: Int) {
    switch self {
    case .object(let fields):
      Self.write(fields.map { (Self.quoted($0.name) + ": ", $0.value) }, between: ("{", "}"), to: &text, indent: indent)
    case .list(let values):
      Self.write(values.map { ("", $0) }, between: ("[", "]"), to: &text, indent: indent)
    case .text(let value): text += Self.quoted(value)
    case .number(let value): text += Self.digits(value)
    case .flag(let value): text += value ? "true" : "false"
    case .null, .notFinite: text += "null"
    }
  }

  private static func write(
    _ parts: [(String, CaseValue)], between ends: (String, String), to text: inout String, indent: Int
  ) {
    guard !parts.isEmpty else { return text += ends.0 + ends.1 }
    let margin = "\n" + String(repeating: "  ", count: indent + 1)
    text += ends.0
    for (index, part) in parts.enumerated() {
      text += (index == 0 ? "" : ",") + margin + part.0
      part.1.write(to: &text, indent: indent + 1)
    }
    text += "\n" + String(repeating: "  ", count: indent) + ends.1
  }

  private static func digits(_ value: Double) -> String {
    guard value.isFinite else { return "null" }
    if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
    return "\(value)"
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case let control where control.value < 0x20: quoted += "\\u" + hex(control.value)
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  private static func hex(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }
}
