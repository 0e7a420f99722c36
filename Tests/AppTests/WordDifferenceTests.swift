import Testing

@testable import App

/// The word difference, held by its own definition rather than by examples alone.
struct WordDifferenceTests {
  private func sides(_ pieces: [WordDifference.Piece]) -> (old: String, new: String) {
    var (old, new) = ("", "")
    for piece in pieces {
      switch piece {
      case .same(let text):
        old += text
        new += text
      case .removed(let text): old += text
      case .added(let text): new += text
      }
    }
    return (old, new)
  }

  @Test func oneWordChangedIsOneWordShown() {
    #expect(
      WordDifference.pieces(from: "Ten minutes a week", to: "Eight minutes a week") == [
        .removed("Ten "), .added("Eight "), .same("minutes a week"),
      ])
  }

  @Test(arguments: [
    ("", "new words"), ("old words", ""), ("", ""), ("a  b\n\nc ", "a b\nc"), ("x", "x"),
    ("the cat sat on the mat", "on the mat sat the cat"),
  ]) func thePiecesGiveBothTextsBack(_ old: String, _ new: String) {
    let back = sides(WordDifference.pieces(from: old, to: new))
    #expect(back.old == old && back.new == new)
  }

  @Test func longTextsAreComparedWhole() {
    let old = (0..<5000).map { "word\($0 % 97) number\($0)" }.joined(separator: "\n")
    let new = old.replacing("number4000", with: "changed")
    let back = sides(WordDifference.pieces(from: old, to: new))
    #expect(back.old == old && back.new == new)
  }
}
