/// Orders text as people do where numbers stand in it: S2 before S10. The same in every language setting.
struct NaturalOrder: Comparable {
  let text: String

  init(_ text: String) { self.text = text }

  static func < (left: NaturalOrder, right: NaturalOrder) -> Bool {
    let (a, b) = (left.parts, right.parts)
    for (one, other) in zip(a, b) where one != other {
      if let number = Int(one), let another = Int(other), number != another { return number < another }
      return one < other
    }
    return a.count == b.count ? left.text < right.text : a.count < b.count
  }

  /// Runs of digits and runs of anything else, in turn.
  private var parts: [String] {
    var parts: [String] = []
    var inDigits = false
    for scalar in text.unicodeScalars {
      let isDigit = ("0"..."9").contains(scalar)
      if parts.isEmpty || isDigit != inDigits { parts.append("") }
      inDigits = isDigit
      parts[parts.count - 1].unicodeScalars.append(scalar)
    }
    return parts
  }
}
