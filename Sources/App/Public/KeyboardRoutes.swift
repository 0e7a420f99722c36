/// The page that explains the keys.
struct KeyboardRoutes {
  func add(to routes: inout RouteTable) {
    routes.get("keyboard", .everyone, cached: true) { _ in KeyboardPages.show() }
  }
}
