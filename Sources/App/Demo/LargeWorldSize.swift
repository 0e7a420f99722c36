/// How much of everything the benchmark world holds.
package struct LargeWorldSize: Sendable {
  package var schools = 1_500
  package var people = 60_000
  package var ideas = 1_500
  package var trials = 20_000
  package var posts = 1_000_000

  package init() {}

  /// The same network with another number of posts, so that what posts cost can be told from the rest.
  ///
  /// - Throws: `SettingsError` for a number that makes no world.
  package init(posts: Int) throws {
    guard (1...5_000_000).contains(posts) else {
      throw SettingsError(description: "--posts \(posts): write a number from 1 to 5000000")
    }
    self.posts = posts
  }
}
