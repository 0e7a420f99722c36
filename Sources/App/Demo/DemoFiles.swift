import Foundation

/// The files of Data/demo, read as they are; Data/demo/README.md says what each field means.
struct DemoFiles: Sendable {
  let schools: [DemoSchool]
  let people: [DemoPerson]
  let names: DemoNames
  let ideas: [DemoIdea]
  let trials: [DemoTrial]
  let projects: [DemoProject]
  let measures: [DemoMeasure]
  let threads: [DemoThread]
  /// Ideas, trials and discussions in it are among those above.
  let waiting: DemoWaiting

  /// - Throws: what is wrong with which file.
  init(folder: URL) throws {
    func read<Value: Decodable>(_ name: String, as type: Value.Type = Value.self) throws -> Value {
      do {
        return try JSONDecoder().decode(type, from: Data(contentsOf: folder.appending(path: "\(name).json")))
      } catch {
        throw SettingsError(description: "Data/demo/\(name).json cannot be read: \(error)")
      }
    }
    waiting = try read("waiting")
    schools = try read("schools")
    people = try read("people")
    names = try read("names")
    ideas = try read("ideas", as: [DemoIdea].self) + waiting.ideas
    trials = try read("trials", as: [DemoTrial].self) + waiting.trials
    projects = try read("projects")
    measures = try read("measures")
    threads = try read("threads", as: [DemoThread].self) + waiting.threads
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
    /// The seats that are taken while others are open; nil where all are, or none.
    let signed: [String]?
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

struct DemoIdea: Decodable, Sendable {
  let key, title, summary, problem, whatToDo: String
  let core, adapt, conditions: [String]
  let effort: Effort
  let cost: Cost
  let gradeLow, gradeHigh: Int
  let subjects, topics: [String]
  let school, person, created, reviewed: String
  let outdated: Outdated?
  let adaptedFrom, adaptation: String?
  let versions: [Version]

  struct Effort: Decodable, Sendable {
    let band, words: String
  }

  struct Cost: Decodable, Sendable {
    let low, high: Int?
    let words: String?
  }

  struct Outdated: Decodable, Sendable {
    let on, by, reason: String
  }

  struct Version: Decodable, Sendable {
    let on, until, by, note: String
    let fields: Fields
  }

  /// What an earlier version said where it differs from the next.
  struct Fields: Decodable, Sendable {
    let title, summary, problem, whatToDo: String?
    let core, adapt, conditions: [String]?
  }
}

struct DemoTrial: Decodable, Sendable {
  let key, idea, school: String
  let people: [String]
  let registered, start, due: String
  let reported: String?
  let withdrawn: Withdrawn?
  let who: String
  let measure: Measure
  let comparison: Comparison
  let prediction: Prediction
  let outcome: Outcome?
  let changed, happened, again: String?

  struct Withdrawn: Decodable, Sendable {
    let on, reason: String
  }

  struct Measure: Decodable, Sendable {
    let name, definition, better, unit: String
  }

  struct Comparison: Decodable, Sendable {
    let kind: String
    let who: String?
  }

  struct Prediction: Decodable, Sendable {
    let direction, size: String
    let probability: Double
  }

  struct Outcome: Decodable, Sendable {
    let shape: String
    let before, after, comparisonBefore, comparisonAfter: Cell?
    let correlation: Double?
    let sameStudents: Bool?
    let baseline: Baseline?
  }

  struct Baseline: Decodable, Sendable {
    let points: Int
    let alreadyImproving, chosenAtWorst: Bool
  }

  /// `x` of `n`, or a mean with its standard deviation over `n`.
  struct Cell: Decodable, Sendable {
    let n: Int
    let x: Int?
    let mean, sd: Double?
  }
}
