import Foundation
import Statistics

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

  struct Step: Encodable, Sendable {
    let at, state, reason: String
    let by, decision: String?
  }

  struct Aimed: Encodable, Sendable {
    let at, by, why, aim, population, measure, from, to: String
    let byDay: String?
  }

  struct Round: Encodable, Sendable {
    let number: Int
    let question, plan, starts, study, stage, did, studied: String
    let act: String?
    let actReason: String
    let predictions: [Said]
    let result: String?
  }

  struct Definition: Encodable, Sendable {
    let number: Int
    let who, what, how, unit, kind, better, chart, rules: String
    let rulesVersion: String
    let target: Double?
    let baselineUntil: String?
    let why: String
  }

  struct Point: Encodable, Sendable {
    let date: String
    let value: Double
    let count, n: Double?
    let definition, phase: Int
    /// `current` is a point of the chart; what else was entered, the school's own people take along.
    let state, enteredAt, why: String
    let enteredBy, endedBy, endedAt: String?
  }

  struct Mark: Encodable, Sendable {
    let date, kind, words, by: String
    /// Who took it back and why; the chart is read without it.
    let withdrawnBy, withdrawnWhy: String?
  }

  struct Counted: Encodable, Sendable {
    let name, school, role, subgroup, schedule: String
    let driver: String?
    /// What the chart says.
    let sentence: String
    let definitions: [Definition]
    let points: [Point]
    let marks: [Mark]
  }

  /// Every school of the project, the one that began it first.
  let schools: [String]
  let title, school, aim, population, measure, from, to: String
  let by: String?
  let state: String
  let decision: String?
  let decisionReason: String?
  let progress: String
  let progressRule = ProjectProgress.rule
  let drivers: [Line]
  let cycles: [Round]
  /// Every state and every aim, the first ones first.
  let steps: [Step]
  let aims: [Aimed]
  let measures: [Counted]

  init(_ view: ProjectPageView, _ viewer: Viewer) {
    let project = view.project
    schools = project.schools.map(\.name)
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
    steps = view.history.steps.map {
      Step(
        at: $0.at.iso8601, state: $0.state.rawValue, reason: $0.reason, by: $0.by, decision: $0.decision?.rawValue)
    }
    aims = view.history.aims.map {
      Aimed(
        at: $0.at.iso8601, by: $0.by, why: $0.why, aim: $0.aim.words, population: $0.aim.population,
        measure: $0.aim.measure, from: $0.aim.from, to: $0.aim.to, byDay: $0.aim.by?.description)
    }
    measures = view.measures.map { each in
      Counted(each, viewer, driver: view.drivers.first { $0.id == each.measure.driver }?.words)
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

extension ProjectRecord.Counted {
  fileprivate init(_ each: ProjectMeasure, _ viewer: Viewer, driver: String?) {
    let measure = each.measure
    (name, school, role) = (measure.name, measure.schoolName, measure.role.rawValue)
    subgroup = measure.subgroup
    schedule = measure.schedule.rawValue
    self.driver = driver
    sentence = MeasureChart(measure, each.values, each.marks).sentence
    definitions = each.definitions.map {
      ProjectRecord.Definition(
        number: $0.number, who: $0.who, what: $0.what, how: $0.how, unit: $0.unit, kind: $0.kind.rawValue,
        better: $0.better.rawValue, chart: $0.chart.rawValue, rules: $0.rules.name, rulesVersion: $0.rules.version,
        target: $0.target, baselineUntil: $0.baselineUntil?.description, why: $0.why)
    }
    points = each.taken(by: viewer).map { value, by, endedBy in
      ProjectRecord.Point(
        date: value.period.description, value: value.value.value, count: value.value.count, n: value.value.size,
        definition: value.definition, phase: each.phase(of: value.period), state: value.state.rawValue,
        enteredAt: value.at.iso8601, why: value.why, enteredBy: by.isEmpty ? nil : by,
        endedBy: endedBy.isEmpty ? nil : endedBy, endedAt: value.endedAt?.iso8601)
    }
    marks = each.marks.map {
      ProjectRecord.Mark(
        date: $0.period.description, kind: $0.kind.rawValue, words: $0.words, by: $0.by,
        withdrawnBy: $0.withdrawal?.by, withdrawnWhy: $0.withdrawal?.why)
    }
  }
}
