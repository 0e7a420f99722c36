import Foundation

/// `text` as it is compared and searched: lower case, accents gone, every run of other signs one space.
///
/// Kept in columns of its own, since the engines fold differently.
package func folded(_ text: String) -> String {
  if text.utf8.allSatisfy({ $0 < 0x80 }) { return foldedASCII(text) }
  let plain = text.folding(options: [.diacriticInsensitive, .caseInsensitive, .widthInsensitive], locale: nil)
  return plain.split { !$0.isLetter && !$0.isNumber }.joined(separator: " ").lowercased()
}

/// The same for the text that is most frequent, without the tables of Unicode.
private func foldedASCII(_ text: String) -> String {
  let words = text.utf8.split { !isLetterOrDigit($0) }
  var bytes: [UInt8] = []
  bytes.reserveCapacity(text.utf8.count)
  for word in words {
    if !bytes.isEmpty { bytes.append(0x20) }
    for byte in word { bytes.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte) }
  }
  return String(decoding: bytes, as: UTF8.self)
}

private func isLetterOrDigit(_ byte: UInt8) -> Bool {
  (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
}
