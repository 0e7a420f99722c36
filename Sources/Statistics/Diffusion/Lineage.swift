/// Who took an idea up from whom: adoptions that name the school whose version they started from.
public struct Lineage: Sendable, Equatable {
  public struct Adoption: Sendable, Equatable {
    public let school: String
    /// The school whose version was the start; nil for those who began on their own.
    public let parent: String?
    /// When, in any unit of time; nil when unknown.
    public let time: Double?

    public init(school: String, parent: String?, time: Double? = nil) {
      self.school = school
      self.parent = parent
      self.time = time
    }
  }

  public let adoptions: [Adoption]
  /// For each adoption, how many name it as parent.
  public let children: [Int]
  /// For each adoption its generation: 0 for those who began on their own.
  public let generations: [Int]

  /// - Throws: `StatisticsError.input` when a school adopts twice, a parent is unknown, or descends from its own child.
  public init(_ adoptions: [Adoption]) throws(StatisticsError) {
    guard !adoptions.isEmpty else { throw .input(field: "adoptions", advice: "must hold at least one") }
    var places: [String: Int] = [:]
    for (place, adoption) in adoptions.enumerated() {
      guard places.updateValue(place, forKey: adoption.school) == nil else {
        throw .input(field: "adoptions[\(place + 1)]", advice: "must not name \(adoption.school) twice")
      }
    }
    var children = adoptions.map { _ in 0 }
    var parents = [Int?](repeating: nil, count: adoptions.count)
    for (place, adoption) in adoptions.enumerated() {
      guard let name = adoption.parent else { continue }
      guard let parent = places[name] else {
        throw .input(field: "adoptions[\(place + 1)].parent", advice: "must have adopted itself; \(name) has not")
      }
      parents[place] = parent
      children[parent] += 1
    }
    var generations: [Int] = []
    for place in adoptions.indices {
      var (steps, at) = (0, place)
      while let parent = parents[at] {
        (steps, at) = (steps + 1, parent)
        guard steps <= adoptions.count else {
          throw .input(field: "adoptions[\(place + 1)].parent", advice: "must not descend from its own child")
        }
      }
      generations.append(steps)
    }
    self.adoptions = adoptions
    self.children = children
    self.generations = generations
  }

  /// Schools that adopted.
  public var reach: Int { adoptions.count }
  /// Generations after the first.
  public var depth: Int { generations.max() ?? 0 }

  /// Adopters in each generation, from those who began on their own.
  public var sizeByGeneration: [Int] { (0...depth).map { generation in generations.count { $0 == generation } } }

  /// Adoptions passed on per adopter, young ones included. Too low while the idea spreads: the youngest have had no
  /// time to pass it on. Above 1 it spreads by itself.
  public var naiveReproduction: Double { Double(children.reduce(0, +)) / Double(adoptions.count) }

  /// Adoptions passed on per adopter who has had `age` by `now`; nil when nobody has.
  /// Adoptions of unknown time count as old enough.
  public func matureReproduction(after age: Double, now: Double) -> Double? {
    let mature = adoptions.indices.filter { place in adoptions[place].time.map { now - $0 >= age } ?? true }
    guard !mature.isEmpty else { return nil }
    return Double(mature.reduce(0) { $0 + children[$1] }) / Double(mature.count)
  }
}
