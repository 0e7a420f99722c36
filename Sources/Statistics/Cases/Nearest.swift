/// What somebody may have meant by a name that is unknown.
enum Nearest {
  /// The known name nearest to `name`: alike but for case and signs, or at most two letters away (one for short names);
  /// nil when none is.
  static func name(to name: String, among known: [String]) -> String? {
    let wanted = plain(name)
    let near = known.map { (name: $0, distance: distance(wanted, plain($0))) }.min { $0.distance < $1.distance }
    guard let near, near.distance <= (wanted.count <= 4 ? 1 : 2), near.distance < wanted.count else { return nil }
    return near.name
  }

  /// Advice for a value that must be one of `known`: `must be one of p, u, g; "gee" is none (did you mean "g"?)`.
  static func unknown(_ value: String, _ known: [String]) -> String {
    let shown = value.prefix(40)
    let all = "must be one of " + known.joined(separator: ", ")
    guard let near = name(to: value, among: known) else { return "\(all); \"\(shown)\" is none" }
    return "\(all); \"\(shown)\" is none (did you mean \"\(near)\"?)"
  }

  private static func plain(_ name: String) -> [Character] {
    name.prefix(40).lowercased().filter { $0.isLetter || $0.isNumber }
  }

  /// Letters to insert, remove, change or swap with their neighbour (Damerau 1964).
  static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var rows = [Array(0...b.count)]
    for (i, one) in a.enumerated() {
      var row = [i + 1]
      for (j, other) in b.enumerated() {
        var least = min(rows[i][j] + (one == other ? 0 : 1), rows[i][j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, one == b[j - 1], a[i - 1] == other { least = min(least, rows[i - 1][j - 1] + 1) }
        row.append(least)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }
}
