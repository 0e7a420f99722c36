import Markup
import Statistics

/// The shape of a verdict in a line of text, named for a screen reader unless words stand beside it.
package func verdictGlyph(_ verdict: Verdict, isNamed: Bool = true) -> HTML {
  svg(
    .viewBox(24, 24), .class("glyph \(verdict.style)"),
    isNamed ? .role("img") : .aria(.hidden, "true"), .when(isNamed, .aria(.label, verdict.words))
  ) { verdictShape(verdict) }
}

/// The shape alone, in a square of 24: a filled circle with a tick, a half-filled circle, a rounded square of the same
/// weight with a bar, a dashed circle, a speech mark.
func verdictShape(_ verdict: Verdict) -> HTML {
  switch verdict {
  case .worked:
    circle(.cx(12), .cy(12), .r(9.5), .class("solid"))
      + path(.d("M7.6 12.4l3 3 5.8-6.2"), .class("cut"), .stroke(2.3), .init("stroke-linecap", "round"))
  case .mixed:
    circle(.cx(12), .cy(12), .r(8.5), .class("open"), .stroke(2))
      + path(.d("M12 3.5a8.5 8.5 0 0 1 0 17z"), .class("solid"))
  case .didNotWork:
    rect(.x(3.2), .y(3.2), .wide(17.6), .high(17.6), .rx(3.5), .class("solid"))
      + path(.d("M8 12h8"), .class("cut"), .stroke(2.5), .init("stroke-linecap", "round"))
  case .tooEarly:
    circle(.cx(12), .cy(12), .r(8.5), .class("open"), .stroke(2), .init("stroke-dasharray", "3.34 3.34"))
  case .experience:
    path(.d("M4 5h16v11h-8.5L7 20v-4H4z"), .class("open"), .stroke(2), .init("stroke-linejoin", "round"))
  }
}
