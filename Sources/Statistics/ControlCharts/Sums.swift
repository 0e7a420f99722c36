/// Sums whose error does not grow with their length, so that a point that lies exactly on the centre line is seen to.
/// Source: Neumaier 1974, compensated summation.
func exactSum(_ values: some Sequence<Double>) -> Double {
  var sum = 0.0
  var rest = 0.0
  for value in values {
    let next = sum + value
    rest += abs(sum) >= abs(value) ? (sum - next) + value : (value - next) + sum
    sum = next
  }
  return sum + rest
}

/// Arithmetic mean, the rounding of its division mended by a second pass; nil for no value.
func average(_ values: [Double]) -> Double? {
  guard !values.isEmpty else { return nil }
  let mean = exactSum(values) / Double(values.count)
  return mean + exactSum(values.lazy.map { $0 - mean }) / Double(values.count)
}

/// The middle value, or the mean of the two middle ones; nil for no value.
func median(_ values: [Double]) -> Double? {
  guard !values.isEmpty else { return nil }
  let sorted = values.sorted()
  let middle = sorted.count / 2
  return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/// Divisor n − 1; 0 for fewer than two values.
func standardDeviation(_ values: [Double]) -> Double {
  guard values.count > 1, let mean = average(values) else { return 0 }
  return (exactSum(values.map { ($0 - mean) * ($0 - mean) }) / Double(values.count - 1)).squareRoot()
}
