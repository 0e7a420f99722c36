/// Numbers as Prometheus reads them: its text format, version 0.0.4.
///
/// Source: https://prometheus.io/docs/instrumenting/exposition_formats/
struct MetricsText {
  private(set) var text = ""

  static let type = "text/plain; version=0.0.4; charset=utf-8"

  typealias Labels = KeyValuePairs<String, String>

  mutating func counter(_ name: String, _ help: String, _ lines: [(Labels, Double)]) {
    family(name, "counter", help, lines)
  }

  mutating func gauge(_ name: String, _ help: String, _ lines: [(Labels, Double)]) {
    family(name, "gauge", help, lines)
  }

  mutating func gauge(_ name: String, _ help: String, _ value: Double) { self.gauge(name, help, [(Labels(), value)]) }

  /// - Parameter label: the name by which the histograms differ; nil when there is one.
  mutating func histograms(_ name: String, _ help: String, label: String?, _ histograms: [(String, Histogram)]) {
    head(name, "histogram", help)
    for (value, histogram) in histograms {
      let own = label.map { [($0, value)] } ?? []
      var below = 0
      for (index, bound) in Histogram.bounds.enumerated() {
        below += histogram.counts[index]
        line(name + "_bucket", own + [("le", Self.number(bound))], Double(below))
      }
      line(name + "_bucket", own + [("le", "+Inf")], Double(histogram.count))
      line(name + "_sum", own, histogram.sum)
      line(name + "_count", own, Double(histogram.count))
    }
  }

  private mutating func family(_ name: String, _ kind: String, _ help: String, _ lines: [(Labels, Double)]) {
    head(name, kind, help)
    for (labels, value) in lines { line(name, labels.map { ($0.key, $0.value) }, value) }
  }

  private mutating func head(_ name: String, _ kind: String, _ help: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n"
  }

  private mutating func line(_ name: String, _ labels: [(String, String)], _ value: Double) {
    let pairs = labels.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }.joined(separator: ",")
    text += "\(name)\(pairs.isEmpty ? "" : "{\(pairs)}") \(Self.number(value))\n"
  }

  private static func escaped(_ value: String) -> String {
    value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
  }

  /// Whole numbers without a fraction.
  private static func number(_ value: Double) -> String { Int(exactly: value).map(String.init) ?? "\(value)" }
}
