/// A value of a case's input together with its path, so that every refusal names the field.
///
/// Lists count from 1: the vi of the third study is `studies[3].vi`.
public struct CaseInput: Sendable {
  /// The path from the top, empty for the case itself.
  public let path: String
  public let value: CaseValue
  /// What has been asked for so far; nil where nobody looks.
  private let asked: AskedFields?

  public init(_ value: CaseValue, path: String = "", asked: AskedFields? = nil) {
    self.value = value
    self.path = path
    self.asked = asked
  }

  // MARK: What is there

  /// The named field when it is present and not null.
  public func optional(_ name: String) -> CaseInput? {
    asked?.add(name, at: path)
    guard let found = value[name], found != .null else { return nil }
    return CaseInput(found, path: path.isEmpty ? name : "\(path).\(name)", asked: asked)
  }

  /// The named field.
  /// - Throws: `StatisticsError.input` when it is missing or null, or when this is no object.
  public func field(_ name: String) throws -> CaseInput {
    guard case .object = value else { throw refusal("must be an object") }
    guard let found = optional(name) else {
      throw StatisticsError.input(field: path.isEmpty ? name : "\(path).\(name)", advice: "is missing\(typo(name))")
    }
    return found
  }

  /// A field that is there and looks like the missing one written wrongly: " (is it "studeis"?)".
  private func typo(_ name: String) -> String {
    guard case .object(let fields) = value, name.count > 3 else { return "" }
    let alike = fields.map(\.name).filter {
      $0.first?.lowercased() == name.first?.lowercased() && $0.filter(\.isNumber) == name.filter(\.isNumber)
    }
    guard let near = Nearest.name(to: name, among: alike) else { return "" }
    return " (is it \"\(near)\"?)"
  }

  /// The first of several names of one thing that is present: reference programs name columns differently.
  /// - Throws: `StatisticsError.input` that names the first when none is there.
  public func field(anyOf names: [String]) throws -> CaseInput {
    for name in names { if let found = optional(name) { return found } }
    return try field(names.first { !typo($0).isEmpty } ?? names[0])
  }

  /// Every field of this object, in the order written, nulls too.
  public func fields() throws -> [(name: String, input: CaseInput)] {
    guard case .object(let fields) = value else { throw refusal("must be an object") }
    return fields.map {
      ($0.name, CaseInput($0.value, path: path.isEmpty ? $0.name : "\(path).\($0.name)", asked: asked))
    }
  }

  /// Refuses numbers whose fourth powers, which variances need, have no place in a Double.
  func checkSizes() throws {
    switch value {
    case .number(let number):
      guard abs(number) <= 1e75 else { throw refusal("must be a number up to 1e75 in size") }
      guard number == 0 || abs(number) >= 1e-75 else { throw refusal("must be 0 or a number from 1e-75 in size") }
    case .list: for item in try list() { try item.checkSizes() }
    case .object: for field in try fields() { try field.input.checkSizes() }
    default: break
    }
  }

  // MARK: What it must be

  /// The items of this list, each with its position (from 1) in its path.
  public func list() throws -> [CaseInput] {
    guard case .list(let values) = value else { throw refusal("must be a list") }
    return values.enumerated().map { CaseInput($1, path: "\(path)[\($0 + 1)]", asked: asked) }
  }

  /// This value as a finite number; text is no number even when it looks like one.
  public func number() throws -> Double {
    switch value {
    case .number(let number): return number
    case .notFinite(let word): throw refusal("must be a number; \(word) is none")
    case .text(let text): throw refusal("must be a number; it is the text \"\(text.prefix(40))\"")
    case .null: throw refusal("must be a number; it is null")
    default: throw refusal("must be a number")
    }
  }

  /// A number above 0.
  public func positive() throws -> Double {
    let number = try number()
    guard number > 0 else { throw refusal("must be above 0") }
    return number
  }

  /// A number of 0 or more.
  public func nonNegative() throws -> Double {
    let number = try number()
    guard number >= 0 else { throw refusal("must not be below 0") }
    return number
  }

  /// A whole number within `range`.
  public func whole(_ range: ClosedRange<Int> = 0...Int(Int32.max)) throws -> Int {
    let number = try number()
    guard number == number.rounded(), abs(number) < 1e15 else { throw refusal("must be a whole number") }
    guard range.contains(Int(number)) else {
      throw refusal(
        range.upperBound == Int(Int32.max)
          ? "must be \(range.lowerBound) or more" : "must lie in \(range.lowerBound)…\(range.upperBound)")
    }
    return Int(number)
  }

  public func text() throws -> String {
    guard case .text(let text) = value else { throw refusal("must be text") }
    return text
  }

  public func flag() throws -> Bool {
    guard case .flag(let flag) = value else { throw refusal("must be true or false") }
    return flag
  }

  /// Numbers of a list, all finite.
  public func numbers() throws -> [Double] { try list().map { try $0.number() } }

  /// This field's refusal; `advice` reads on from its path: "must be above 0".
  public func refusal(_ advice: String) -> StatisticsError { .input(field: path, advice: advice) }
}

extension CaseInput {
  public func number(_ name: String) throws -> Double { try field(name).number() }
  public func text(_ name: String) throws -> String { try field(name).text() }
  public func list(_ name: String) throws -> [CaseInput] { try field(name).list() }
  public func numbers(_ name: String) throws -> [Double] { try field(name).numbers() }
}
