/// The texts that everybody may read.
struct PublicTextRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    for path in PublicTexts.paths {
      routes.get(path, .everyone, cached: true) { _ in
        let text = try site.texts.find(path).orRefuse(.notFound)
        return PublicTextPages.show(text, among: site.texts.all)
      }
    }
  }
}
