/// What must hold before schools are compared, and the spread of each feature.
extension PeerSearch {
  static func check(_ features: [Feature], metric: Metric, outcome: String?) throws(StatisticsError) {
    guard !features.isEmpty else { throw .input(field: "features", advice: "must name at least one") }
    var seen: Set<String> = []
    for feature in features {
      guard seen.insert(feature.name).inserted else {
        throw .input(field: "features", advice: "must not name \(feature.name) twice")
      }
      guard feature.name != outcome else {
        throw .input(
          field: "features",
          advice: "must not hold \(feature.name), the outcome: peers are never chosen by what they are compared on")
      }
      guard feature.weight > 0, feature.weight.isFinite else {
        throw .input(field: "features", advice: "must weigh \(feature.name) above 0")
      }
      guard metric == .euclid || feature.weight == 1 || feature.scale == .category else {
        throw .input(
          field: "features",
          advice: "must not weigh \(feature.name): weights have no meaning with Mahalanobis distances")
      }
    }
  }

  static func check(_ schools: [ComparedSchool], features: [Feature]) throws(StatisticsError) {
    var seen: Set<String> = []
    for (position, school) in schools.enumerated() {
      guard seen.insert(school.id).inserted else {
        throw .input(field: "schools[\(position + 1)].id", advice: "must not list \(school.id) twice")
      }
      for feature in features {
        guard let value = school.values[feature.name] else { continue }
        let field = "schools[\(position + 1)].\(feature.name)"
        switch (feature.scale, value) {
        case (.category, .category): continue
        case (.category, .number): throw .input(field: field, advice: "must be a category")
        case (_, .category): throw .input(field: field, advice: "must be a number")
        case (let scale, .number(let number)):
          guard number.isFinite else { throw .input(field: field, advice: "must be a finite number") }
          guard scale == .number || number > 0 else {
            throw .input(field: field, advice: "must be above 0 for its logarithm")
          }
        }
      }
    }
  }

  /// Standard deviation (n − 1) of each feature over the schools that state it; 1 for a category. A feature that fewer
  /// than two schools state, or that is the same for all (to twelve digits), has none.
  static func deviations(of features: [Feature], in schools: [ComparedSchool]) -> [String: Double] {
    var deviations: [String: Double] = [:]
    for feature in features {
      let values = schools.compactMap { $0.values[feature.name] }
      if feature.scale == .category {
        if Set(values.compactMap(\.category)).count > 1 { deviations[feature.name] = 1 }
      } else {
        deviations[feature.name] = deviation(values.compactMap(\.number).map(feature.scaled))
      }
    }
    return deviations
  }

  private static func deviation(_ values: [Double]) -> Double? {
    guard values.count > 1 else { return nil }
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = (squares / Double(values.count - 1)).squareRoot()
    let largest = values.reduce(0) { max($0, abs($1)) }
    return deviation > largest * 1e-12 && deviation.isFinite ? deviation : nil
  }
}
