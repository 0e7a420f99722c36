import Markup

/// The way up from here: `crumbs([("Ideas", "/ideas"), ("Advisory", "/ideas?topic=advisory")])`.
func crumbs(_ steps: [(name: String, path: String)]) -> HTML {
  nav(.class("crumbs"), .aria(.label, "Where this is")) {
    ol {
      for step in steps { li { a(.href(step.path)) { step.name } } }
    }
  }
}

/// Who, where and when, parted by dots. Empty parts are left out.
func byline(_ parts: [HTML]) -> HTML {
  p(.class("byline")) {
    for (index, part) in parts.filter({ !$0.isEmpty }).enumerated() {
      if index > 0 { " · " }
      part
    }
  }
}

func byline(_ parts: String...) -> HTML { byline(parts.map { HTML(text: $0) }) }

/// Terms with what holds for them.
func facts(_ pairs: [(term: String, value: HTML)]) -> HTML {
  dl(.class("facts")) {
    for pair in pairs {
      div {
        dt { pair.term }
        dd { pair.value }
      }
    }
  }
}

func facts(_ pairs: [(term: String, value: String)]) -> HTML {
  facts(pairs.map { (term: $0.term, value: HTML(text: $0.value)) })
}

/// A few words that mark a thing: its state, its kind, why it is shown.
func tag(_ words: String) -> HTML { span(.class("tag")) { words } }

/// A sentence that stands back.
func quiet(_ words: String) -> HTML { p(.class("quiet")) { words } }

/// The sentence under a title.
func lede(_ words: String) -> HTML { p(.class("lede")) { words } }

/// A moment: near ones as "12 min ago", far ones as the date; date and hour show on hover.
func timeTag(_ instant: Instant, _ viewer: Viewer) -> HTML {
  let (day, clock) = viewer.zone.dayAndClock(of: instant)
  let spoken = day.spoken
  return time(.init("datetime", instant.iso8601), .init("title", "\(spoken), \(clock)")) {
    viewer.zone.ago(instant, now: viewer.now, day: spoken)
  }
}

/// A day: "Tue 24 Nov 2026".
func dateTag(_ date: CalendarDate) -> HTML { time(.init("datetime", date.description)) { date.spoken } }

/// What a person wrote, as sanitised HTML, set for reading.
func markdownBody(_ sanitized: HTML) -> HTML { div(.class("prose written")) { sanitized } }

/// "1 school", "2 schools", "1,204 schools".
func counted(_ number: Int, _ one: String, _ many: String? = nil) -> String {
  number == 1 ? "1 \(one)" : "\(grouped(number)) \(many ?? one + "s")"
}

/// A whole number with commas between thousands: "60,000".
func grouped(_ number: Int) -> String {
  var digits = String(number.magnitude)
  var place = digits.count - 3
  while place > 0 {
    digits.insert(",", at: digits.index(digits.startIndex, offsetBy: place))
    place -= 3
  }
  return (number < 0 ? "−" : "") + digits
}

extension Instant {
  /// "2026-11-24T19:05:00Z".
  var iso8601: String {
    let second = Int((Double(milliseconds) / 1000).rounded(.down))
    let day = Int((Double(second) / 86_400).rounded(.down))
    let rest = second - day * 86_400
    return "\(CalendarDate(dayNumber: day))T\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
  }
}
