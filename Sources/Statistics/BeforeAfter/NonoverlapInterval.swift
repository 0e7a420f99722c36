/// The 95 % interval of a non-overlap share: the values that lie z standard errors from what was seen, where the standard error
/// follows the value itself. Source: Newcombe 2006, method 5.
struct NonoverlapInterval {
  let nap: Double
  let m: Double
  let n: Double

  func lower(tolerance: Double) -> Double { nap > 0 ? root(0, nap, tolerance) : 0 }
  func upper(tolerance: Double) -> Double { nap < 1 ? root(nap, 1, tolerance) : 1 }

  private func distance(_ x: Double) -> Double {
    let h = (m + n) / 2 - 1
    let z = Normal.quantile(0.975)
    return m * n * (nap - x) * (nap - x) * (2 - x) * (1 + x) - z * z * x * (1 - x) * (2 + h + (1 + 2 * h) * x * (1 - x))
  }

  private func root(_ low: Double, _ high: Double, _ tolerance: Double) -> Double {
    ZeroSearch(low, high, tolerance: tolerance, of: distance).root
  }
}

/// A place where a function passes zero, between two places where its signs differ, by Brent's method (1973, chapter 4).
struct ZeroSearch {
  let root: Double

  /// An end at which the function is exactly 0 is taken as it is, the lower one first.
  init(_ low: Double, _ high: Double, tolerance: Double, of function: (Double) -> Double) {
    var (a, b) = (low, high)
    var (fa, fb) = (function(a), function(b))
    if fa == 0 || fb == 0 {
      root = fa == 0 ? a : b
      return
    }
    var (c, fc) = (a, fa)
    for _ in 0..<1000 {
      let before = b - a
      if abs(fc) < abs(fb) { (a, b, c, fa, fb, fc) = (b, c, b, fb, fc, fb) }
      let least = 2 * Double.ulpOfOne * abs(b) + tolerance / 2
      var step = (c - b) / 2
      if abs(step) <= least || fb == 0 { break }
      if abs(before) >= least, abs(fa) > abs(fb) {
        step = Self.interpolated(a, b, c, fa, fb, fc, before: before, least: least) ?? step
      }
      if abs(step) < least { step = step > 0 ? least : -least }
      (a, fa) = (b, fb)
      b += step
      fb = function(b)
      if (fb > 0) == (fc > 0) { (c, fc) = (a, fa) }
    }
    root = b
  }

  /// A step by the secant or by inverse quadratic interpolation; nil where bisection is safer.
  private static func interpolated(
    _ a: Double, _ b: Double, _ c: Double, _ fa: Double, _ fb: Double, _ fc: Double, before: Double, least: Double
  ) -> Double? {
    let width = c - b
    var (p, q): (Double, Double)
    if a == c {
      let ratio = fb / fa
      (p, q) = (width * ratio, 1 - ratio)
    } else {
      let (u, v, w) = (fa / fc, fb / fc, fb / fa)
      p = w * (width * u * (u - v) - (b - a) * (v - 1))
      q = (u - 1) * (v - 1) * (w - 1)
    }
    if p > 0 { q = -q } else { p = -p }
    return p < 0.75 * width * q - abs(least * q) / 2 && p < abs(before * q / 2) ? p / q : nil
  }
}
