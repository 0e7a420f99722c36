/// A JSON value whose objects keep the order of their fields, so that answers read like the reference cases
/// and so that the nesting of levels can follow the order in which they are named.
public enum CaseValue: Equatable, Sendable {
  case object([Field])
  case list([CaseValue])
  case text(String)
  case number(Double)
  /// `NaN`, `Infinity` or a number beyond the range of Double, kept as written. JSON has no such thing, some
  /// programs write it; it is read so that the error can name the field.
  case notFinite(String)
  case flag(Bool)
  case null

  /// One named value of an object.
  public struct Field: Equatable, Sendable {
    public let name: String
    public let value: CaseValue

    public init(_ name: String, _ value: CaseValue) {
      self.name = name
      self.value = value
    }
  }

  /// A number, or null when it is undefined (nil, NaN or infinite): an answer never holds NaN or infinity.
  public static func figure(_ value: Double?) -> CaseValue {
    guard let value, value.isFinite else { return .null }
    return .number(value)
  }

  /// A list of numbers, each null where undefined.
  public static func figures(_ values: [Double]) -> CaseValue { .list(values.map { figure($0) }) }

  /// A whole number.
  public static func whole(_ value: Int) -> CaseValue { .number(Double(value)) }

  /// The named field of an object; nil when this is no object or has no such field.
  public subscript(name: String) -> CaseValue? {
    guard case .object(let fields) = self else { return nil }
    return fields.last { $0.name == name }?.value
  }
}

extension CaseValue: ExpressibleByDictionaryLiteral {
  /// An object, its fields in the order written.
  public init(dictionaryLiteral fields: (String, CaseValue)...) {
    self = .object(fields.map { Field($0.0, $0.1) })
  }
}

extension CaseValue: ExpressibleByArrayLiteral {
  public init(arrayLiteral values: CaseValue...) { self = .list(values) }
}
