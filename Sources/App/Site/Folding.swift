import Foundation

/// `text` as it is compared and searched: lower case, accents gone, every run of other signs one space.
///
/// Kept in columns of its own, since the engines fold differently.
package func folded(_ text: String) -> String {
  let plain = text.folding(options: [.diacriticInsensitive, .caseInsensitive, .widthInsensitive], locale: nil)
  return plain.split { !$0.isLetter && !$0.isNumber }.joined(separator: " ").lowercased()
}
