/// What was taken out of a text and what was put in, word by word.
enum WordDifference {
  enum Piece: Sendable, Equatable {
    case same(String)
    case removed(String)
    case added(String)
  }

  /// The longest texts, in words, that are compared word by word; longer ones are compared line by line, and beyond as many
  /// lines shown as replaced. Bounds the work to `limit`² steps.
  static let limit = 1500

  /// Pieces in reading order; joined without the added ones they are `old`, without the removed ones `new`.
  static func pieces(from old: String, to new: String) -> [Piece] {
    if old == new { return old.isEmpty ? [] : [.same(old)] }
    for split in [words, lines] {
      let (a, b) = (split(old), split(new))
      if a.count <= limit, b.count <= limit { return joined(steps(a, b)) }
    }
    return [.removed(old), .added(new)].filter { $0 != .removed("") && $0 != .added("") }
  }

  /// Words, each with the blanks that follow it.
  private static func words(_ text: String) -> [Substring] {
    var words: [Substring] = []
    var start = text.startIndex
    var inBlank = false
    for index in text.indices {
      let isBlank = text[index].isWhitespace
      if inBlank && !isBlank {
        words.append(text[start..<index])
        start = index
      }
      inBlank = isBlank
    }
    if start < text.endIndex { words.append(text[start...]) }
    return words
  }

  private static func lines(_ text: String) -> [Substring] {
    var lines: [Substring] = []
    var start = text.startIndex
    for index in text.indices where text[index].isNewline {
      let end = text.index(after: index)
      lines.append(text[start..<end])
      start = end
    }
    if start < text.endIndex { lines.append(text[start...]) }
    return lines
  }

  /// The shortest way from `a` to `b` by longest common subsequence, what is common at both ends set aside first.
  private static func steps(_ a: [Substring], _ b: [Substring]) -> [Piece] {
    let head = zip(a, b).prefix { $0 == $1 }.count
    let tail = zip(a[head...].reversed(), b[head...].reversed()).prefix { $0 == $1 }.count
    let (x, y) = (Array(a[head..<(a.count - tail)]), Array(b[head..<(b.count - tail)]))
    return a[..<head].map { .same(String($0)) } + middle(x, y) + a[(a.count - tail)...].map { .same(String($0)) }
  }

  private static func middle(_ x: [Substring], _ y: [Substring]) -> [Piece] {
    let width = y.count + 1
    var common = [UInt16](repeating: 0, count: (x.count + 1) * width)
    for i in stride(from: x.count - 1, through: 0, by: -1) {
      for j in stride(from: y.count - 1, through: 0, by: -1) {
        common[i * width + j] =
          x[i] == y[j]
          ? common[(i + 1) * width + j + 1] + 1 : max(common[(i + 1) * width + j], common[i * width + j + 1])
      }
    }
    var pieces: [Piece] = []
    var (i, j) = (0, 0)
    while i < x.count || j < y.count {
      if i < x.count, j < y.count, x[i] == y[j] {
        pieces.append(.same(String(x[i])))
        (i, j) = (i + 1, j + 1)
      } else if j == y.count || (i < x.count && common[(i + 1) * width + j] >= common[i * width + j + 1]) {
        pieces.append(.removed(String(x[i])))
        i += 1
      } else {
        pieces.append(.added(String(y[j])))
        j += 1
      }
    }
    return pieces
  }

  /// Neighbours of one kind become one piece.
  private static func joined(_ pieces: [Piece]) -> [Piece] {
    var joined: [Piece] = []
    for piece in pieces {
      switch (joined.last, piece) {
      case (.same(let before)?, .same(let text)): joined[joined.count - 1] = .same(before + text)
      case (.removed(let before)?, .removed(let text)): joined[joined.count - 1] = .removed(before + text)
      case (.added(let before)?, .added(let text)): joined[joined.count - 1] = .added(before + text)
      default: joined.append(piece)
      }
    }
    return joined
  }
}
