import ServiceLifecycle
import Storage

/// Hears what other processes change, forgets what is old by it, and wakes those who read; until the server ends.
package struct Live: Service {
  let site: Site
  /// How often every stream is looked after by itself: so soon ends what nobody said has ended, such as a term. They take turns.
  var beat = Duration.seconds(15)

  package init(site: Site) { self.site = site }

  package func run() async throws {
    await cancelWhenGracefulShutdown {
      await withTaskGroup { group in
        group.addTask { for await event in site.database.events() { take(event) } }
        group.addTask {
          var step = 0
          while (try? await Task.sleep(for: beat / EventStreams.steps)) != nil {
            step += 1
            site.streams.beat(step)
          }
        }
      }
    }
  }

  func take(_ event: DatabaseEvent) {
    switch event {
    case .interrupted:
      site.cache.setDeaf(true)
    case .listening:
      // What was said before is lost: all may be old.
      site.cache.setDeaf(false)
      site.streams.wake { _ in true }
    case .notified(let text):
      switch ProcessWord(text) {
      // This process has emptied its own before it answered.
      case .changed(let cache): if cache != site.cache.name { site.cache.empty() }
      case .posted(let discussion): site.streams.wake { $0.discussion == discussion }
      case .access(let person): site.streams.wake { $0.person == person }
      case nil: break
      }
    }
  }
}
