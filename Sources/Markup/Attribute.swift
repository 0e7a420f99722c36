/// One attribute of an element. Names are literals of the program; values are escaped.
public struct Attribute: Sendable {
  let name: StaticString
  let value: String?

  /// `value` nil writes a bare attribute, such as `required`.
  public init(_ name: StaticString, _ value: String? = nil) {
    self.name = name
    self.value = value
  }

  /// `attribute` where `condition` holds, else nothing at all.
  public static func when(_ condition: Bool, _ attribute: Attribute) -> Self { condition ? attribute : .init("") }

  var isNothing: Bool { name.utf8CodeUnitCount == 0 }
}

extension Attribute {
  public static func action(_ value: String) -> Self { .init("action", safe(value)) }
  public static func alt(_ value: String) -> Self { .init("alt", value) }
  /// `aria("label", "…")` writes `aria-label`.
  public static func aria(_ name: AriaName, _ value: String) -> Self { .init(name.attribute, value) }
  public static func autocomplete(_ value: String) -> Self { .init("autocomplete", value) }
  public static func `class`(_ value: String) -> Self { value.isEmpty ? .init("") : .init("class", value) }
  public static func content(_ value: String) -> Self { .init("content", value) }
  public static func data(_ name: StaticString, _ value: String) -> Self { .init(name, value) }
  public static func `for`(_ value: String) -> Self { .init("for", value) }
  /// A link's target. Anything but http, https, mailto, webcal or a path of this site becomes `#`.
  public static func href(_ value: String) -> Self { .init("href", safe(value)) }
  public static func id(_ value: String) -> Self { .init("id", value) }
  public static func inputmode(_ value: String) -> Self { .init("inputmode", value) }
  public static func lang(_ value: String) -> Self { .init("lang", value) }
  public static func maxlength(_ value: Int) -> Self { .init("maxlength", String(value)) }
  public static func method(_ value: String) -> Self { .init("method", value) }
  public static func name(_ value: String) -> Self { .init("name", value) }
  public static func placeholder(_ value: String) -> Self { .init("placeholder", value) }
  public static func rel(_ value: String) -> Self { .init("rel", value) }
  public static func role(_ value: String) -> Self { .init("role", value) }
  public static func rows(_ value: Int) -> Self { .init("rows", String(value)) }
  public static func scope(_ value: String) -> Self { .init("scope", value) }
  public static func src(_ value: String) -> Self { .init("src", safe(value)) }
  public static func tabindex(_ value: Int) -> Self { .init("tabindex", String(value)) }
  public static func type(_ value: String) -> Self { .init("type", value) }
  public static func value(_ value: String) -> Self { .init("value", value) }
  public static var checked: Self { .init("checked") }
  public static var disabled: Self { .init("disabled") }
  public static var hidden: Self { .init("hidden") }
  public static var required: Self { .init("required") }
  public static var selected: Self { .init("selected") }

  /// Browsers run `javascript:` and open `data:` from a link, so a scheme must be one of these.
  private static func safe(_ url: String) -> String {
    // A path of this site, which most links are.
    if url.utf8.first == UInt8(ascii: "/") { return url }
    let head = url.prefix { !"/?#".contains($0) }
    guard let colon = head.firstIndex(of: ":") else { return url }
    return ["http", "https", "mailto", "webcal"].contains(head[..<colon].lowercased()) ? url : "#"
  }
}

/// The ARIA attributes in use (WAI-ARIA 1.2, section 6).
public enum AriaName: Sendable {
  case controls, current, describedby, expanded, hidden, invalid, label, labelledby, live, pressed, sort

  var attribute: StaticString {
    switch self {
    case .controls: "aria-controls"
    case .current: "aria-current"
    case .describedby: "aria-describedby"
    case .expanded: "aria-expanded"
    case .hidden: "aria-hidden"
    case .invalid: "aria-invalid"
    case .label: "aria-label"
    case .labelledby: "aria-labelledby"
    case .live: "aria-live"
    case .pressed: "aria-pressed"
    case .sort: "aria-sort"
    }
  }
}
