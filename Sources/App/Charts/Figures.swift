/// A number with `places` decimals and a true minus sign: "−0.14". Quick: no formatter.
func figure(_ value: Double, places: Int) -> String {
  guard value.isFinite else { return "–" }
  let scale = powerOfTen(places)
  let scaled = (abs(value) * scale).rounded()
  guard scaled < 9e15 else { return value < 0 ? "−\(abs(value))" : "\(value)" }
  let digits = Int(scaled)
  let whole = grouped(digits / Int(scale))
  let sign = value < 0 && digits != 0 ? "−" : ""
  guard places > 0 else { return sign + whole }
  let rest = String(digits % Int(scale))
  return "\(sign)\(whole).\(String(repeating: "0", count: places - rest.count))\(rest)"
}

/// As `figure`, with a plus before what is above 0: "+0.41".
func signedFigure(_ value: Double, places: Int) -> String {
  let plain = figure(value, places: places)
  return value > 0 && plain.contains { $0.isNumber && $0 != "0" } ? "+\(plain)" : plain
}

/// The fewest decimals that tell two values `step` apart from each other; 0…6.
func places(forStep step: Double) -> Int {
  guard step > 0, step.isFinite else { return 0 }
  for places in 0...6 {
    let scaled = step * powerOfTen(places)
    if scaled >= 0.5, abs(scaled - scaled.rounded()) < 1e-6 * scaled { return places }
  }
  return 6
}

private func powerOfTen(_ exponent: Int) -> Double { (0..<exponent).reduce(1) { power, _ in power * 10 } }
