import Foundation

/// The numbers of one column as people and spreadsheets write them: "1,204", "12,5", "1.204,5", "12 %", "−3".
///
/// A comma may part thousands or decimals. The column says which: one cell that can only be read one way decides for all.
/// Where every cell could be either ("1,204"), a file whose cells are parted by semicolons means decimals, as the
/// spreadsheets that write such files do, and any other file means thousands.
struct ColumnNumbers {
  enum Comma: Sendable, Equatable { case thousands, decimal }

  private let comma: Comma
  /// Where commas part decimals, a point can only part thousands.
  private let pointsPartThousands: Bool

  init(_ texts: [String], hasSemicolons: Bool) {
    let all = texts.map { Self.bare($0).digits }
    let meanings = Set(all.compactMap(Self.meaning))
    let isDecimal = !meanings.contains(.thousands) && (meanings.contains(.decimal) || hasSemicolons)
    comma = isDecimal ? .decimal : .thousands
    pointsPartThousands = isDecimal && all.contains { $0.contains(",") }
  }

  /// Nil where the text is no number, or not one in the way of its column.
  func number(_ text: String) -> Double? {
    let (digits, isPercent) = Self.bare(text)
    let hasComma = digits.contains(",")
    if let own = Self.meaning(digits), own != comma { return nil }
    var plain = digits
    switch comma {
    case .thousands:
      if hasComma {
        guard digits.wholeMatch(of: /[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?/) != nil else { return nil }
      }
      plain = digits.replacing(",", with: "")
    case .decimal:
      if hasComma {
        guard digits.wholeMatch(of: /[+-]?([0-9]*|[0-9]{1,3}(\.[0-9]{3})+),[0-9]+/) != nil else { return nil }
      } else if pointsPartThousands {
        guard digits.wholeMatch(of: /[+-]?([0-9]+|[0-9]{1,3}(\.[0-9]{3})+)/) != nil else { return nil }
      }
      if pointsPartThousands { plain = digits.replacing(".", with: "").replacing(",", with: ".") }
    }
    guard plain.wholeMatch(of: /[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?/) != nil, let number = Double(plain),
      number.isFinite
    else { return nil }
    return isPercent ? number / 100 : number
  }

  /// Without a percent sign, and without the spaces that part thousands.
  private static func bare(_ text: String) -> (digits: String, isPercent: Bool) {
    let isPercent = text.hasSuffix("%")
    let digits = (isPercent ? String(text.dropLast()) : text).replacing("−", with: "-").filter {
      !["\u{A0}", "\u{202F}", "\u{2009}", " "].contains($0)
    }
    return (digits, isPercent)
  }

  /// What the comma of one cell must mean; nil where there is none, or where it could mean either.
  private static func meaning(_ digits: String) -> Comma? {
    guard let comma = digits.lastIndex(of: ",") else { return nil }
    if let point = digits.lastIndex(of: ".") { return point > comma ? .thousands : .decimal }
    if digits.count(where: { $0 == "," }) > 1 { return .thousands }
    return digits.wholeMatch(of: /[+-]?[1-9][0-9]{0,2},[0-9]{3}/) == nil ? .decimal : nil
  }
}
