import Foundation

/// A project's record as JSON, for whoever takes it elsewhere.
struct ProjectRecord: Encodable, Sendable {
  struct Line: Encodable, Sendable {
    let kind: String
    let words: String
    let idea: String?
  }

  struct Said: Encodable, Sendable {
    let number: Int
    let direction: String
    let size: Double
    let probability: Int
    let words: String
    let why: String
  }

  struct Round: Encodable, Sendable {
    let number: Int
    let question, plan, starts, study, stage, did, studied: String
    let act: String?
    let actReason: String
    let predictions: [Said]
    let result: String?
  }

  let title, school, aim, population, measure, from, to: String
  let by: String?
  let state: String
  let decision: String?
  let decisionReason: String?
  let progress: String
  let progressRule = ProjectProgress.rule
  let drivers: [Line]
  let cycles: [Round]

  init(_ view: ProjectPageView) {
    let project = view.project
    (title, school, aim) = (project.title, project.school.name, project.aim.words)
    (population, measure) = (project.aim.population, project.aim.measure)
    (from, to, by) = (project.aim.from, project.aim.to, project.aim.by?.description)
    state = project.state.rawValue
    decision = project.conclusion?.decision.rawValue
    decisionReason = project.conclusion?.reason
    progress = ProjectProgress.spoken(ProjectProgress(view.cycles, project).halves)
    drivers = view.drivers.map { Line(kind: $0.kind.rawValue, words: $0.words, idea: $0.idea?.description) }
    cycles = view.cycles.map { cycle in
      Round(
        number: cycle.number, question: cycle.question, plan: cycle.plan, starts: cycle.starts.description,
        study: cycle.study.description, stage: cycle.stage.rawValue, did: cycle.did, studied: cycle.studied,
        act: cycle.act?.rawValue, actReason: cycle.actReason,
        predictions: cycle.predictions.map {
          Said(
            number: $0.number, direction: $0.direction.rawValue, size: $0.size, probability: $0.probability,
            words: $0.words, why: $0.why)
        }, result: cycle.result?.direction.rawValue)
    }
  }

  var json: [UInt8] {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return Array(try encoder.encode(self))
    }
  }
}
