/// Line numbers of a file, kept as ranges: a national file skips tens of thousands in a row.
package struct LineList: Sendable, Equatable {
  private(set) var ranges: [ClosedRange<Int>] = []
  package private(set) var count = 0

  package init() {}

  /// Lines come in rising order, or nearly so; one that is out of order begins a range of its own.
  package mutating func add(_ line: Int) {
    count += 1
    if let last = ranges.last, line == last.upperBound + 1 {
      ranges[ranges.count - 1] = last.lowerBound...line
    } else {
      ranges.append(line...line)
    }
  }

  /// "2–40, 52, 60–61 and 12 more": the first `limit` ranges.
  package func words(limit: Int = 8) -> String {
    let shown = ranges.prefix(limit).map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound)" }
    let rest = ranges.dropFirst(limit).reduce(0) { $0 + $1.count }
    return shown.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }
}
