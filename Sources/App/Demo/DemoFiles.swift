import Foundation

/// The files of Data/demo, read as they are; Data/demo/README.md says what each field means.
struct DemoFiles: Sendable {
  let schools: [DemoSchool]
  let people: [DemoPerson]
  let names: DemoNames

  /// - Throws: what is wrong with which file.
  init(folder: URL) throws {
    func read<Value: Decodable>(_ name: String, as type: Value.Type = Value.self) throws -> Value {
      do {
        return try JSONDecoder().decode(type, from: Data(contentsOf: folder.appending(path: "\(name).json")))
      } catch {
        throw SettingsError(description: "Data/demo/\(name).json cannot be read: \(error)")
      }
    }
    schools = try read("schools")
    people = try read("people")
    names = try read("names")
  }
}

struct DemoSchool: Decodable, Sendable {
  let key, name, town, state, county, kind: String
  let gradeLow, gradeHigh, students, locale: Int
  let latitude, longitude: Double
  let domain: String
  let membership: Membership
  let about, workingOn, visitors: String?

  struct Membership: Decodable, Sendable {
    let stage: String
    let agreement, successor: String?
    let history: [Step]
  }

  struct Step: Decodable, Sendable {
    let on, stage, by, why: String
  }
}

struct DemoPerson: Decodable, Sendable {
  let key, name, title: String
  let office: Bool
  let liaison, since: String?
  let roles: [Term]
  let askMe, lookingFor, about: String?
  let topics, subjects: [String]
  let audience: [String: String]

  struct Term: Decodable, Sendable {
    let school, role: String
    let title: String?
    let from: String
    let to: String?
  }
}

struct DemoNames: Decodable, Sendable {
  let given, family, titles, askMe: [String]
}
