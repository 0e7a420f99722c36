import Testing

@testable import App

struct GeoPointTests {
  /// One degree along a great circle is 2πR/360 = 111,195 m for R = 6,371,008.8 m.
  @Test func aDegreeOfLatitudeIsOneHundredElevenKilometres() throws {
    let south = try #require(GeoPoint(latitude: 43, longitude: -71))
    let north = try #require(GeoPoint(latitude: 44, longitude: -71))
    #expect(abs(south.metres(to: north) - 111_195.1) < 1)
    #expect(south.metres(to: south) == 0)
  }

  @Test func aPointLiesInItsSquareAndNearOnesLieAround() throws {
    let point = try #require(GeoPoint(latitude: 41.7428, longitude: -72.7070))
    let middle = try #require(GeoPoint(cell: point.cell))
    #expect(abs(middle.latitude - point.latitude) <= 0.01 && abs(middle.longitude - point.longitude) <= 0.01)
    let near = try #require(GeoPoint(latitude: 41.7601, longitude: -72.7070))
    #expect(GeoPoint.around(point.cell).contains(near.cell))
    #expect(GeoPoint.around(point.cell).count == 9)
  }

  @Test func whatFilesWriteForUnknownIsNoPlace() {
    #expect(GeoPoint(latitude: 0, longitude: 0) == nil)
    #expect(GeoPoint(latitude: 91, longitude: 0) == nil)
  }
}
