import Markup

/// One of the answers that a form offers.
struct Option: Sendable, Equatable {
  let value: String
  let name: String
  /// A sentence that helps to choose; shown by `radios` and `checkboxes`.
  let note: String?

  init(_ value: String, _ name: String, note: String? = nil) {
    self.value = value
    self.name = name
    self.note = note
  }
}

/// A labelled drop-down list, for more than six answers; fewer are better as `radios`.
///
/// - Parameter prompt: the first, empty entry: "Choose a state". Nil when one answer is always chosen.
func choice(
  _ label: String, name: String, options: [Option], value: String = "", problems: Problems = [:], hint: String? = nil,
  prompt: String? = nil, required: Bool = true, id: String? = nil
) -> HTML {
  let frame = FieldFrame(label, name: name, problems: problems, hint: hint, required: required, id: id)
  return frame.html {
    select(.id(frame.id), .name(name), .when(required, .required), frame.invalid, frame.described) {
      if let prompt { option(.value("")) { prompt } }
      for each in options {
        option(.value(each.value), .when(each.value == value, .selected)) { each.name }
      }
    }
  }
}

/// One box to tick, with its own words. Posts `on`, or nothing.
func checkbox(
  _ label: String, name: String, isOn: Bool = false, problems: Problems = [:], hint: String? = nil,
  required: Bool = false, id: String? = nil
) -> HTML {
  let frame = FieldFrame(label, name: name, problems: problems, hint: hint, required: true, id: id)
  return div(.class(problems[name] == nil ? "field tick" : "field tick wrong")) {
    Markup.label {
      input(
        .id(frame.id), .name(name), .type("checkbox"), .when(isOn, .checked), .when(required, .required),
        frame.invalid, frame.described)
      span { label }
    }
    frame.notes
  }
}

/// A question with a few answers, of which one is chosen.
func radios(
  _ question: String, name: String, options: [Option], value: String = "", problems: Problems = [:],
  hint: String? = nil, required: Bool = true, id: String? = nil
) -> HTML {
  ChoiceGroup(question, name: name, problems: problems, hint: hint, required: required, id: id)
    .html(options, type: "radio", chosen: [value])
}

/// A question with a few answers, of which any number are chosen. Posts `name` once for each.
func checkboxes(
  _ question: String, name: String, options: [Option], values: [String] = [], problems: Problems = [:],
  hint: String? = nil, id: String? = nil
) -> HTML {
  ChoiceGroup(question, name: name, problems: problems, hint: hint, required: false, id: id)
    .html(options, type: "checkbox", chosen: values)
}

/// A fieldset of radio buttons or boxes. The first control bears the field's id, so a problem's link leads to it.
private struct ChoiceGroup {
  private let question: String
  private let name: String
  private let required: Bool
  private let isWrong: Bool
  private let frame: FieldFrame

  init(_ question: String, name: String, problems: Problems, hint: String?, required: Bool, id: String?) {
    self.question = question
    self.name = name
    self.required = required
    isWrong = problems[name] != nil
    frame = FieldFrame(question, name: name, problems: problems, hint: hint, required: required, id: id)
  }

  func html(_ options: [Option], type: String, chosen: [String]) -> HTML {
    fieldset(.class(isWrong ? "field wrong" : "field"), frame.described) {
      legend { question }
      frame.notes
      div(.class("options")) {
        for (index, each) in options.enumerated() {
          let id = index == 0 ? frame.id : "\(frame.id)-\(index + 1)"
          label {
            input(
              .id(id), .name(name), .type(type), .value(each.value), .when(chosen.contains(each.value), .checked),
              .when(required && type == "radio", .required), frame.invalid)
            span {
              each.name
              if let note = each.note { small { note } }
            }
          }
        }
      }
    }
  }
}
