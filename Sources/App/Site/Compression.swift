import CDeflate

/// `bytes` as a gzip member (RFC 1952), or nil when there is no memory for it.
/// - Parameter level: 1 quick, for pages made now; 12 small, for files made once.
func gzip(_ bytes: UnsafeRawBufferPointer, level: Int32) -> [UInt8]? {
  guard let compressor = libdeflate_alloc_compressor(level) else { return nil }
  defer { libdeflate_free_compressor(compressor) }
  var size = 0
  let packed = [UInt8](
    unsafeUninitializedCapacity: libdeflate_gzip_compress_bound(compressor, bytes.count)
  ) { output, count in
    size = libdeflate_gzip_compress(compressor, bytes.baseAddress, bytes.count, output.baseAddress, output.count)
    count = size
  }
  return size > 0 ? packed : nil
}

func gzip(_ bytes: [UInt8], level: Int32) -> [UInt8]? { bytes.withUnsafeBytes { gzip($0, level: level) } }

/// What a gzip member holds; nil when it is not one, or holds more than `limit` bytes.
func gunzip(_ bytes: [UInt8], limit: Int) -> [UInt8]? {
  // A member's last four bytes say how long it is unpacked, the lowest first.
  let length = bytes.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
  guard length <= limit, let decompressor = libdeflate_alloc_decompressor() else { return nil }
  defer { libdeflate_free_decompressor(decompressor) }
  var (used, isWhole) = (0, false)
  let unpacked = [UInt8](unsafeUninitializedCapacity: max(1, length)) { output, count in
    let result = libdeflate_gzip_decompress_ex(
      decompressor, bytes, bytes.count, output.baseAddress, length, &used, &count)
    isWhole = result == LIBDEFLATE_SUCCESS
    if !isWhole { count = 0 }
  }
  return isWhole && used == bytes.count ? unpacked : nil
}
