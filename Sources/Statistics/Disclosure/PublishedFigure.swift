/// A published mean or total with the number it stands for, and what follows from a few of them by subtraction.
public struct PublishedFigure: Sendable, Equatable {
  /// Schools or people, 1 or more.
  public let size: Int
  public let total: Double

  public init(size: Int, total: Double) { (self.size, self.total) = (size, total) }
  public init(size: Int, mean: Double) { self.init(size: size, total: mean * Double(size)) }

  public var mean: Double { total / Double(size) }

  /// What the whole says of those who are in none of the parts (network − peers − self); nil when nobody is left.
  public static func rest(of whole: PublishedFigure, without parts: [PublishedFigure]) -> PublishedFigure? {
    let size = parts.reduce(whole.size) { $0 - $1.size }
    guard size > 0 else { return nil }
    return PublishedFigure(size: size, total: parts.reduce(whole.total) { $0 - $1.total })
  }

  /// What two releases of the same figure say of those who joined or left between them; nil when as many as before.
  public static func change(from earlier: PublishedFigure, to later: PublishedFigure) -> PublishedFigure? {
    later.size > earlier.size ? rest(of: later, without: [earlier]) : rest(of: earlier, without: [later])
  }

  /// What before, after and the paired change say of those measured once only. `before` and `after` are of everybody
  /// there, `change` is the mean change of those measured twice. Nil when the same people were there both times.
  public static func unpaired(
    before: PublishedFigure, after: PublishedFigure, change: PublishedFigure
  ) -> PublishedFigure? {
    if after.size == change.size, before.size > change.size {
      return rest(of: before, without: [PublishedFigure(size: change.size, total: after.total - change.total)])
    }
    if before.size == change.size, after.size > change.size {
      return rest(of: after, without: [PublishedFigure(size: change.size, total: before.total + change.total)])
    }
    return nil
  }
}
