import Foundation

/// One thing by which schools are called alike: size, share of pupils in need, kind of school.
///
/// A feature is never the outcome that the peers will be compared on; `PeerSearch` refuses that.
public struct Feature: Sendable, Equatable {
  /// How two values of a feature are compared.
  public enum Scale: Sendable, Equatable {
    /// By their difference in standard deviations (n − 1) over all schools of the search.
    case number
    /// By the difference of their natural logarithms in standard deviations: twice as big counts the same everywhere.
    /// Sizes belong here. Values must be above 0.
    case logarithm
    /// Same or different, as kind and locale are. A different category counts like one standard deviation.
    case category
  }

  public let name: String
  public let scale: Scale
  /// What the squared gap is multiplied by, above 0; 1 unless somebody chose otherwise.
  public let weight: Double

  public init(_ name: String, scale: Scale = .number, weight: Double = 1) {
    self.name = name
    self.scale = scale
    self.weight = weight
  }

  /// The value on the scale on which gaps are measured.
  func scaled(_ value: Double) -> Double { scale == .logarithm ? log(value) : value }

  /// Back from that scale to the feature's own unit.
  func unscaled(_ value: Double) -> Double { scale == .logarithm ? exp(value) : value }
}

/// What a school says of itself for one feature.
public enum FeatureValue: Sendable, Equatable {
  case number(Double)
  case category(String)

  var number: Double? { if case .number(let value) = self { value } else { nil } }
  var category: String? { if case .category(let value) = self { value } else { nil } }
}

/// A school among which peers are looked for. A feature that is not known is left out of `values`, never filled in.
public struct ComparedSchool: Sendable, Equatable {
  public let id: String
  public let values: [String: FeatureValue]

  public init(id: String, values: [String: FeatureValue]) {
    self.id = id
    self.values = values
  }
}
