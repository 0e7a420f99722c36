import Markup

/// What everybody may read.
enum FrontPages {
  static func front(_ viewer: Viewer) -> Page {
    Page("League") {
      h1 { "Schools that find out together what works." }
      p(.class("lede")) {
        "Secondary schools in six states try ideas, say honestly what happened, and help each other do it better."
      }
      buttonLink("Find your school", "/schools")
    }
  }
}
