/// Every page with sample data, while the League is being built (`development = yes`).
struct GalleryRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    guard site.settings.isDevelopment else { return }
    routes.get("gallery", .everyone, use: index)
    routes.get("gallery/:feature/:page", .everyone, use: show)
  }

  @Sendable func index(visit: Visit) async throws -> Page { GalleryPages.index }

  /// The page as its sample's viewer sees it.
  @Sendable func show(visit: Visit) async throws -> any Answer {
    let sample = try Gallery.find("\(try visit.part("feature"))/\(try visit.part("page"))").orRefuse(.notFound)
    var shown = visit
    shown.viewer = sample.viewer
    return sample.page.response(for: shown, assets: site.assets)
  }
}
