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
