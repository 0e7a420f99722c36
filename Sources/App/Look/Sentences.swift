/// The first sentence of a text, and what follows it.
func sentences(_ text: String) -> (first: String, rest: String) {
  guard let end = text.firstRange(of: /[.!?] (?=[\p{Lu}0-9])/) else { return (text, "") }
  let first = text[..<end.upperBound].dropLast()
  return (String(first), String(text[end.upperBound...]))
}

/// A text cut before the word that would make it too long.
func shortened(_ text: String, to limit: Int) -> String {
  guard text.count > limit else { return text }
  let start = text.prefix(limit)
  return String(start[..<(start.lastIndex(of: " ") ?? start.endIndex)])
}
