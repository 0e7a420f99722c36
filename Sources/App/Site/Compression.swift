import CZlib

/// `bytes` as a gzip member (RFC 1952), or nil when zlib refuses, which only a lack of memory does.
/// - Parameter level: 1 quick, for pages made now; 9 small, for files made once.
func gzip(_ bytes: UnsafeRawBufferPointer, level: Int32) -> [UInt8]? {
  var stream = z_stream()
  let gzipWindow: Int32 = 15 + 16
  guard
    deflateInit2_(
      &stream, level, Z_DEFLATED, gzipWindow, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
      == Z_OK
  else { return nil }
  defer { deflateEnd(&stream) }
  let bound = Int(deflateBound(&stream, UInt(bytes.count)))
  var finished = false
  let packed = [UInt8](unsafeUninitializedCapacity: bound) { output, count in
    stream.next_in = UnsafeMutablePointer(mutating: bytes.bindMemory(to: UInt8.self).baseAddress)
    stream.avail_in = UInt32(bytes.count)
    stream.next_out = output.baseAddress
    stream.avail_out = UInt32(bound)
    finished = deflate(&stream, Z_FINISH) == Z_STREAM_END
    count = Int(stream.total_out)
  }
  return finished ? packed : nil
}

func gzip(_ bytes: [UInt8], level: Int32) -> [UInt8]? { bytes.withUnsafeBytes { gzip($0, level: level) } }

/// What a gzip member holds; nil when it is not one, or holds more than `limit` bytes.
func gunzip(_ bytes: [UInt8], limit: Int) -> [UInt8]? {
  var stream = z_stream()
  let gzipWindow: Int32 = 15 + 16
  guard inflateInit2_(&stream, gzipWindow, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return nil }
  defer { inflateEnd(&stream) }
  var (unpacked, code) = ([UInt8](), Z_OK)
  bytes.withUnsafeBufferPointer { input in
    stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
    stream.avail_in = UInt32(clamping: input.count)
    while code == Z_OK, unpacked.count <= limit {
      let before = stream.total_out
      let block = [UInt8](unsafeUninitializedCapacity: 256 << 10) { output, count in
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        code = inflate(&stream, Z_NO_FLUSH)
        count = Int(stream.total_out - before)
      }
      unpacked += block
    }
  }
  return code == Z_STREAM_END && stream.avail_in == 0 && unpacked.count <= limit ? unpacked : nil
}
