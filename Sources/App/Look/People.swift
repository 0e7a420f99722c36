import Markup

/// A person in a list: initials, name, and one line of why they stand here.
func personChip(_ name: String, _ path: String, note: String? = nil) -> HTML {
  div(.class("person")) {
    initialsDisc(name)
    p {
      a(.href(path)) { name }
      if let note { span(.class("quiet")) { note } }
    }
  }
}

/// A school in a list: name, and what kind of school it is ("Rural, 410 students, grades 9–12 · Maine").
func schoolLine(_ name: String, _ path: String, about: String? = nil, isMember: Bool = false) -> HTML {
  p(.class("school")) {
    a(.href(path)) { name }
    if isMember { tag("member") }
    if let about { span(.class("quiet")) { about } }
  }
}

/// Two letters that stand for a face; said by the name beside it, so hidden from screen readers.
func initialsDisc(_ name: String) -> HTML {
  i(.class("initials"), .aria(.hidden, "true")) { initials(name) }
}

/// First letters of the first and the last word: "Ruth Ouellette" → "RO"; one word gives one letter.
func initials(_ name: String) -> String {
  let bytes = name.utf8
  // Names without accents need none of Unicode's rules for letters.
  if bytes.allSatisfy({ $0 < 0x80 }) {
    let firsts = bytes.split(separator: UInt8(ascii: " ")).compactMap(\.first)
    let ends = firsts.count > 1 ? [firsts[0], firsts[firsts.count - 1]] : firsts
    return String(decoding: ends.map { (0x61...0x7A).contains($0) ? $0 - 0x20 : $0 }, as: UTF8.self)
  }
  let words = name.split(separator: " ")
  let ends = words.count > 1 ? [words[0], words[words.count - 1]] : Array(words.prefix(1))
  return ends.compactMap(\.first).map { String($0).uppercased() }.joined()
}
