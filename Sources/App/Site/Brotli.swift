import CBrotli

/// `bytes` as a brotli stream (RFC 7932) at the highest quality: slow, so for files packed once at start.
func brotli(_ bytes: [UInt8]) -> [UInt8]? {
  var size = BrotliEncoderMaxCompressedSize(bytes.count)
  var done = false
  let packed = [UInt8](unsafeUninitializedCapacity: size) { output, count in
    done =
      BrotliEncoderCompress(
        BROTLI_MAX_QUALITY, BROTLI_MAX_WINDOW_BITS, BROTLI_MODE_TEXT, bytes.count, bytes, &size, output.baseAddress)
      == BROTLI_TRUE
    count = done ? size : 0
  }
  return done ? packed : nil
}
