import Foundation

/// A place on the earth, degrees; west is negative.
package struct GeoPoint: Sendable, Hashable {
  package let latitude: Double
  package let longitude: Double

  /// Nil off the globe, and at 0, 0, which files write for "unknown".
  package init?(latitude: Double, longitude: Double) {
    guard (-90...90).contains(latitude), (-180...180).contains(longitude), latitude != 0 || longitude != 0
    else { return nil }
    self.latitude = latitude
    self.longitude = longitude
  }

  /// Metres along the great circle, on a sphere of 6,371,008.8 m (the mean radius of IUGG); haversine formula.
  package func metres(to other: GeoPoint) -> Double {
    let radians = Double.pi / 180
    let rise = sin((other.latitude - latitude) * radians / 2)
    let run = sin((other.longitude - longitude) * radians / 2)
    let h = rise * rise + cos(latitude * radians) * cos(other.latitude * radians) * run * run
    return 2 * 6_371_008.8 * asin(min(1, sqrt(h)))
  }

  /// The number of the square that the point lies in, a fiftieth of a degree wide: what is near has the same or a neighbouring one.
  package var cell: Int {
    Int(((90 - latitude) * 50).rounded(.down)) * Self.cellsPerRow + Int(((longitude + 180) * 50).rounded(.down))
  }

  /// The middle of a square.
  package init?(cell: Int) {
    let (row, column) = (cell / Self.cellsPerRow, cell % Self.cellsPerRow)
    self.init(latitude: 90 - (Double(row) + 0.5) / 50, longitude: (Double(column) + 0.5) / 50 - 180)
  }

  /// A square and its eight neighbours.
  package static func around(_ cell: Int) -> [Int] {
    (-1...1).flatMap { row in (-1...1).map { column in cell + row * cellsPerRow + column } }
  }

  private static let cellsPerRow = 20_000
}
