import Foundation
import HTTPTypes
import Storage
import TestDatabase
import Testing

@testable import App

/// Texts that would become SQL where values are pasted into it: through every field that any form or address reads, and
/// in place of every id, on both engines.
struct SQLInjectionTests {
  /// Each ends a value in another way: a quote, a statement after it, a joined part, a pattern, full-text operators, the
  /// marks of bound values.
  private static let payloads = [
    "' OR '1'='1' --", "1'; UPDATE person SET name = 'pwned'; --", "'||(SELECT 'pw'||'ned')||'",
    "%\\'; DELETE FROM role; --", "\" NEAR(a* b | !(c:*", "$1 ?1 :name @p",
  ]

  /// Every name under which `Sources/App` reads a field, so that a new one is tried without a word here.
  private static func fieldNames() throws -> [String] {
    let names = try Source.all(in: "App").flatMap { file in
      file.code.matches(of: /(?:fields|form)(?:\.\w+)?[\[(]"([a-z_]+)"/).map { String($0.output.1) }
    }
    let found = Set(names).subtracting(["token"]).sorted()
    #expect(found.contains("email") && found.contains("county") && found.contains("grade") && found.count > 100)
    return found
  }

  private func path(_ row: RouteTable.Entry, _ value: String) -> String {
    row.path.split(separator: "/", omittingEmptySubsequences: false)
      .map { $0.hasPrefix(":") ? percentEncoded(value) : String($0) }.joined(separator: "/")
  }

  /// What must be as it was: nobody renamed, nobody and nothing gone.
  private func state(_ world: TestWorld) async throws -> [String] {
    try await world.site.database.read { db in
      try ["person", "school", "role"].map { table in
        "\(try db.value("n", "SELECT count(*) AS n FROM \(SQL.name(table))", as: Int.self) ?? -1) \(table)"
      } + db.rows("SELECT name FROM person ORDER BY id").map { try $0.read("name", as: String.self) }
    }
  }

  @Test(arguments: Engine.available) func noFieldOfAnAddressIsSQL(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (browser, names, before) = (
      try await world.browser(as: .office), try Self.fieldNames(), try await state(world)
    )
    for row in AuthorizationTable.rows where row.method == "GET" {
      for payload in Self.payloads {
        var fields = Fields()
        for name in names { fields.add(name, payload) }
        let answer = try await browser.get("\(path(row, "none"))?\(fields.encoded)")
        #expect(answer.status < 500, "\(row.path): \(payload)")
      }
    }
    #expect(try await state(world) == before)
  }

  @Test(arguments: Engine.available) func noIdOfAnAddressIsSQL(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (browser, before) = (try await world.browser(as: .office), try await state(world))
    for row in AuthorizationTable.rows where row.path.contains("/:") && row.path != "/letters/stop/:token" {
      for payload in Self.payloads {
        let answer =
          row.method == "POST"
          ? try await browser.post(path(row, payload)) : try await browser.get(path(row, payload))
        #expect([303, 400, 403, 404, 409, 422].contains(answer.status), "\(row.method) \(row.path): \(answer.status)")
      }
    }
    #expect(try await state(world) == before)
  }

  @Test(arguments: Engine.available) func noFieldOfAFormIsSQL(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (names, before) = (try Self.fieldNames(), try await state(world))
    // What a form may rightly do is not what is asked here.
    let keeps: Set = [
      "/account/profile", "/first-office/:token", "/sign-in", "/sign-in/code", "/sign-out", "/account/sessions/end-all",
    ]
    for payload in Self.payloads {
      let browser = try await world.browser(as: .office)
      for row in AuthorizationTable.rows where row.method == "POST" && !keeps.contains(row.path) {
        var fields = Fields()
        for name in names { fields.add(name, payload) }
        fields.add("token", browser.token)
        let answer = try await browser.send(.post, path(row, "none"), body: fields.encoded)
        #expect(answer.status < 500, "\(row.path): \(answer.status) for \(payload)")
      }
    }
    #expect(try await state(world) == before)
  }
}
