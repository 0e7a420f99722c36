import Testing

@testable import App

struct CompressionTests {
  private static let text = Array(String(repeating: "Schools that find out together what works. ", count: 200).utf8)

  @Test(arguments: [1, 6, 12] as [Int32]) func whatIsPackedComesBack(level: Int32) throws {
    for bytes in [[], [7], Self.text] {
      let packed = try #require(gzip(bytes, level: level))
      #expect(gunzip(packed, limit: Self.text.count) == bytes)
    }
    #expect(try #require(gzip(Self.text, level: level)).count < Self.text.count / 10)
  }

  @Test func nothingElseIsUnpacked() throws {
    let packed = try #require(gzip(Self.text, level: 1))
    #expect(gunzip(packed, limit: Self.text.count - 1) == nil)
    for wrong in [[], [1, 2, 3], Array(packed.dropLast()), packed + [0], packed + packed, Array(packed.dropFirst())] {
      #expect(gunzip(wrong, limit: 1 << 20) == nil)
    }
    var damaged = packed
    damaged[packed.count / 2] ^= 0x40
    #expect(gunzip(damaged, limit: 1 << 20) == nil)
  }
}
