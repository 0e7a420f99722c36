import Markup
import Statistics

/// One trial in a verdict strip.
package struct StripMark: Sendable, Equatable {
  package let verdict: Verdict
  /// Who tried it: "Kettle Cove Regional".
  package let name: String
  package let link: String?

  package init(_ verdict: Verdict, name: String, link: String? = nil) {
    self.verdict = verdict
    self.name = name
    self.link = link
  }
}

/// All trials of an idea at one glance, those that did not work as large as those that did, then the counts in words.
///
/// Up to `mostMarks` trials have a mark each; more share marks, and the strip says how many trials a mark stands for.
package func verdictStrip(_ marks: [StripMark], unreported: Int = 0) -> HTML {
  let groups = Verdict.inOrder.map { verdict in (verdict, marks.filter { $0.verdict == verdict }) }
    .filter { !$0.1.isEmpty }
  let share = trialsPerMark(groups.map(\.1.count))
  return HTML {
    if !groups.isEmpty {
      ul(.class("strip"), .aria(.label, "Trials by verdict")) {
        for (verdict, group) in groups {
          if share == 1 { group.map(oneMark) } else { sharedMark(verdict, of: group.count, share: share) }
        }
      }
    }
    p(.class("key")) {
      for (verdict, group) in groups {
        span(.class(verdict.style)) { strong { "\(grouped(group.count)) \(verdict.words)" } }
        " "
      }
      if unreported > 0 { span(.class("quiet")) { unreportedWords(unreported, afterOthers: !groups.isEmpty) } }
      if share > 1 { span(.class("quiet")) { "Each mark stands for about \(share) trials." } }
    }
  }
}

/// The most marks that a strip draws.
let mostMarks = 72

/// How many trials one mark stands for: the least number that keeps the strip within `mostMarks`.
func trialsPerMark(_ counts: [Int]) -> Int {
  var share = 1
  while counts.reduce(0, { $0 + max(1, ($1 + share / 2) / share) }) > mostMarks { share += 1 }
  return share
}

/// "3 more were started and never reported".
func unreportedWords(_ count: Int, afterOthers: Bool) -> String {
  "\(grouped(count)) \(afterOthers ? "more " : "")\(count == 1 ? "was" : "were") started and never reported"
}

private func oneMark(_ mark: StripMark) -> HTML {
  li {
    if let link = mark.link {
      a(.href(link), .aria(.label, "\(mark.name): \(mark.verdict.words)")) {
        verdictGlyph(mark.verdict, isNamed: false)
      }
    } else {
      svg(
        .viewBox(24, 24), .class("glyph \(mark.verdict.style)"), .role("img"),
        .aria(.label, "\(mark.name): \(mark.verdict.words)")
      ) { verdictShape(mark.verdict) }
    }
  }
}

private func sharedMark(_ verdict: Verdict, of count: Int, share: Int) -> HTML {
  HTML {
    for place in 0..<max(1, (count + share / 2) / share) {
      if place == 0 {
        li {
          svg(
            .viewBox(24, 24), .class("glyph \(verdict.style)"), .role("img"),
            .aria(.label, "\(grouped(count)) \(verdict.words)")
          ) { verdictShape(verdict) }
        }
      } else {
        li(.aria(.hidden, "true")) { verdictGlyph(verdict, isNamed: false) }
      }
    }
  }
}
