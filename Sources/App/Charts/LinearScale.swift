/// Maps values of a measure to places in a drawing, in a straight line.
struct LinearScale: Sendable, Equatable {
  /// The least and greatest value shown, in units of the measure; never equal.
  let domain: ClosedRange<Double>
  /// Where the domain's ends lie, in units of the drawing; `start` may be the greater (values that grow upwards).
  let start: Double
  let end: Double

  init(_ domain: ClosedRange<Double>, from start: Double, to end: Double) {
    let isPoint = domain.upperBound <= domain.lowerBound
    let around = max(abs(domain.lowerBound) * 0.1, 0.5)
    self.domain = isPoint ? domain.lowerBound - around...domain.upperBound + around : domain
    self.start = start
    self.end = end
  }

  func callAsFunction(_ value: Double) -> Double {
    start + (value - domain.lowerBound) / (domain.upperBound - domain.lowerBound) * (end - start)
  }

  /// The place of a value, held within the drawing.
  func clamped(_ value: Double) -> Double { self(min(max(value, domain.lowerBound), domain.upperBound)) }

  /// Round values inside the domain, at most about `count`, evenly spaced by 1, 2 or 5 times a power of ten.
  func ticks(_ count: Int) -> (values: [Double], step: Double) {
    let step = Self.roundStep((domain.upperBound - domain.lowerBound) / Double(max(count, 1)))
    let first = (domain.lowerBound / step - 1e-9).rounded(.up)
    let last = (domain.upperBound / step + 1e-9).rounded(.down)
    guard last >= first, last - first < 100 else { return ([], step) }
    return (stride(from: first, through: last, by: 1).map { $0 * step }, step)
  }

  /// The least of 1, 2, 5 times a power of ten that is no smaller than `rough`.
  static func roundStep(_ rough: Double) -> Double {
    guard rough > 0, rough.isFinite else { return 1 }
    var power = 1.0
    while power > rough { power /= 10 }
    while power * 10 <= rough { power *= 10 }
    return power * ([1, 2, 5, 10].first { $0 * power >= rough * (1 - 1e-9) } ?? 10)
  }
}
