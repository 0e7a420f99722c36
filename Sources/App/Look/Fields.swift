import Markup

/// What was wrong with a form: the field's name → what to do about it. The payload of `Refusal.invalid`.
typealias Problems = [String: String]

/// What a one-line field takes; it decides the keyboard of a phone and what the browser fills in.
enum FieldKind: String, Sendable {
  case text, email, url, tel, search, number
  /// A whole or decimal number typed as text: no spinner, no wheel that changes it by accident.
  case decimal
  /// A six-character code from a mail.
  case code
}

/// A labelled one-line field. It shows again what was typed, and its problem beside it.
///
/// - Parameters:
///   - name: the field's name in the posted form; also the key into `problems`.
///   - hint: one sentence under the label: what is meant, how it will be used.
///   - limit: the most characters that the server takes; they are counted down near the end, never cut.
///   - autocomplete: an HTML autofill token, such as `email` or `organization`.
///   - unit: words after the field, such as "students".
func field(
  _ label: String, name: String, value: String = "", problems: Problems = [:], hint: String? = nil,
  kind: FieldKind = .text, required: Bool = true, limit: Int? = nil, autocomplete: String? = nil, unit: String? = nil,
  id: String? = nil
) -> HTML {
  let frame = FieldFrame(label, name: name, problems: problems, hint: hint, required: required, id: id)
  return frame.html {
    let control = input(
      .id(frame.id), .name(name), .type(kind.inputType), .value(value), .when(required, .required),
      kind.inputMode.map { .inputmode($0) } ?? .when(false, .hidden),
      (autocomplete ?? kind.autocomplete).map { .autocomplete($0) } ?? .when(false, .hidden),
      limit.map { .data("data-limit", String($0)) } ?? .when(false, .hidden),
      .when(kind == .code, .class("code")), .when(kind == .code, .init("autocapitalize", "characters")),
      .when(kind == .code || kind == .url, .init("spellcheck", "false")), frame.invalid, frame.described)
    if let unit {
      span(.class("with-unit")) {
        control
        span { unit }
      }
    } else {
      control
    }
  }
}

/// A labelled field for a calendar date, `2026-01-02`; the browser shows it in the reader's own order.
func dateField(
  _ label: String, name: String, value: String = "", problems: Problems = [:], hint: String? = nil,
  required: Bool = true, earliest: CalendarDate? = nil, latest: CalendarDate? = nil, id: String? = nil
) -> HTML {
  let frame = FieldFrame(label, name: name, problems: problems, hint: hint, required: required, id: id)
  return frame.html {
    input(
      .id(frame.id), .name(name), .type("date"), .value(value), .when(required, .required),
      earliest.map { .init("min", $0.description) } ?? .when(false, .hidden),
      latest.map { .init("max", $0.description) } ?? .when(false, .hidden), frame.invalid, frame.described)
  }
}

/// A labelled field for a time of day, `20:00`.
func timeField(_ label: String, name: String, value: String = "", problems: Problems = [:], hint: String? = nil) -> HTML
{
  let frame = FieldFrame(label, name: name, problems: problems, hint: hint, required: true, id: nil)
  return frame.html {
    input(.id(frame.id), .name(name), .type("time"), .value(value), frame.invalid, frame.described)
  }
}

/// Where the words of a text area are kept while they are written.
///
/// The script posts `token`, `context`, `generation` and `text` to `/drafts` two seconds after typing stops. The server answers
/// - `200 {"generation": n}`: kept; `n` is greater than the one sent;
/// - `409 {"generation": m, "text": "…"}`: somebody (another window of the same person) kept `m` meanwhile; nothing was
///   overwritten.
/// An empty `text` clears the draft. A form that is posted carries `draft`, the context of each of its areas: the server
/// clears those drafts in the same transaction and raises their generations (from 0 to 1 where none was kept), so that the
/// browser knows that the words have arrived, and a window left open cannot bring them back.
struct DraftHook: Sendable, Equatable {
  /// What is being written, such as `reply:THREAD` or `idea:new`; unique per person.
  let context: String
  /// The generation that the page was made from; 0 when nothing was ever kept.
  let generation: Int
}

