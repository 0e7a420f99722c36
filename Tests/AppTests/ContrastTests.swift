import Foundation
import Testing

/// The colours of `Public/css/10-tokens.css` against WCAG 2.2: text 4.5 to 1 (1.4.3), shapes and borders 3 to 1 (1.4.11).
struct ContrastTests {
  @Test(arguments: ["light", "dark"])
  func everyTextCanBeReadOnEveryGround(_ theme: String) throws {
    let colors = try Palette(theme)
    for ground in ["paper", "raised", "wash"] {
      for ink in ["ink", "quiet", "spruce", "maple", "worked", "mixed", "didnot", "early"] {
        let ratio = try colors.contrast(ink, ground)
        #expect(ratio >= 4.5, "\(theme): \(ink) on \(ground) is \(ratio)")
      }
    }
    for (ink, ground) in [
      ("on-spruce", "spruce"), ("spruce", "spruce-soft"), ("ink", "spruce-soft"), ("ink", "maple-soft"),
      ("ink", "marked"), ("spruce", "raised"), ("quiet", "spruce-soft"),
    ] {
      let ratio = try colors.contrast(ink, ground)
      #expect(ratio >= 4.5, "\(theme): \(ink) on \(ground) is \(ratio)")
    }
  }

  @Test(arguments: ["light", "dark"])
  func bordersOfControlsAndTheFocusRingStandOut(_ theme: String) throws {
    let colors = try Palette(theme)
    for ground in ["paper", "raised", "wash"] {
      for shape in ["edge", "maple", "spruce"] {
        let ratio = try colors.contrast(shape, ground)
        #expect(ratio >= 3, "\(theme): \(shape) on \(ground) is \(ratio)")
      }
    }
  }

  /// The dark colours stand twice in the file: for the system's choice and for the person's own.
  @Test func bothWaysToTheDarkLeadToTheSameColours() throws {
    #expect(try Palette("dark") == Palette("system-dark"))
  }

  /// Worked values: black on white is 21; #767676 on white is 4.54 (W3C, Understanding SC 1.4.3).
  @Test func theRatioIsTheStandards() throws {
    #expect(abs(try #require(contrastRatio("#000", "#fff")) - 21) < 0.001)
    #expect(abs(try #require(contrastRatio("#767676", "#ffffff")) - 4.54) < 0.005)
  }
}

/// The colours of one theme, by the names of their custom properties without the dashes.
private struct Palette: Equatable {
  private let values: [String: String]

  init(_ theme: String) throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
    let css = try String(contentsOf: root.appending(path: "Public/css/10-tokens.css"), encoding: .utf8)
    let selector =
      switch theme {
      case "light": "  :root {"
      case "dark": ":root[data-theme=dark] {"
      default: ":root:not([data-theme=light]) {"
      }
    let start = try #require(css.range(of: selector)).upperBound
    let block = css[start...].prefix { $0 != "}" }
    let found = block.matches(of: /--([a-z-]+): (#[0-9a-f]{3,6});/)
    values = Dictionary(found.map { (String($0.output.1), String($0.output.2)) }) { first, _ in first }
  }

  func contrast(_ ink: String, _ ground: String) throws -> Double {
    let pair = (try #require(values[ink], "\(ink)"), try #require(values[ground], "\(ground)"))
    return try #require(contrastRatio(pair.0, pair.1))
  }
}

/// The contrast ratio of two colours, 1…21. Source: WCAG 2.2, "contrast ratio". Nil for a malformed colour.
private func contrastRatio(_ one: String, _ other: String) -> Double? {
  guard let first = luminance(one), let second = luminance(other) else { return nil }
  return (max(first, second) + 0.05) / (min(first, second) + 0.05)
}

/// Relative luminance of an sRGB colour, 0…1. Source: WCAG 2.2, "relative luminance".
private func luminance(_ hex: String) -> Double? {
  var digits = String(hex.dropFirst())
  if digits.count == 3 { digits = digits.map { "\($0)\($0)" }.joined() }
  guard digits.count == 6, let number = Int(digits, radix: 16) else { return nil }
  let channels = [number >> 16, number >> 8 & 255, number & 255].map { channel -> Double in
    let share = Double(channel) / 255
    return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
  }
  return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
}
