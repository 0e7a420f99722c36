/// About how wide a text is in a plain sans face, in units of the drawing: enough to keep labels apart. The reader's own
/// font decides in the end, so a tenth is added.
func textWidth(_ text: String, size: Double) -> Double {
  text.unicodeScalars.reduce(0) { $0 + emWidth($1) } * size * 1.06
}

/// Width of a character in parts of the font's size, after the usual proportions of a sans face.
private func emWidth(_ scalar: Unicode.Scalar) -> Double {
  switch scalar {
  case "i", "j", "l", "I", ".", ",", "'", "’", ":", ";", "|", "!": 0.27
  case " ", "f", "t", "r", "(", ")", "-", "/", "·": 0.35
  case "m", "w", "M", "W", "@", "%": 0.87
  case "A"..."Z", "–", "—", "→", "←", "+", "−", "=": 0.66
  case "a"..."z", "0"..."9": 0.56
  default: scalar.value > 0x2E80 ? 1 : 0.58
  }
}

/// The text in lines no wider than `width`, at most `most` of them; what does not fit ends in an ellipsis.
func wrapped(_ text: String, width: Double, size: Double, most: Int = 2) -> [String] {
  var lines: [String] = []
  var line = ""
  for word in text.split(separator: " ") {
    let longer = line.isEmpty ? String(word) : "\(line) \(word)"
    if line.isEmpty || textWidth(longer, size: size) <= width {
      line = longer
    } else {
      lines.append(line)
      line = String(word)
    }
  }
  lines.append(line)
  if lines.count > most { lines = Array(lines[..<(most - 1)]) + [lines[(most - 1)...].joined(separator: " ")] }
  return lines.map { shortened($0, width: width, size: size) }
}

private func shortened(_ text: String, width: Double, size: Double) -> String {
  guard textWidth(text, size: size) > width else { return text }
  var short = text
  while !short.isEmpty, textWidth(short + "…", size: size) > width { short.removeLast() }
  while short.last == " " { short.removeLast() }
  return short + "…"
}