/// A labelled text area. Pass the kept draft as `value` and its generation in `draft`.
///
/// - Parameters:
///   - markdown: offers a preview (POST /preview) and completes @names; says which marks may be used.
///   - calls: whether those named in it are told.
///   - outline: what a line is called by its depth, where Tab moves lines in and out.
///   - rows: its height at first; it grows with the words where the browser can.
func textArea(
  _ label: String, name: String, value: String = "", problems: Problems = [:], hint: String? = nil,
  required: Bool = true, rows: Int = 4, limit: Int? = nil, markdown: Bool = false,
  calls: Bool = false, outline: [String] = [], draft: DraftHook? = nil, id: String? = nil
) -> HTML {
  let frame = FieldFrame(label, name: name, problems: problems, hint: hint, required: required, id: id)
  return frame.html {
    textarea(
      .id(frame.id), .name(name), .rows(rows), .when(required, .required),
      limit.map { .data("data-limit", String($0)) } ?? .when(false, .hidden),
      .when(markdown, .data("data-markdown", calls ? "calls" : "")),
      .when(!outline.isEmpty, .data("data-outline", outline.joined(separator: "|"))),
      draft.map { .data("data-draft", $0.context) } ?? .when(false, .hidden),
      draft.map { .data("data-generation", String($0.generation)) } ?? .when(false, .hidden), frame.invalid,
      frame.described
    ) { "\n" + value }
    if let draft { input(.type("hidden"), .name("draft"), .value(draft.context)) }
    if markdown {
      p(.class("marks")) {
        "**bold**, *italic*, lists, tables, > quotes and [links](https://…) are understood\(calls ? "; @name calls somebody" : "")."
      }
    }
  }
}

/// What every field has around its control: label, hint, problem, and the ids that join them.
struct FieldFrame {
  let id: String
  private let label: String
  private let hint: String?
  private let problem: String?
  private let required: Bool

  init(_ label: String, name: String, problems: Problems, hint: String?, required: Bool, id: String?) {
    self.id = id ?? fieldID(name)
    self.label = label
    self.hint = hint
    self.required = required
    problem = problems[name]
  }

  func html(@HTMLBuilder control: Content) -> HTML {
    div(.class(problem == nil ? "field" : "field wrong")) {
      Markup.label(.for(id)) {
        label
        if !required { span(.class("optional")) { " (optional)" } }
      }
      notes
      control()
    }
  }

  /// Hint and problem, each with the id that `described` names.
  @HTMLBuilder var notes: HTML {
    if let hint { p(.class("hint"), .id("\(id)-hint")) { hint } }
    if let problem { p(.class("problem"), .id("\(id)-problem")) { problem } }
  }

  var invalid: Attribute { .when(problem != nil, .aria(.invalid, "true")) }

  var described: Attribute {
    let ids = [hint.map { _ in "\(id)-hint" }, problem.map { _ in "\(id)-problem" }].compactMap(\.self)
    return .when(!ids.isEmpty, .aria(.describedby, ids.joined(separator: " ")))
  }
}

/// The id of a field's control: where the summary of problems leads to.
func fieldID(_ name: String) -> String { "field-\(name)" }

extension FieldKind {
  fileprivate var inputType: String {
    switch self {
    case .decimal, .code, .number: "text"
    default: rawValue
    }
  }

  fileprivate var inputMode: String? {
    switch self {
    case .number: "numeric"
    case .decimal: "decimal"
    default: nil
    }
  }

  fileprivate var autocomplete: String? {
    switch self {
    case .code: "one-time-code"
    case .email: "email"
    default: nil
    }
  }
}
