import Statistics

/// A cycle on its way to being a trial of an idea, and beside schools that did not try it.
enum ProjectTrialSamples {
  static let all: [Sample] = [
    Sample(
      "project-trials/propose", "A cycle proposed as a trial",
      ProjectTrialPages.propose(proposal(), proposal().firstForm, idea: "", .sampleLead)),
    Sample(
      "project-trials/refused", "A cycle proposed, with something to mend",
      ProjectTrialPages.propose(
        proposal(ideas: 3), ReportForm(), idea: "",
        problems: [
          "idea": "Choose the idea that was tried.", "happened": "Tell what happened, in your own words.",
        ], .sampleLead)),
    Sample(
      "project-trials/early", "A cycle that cannot be shared yet",
      ProjectTrialPages.propose(early, ReportForm(), idea: "", .sampleLead)),
    Sample(
      "project-trials/compared", "Beside schools that did not try it",
      SeriesComparisonPages.show(comparison(peers: 4), of: proposal(), .sampleLead)),
    Sample(
      "project-trials/not-compared", "Nobody to compare with",
      SeriesComparisonPages.show(comparison(peers: 0), of: proposal(), .sampleLead)),
    Sample("project-trials/trial", "A trial of a project", TrialPages.show(trial, .sampleLead)),
    Sample(
      "project-trials/trial-visitor", "The same as a visitor sees it", TrialPages.show(trial, .sampleVisitor),
      for: .sampleVisitor),
  ]

  private static let counts = [41.0, 38, 44, 40, 39, 42, 40, 43, 34, 36, 33, 35, 31, 34, 33, 35]
  private static let starts = ProjectSamples.cycle(1, .closed).starts

  private static func series(_ values: [Double], students: Int? = 118) -> TrialSeries {
    var series = TrialSeries(
      kind: .count, schedule: .week, changedOn: starts, students: students, isCountedAlike: true)
    series.values = values.enumerated().map {
      TrialSeries.Value(period: starts.adding(days: 7 * ($0 - 8)), value: MeasuredValue($1))
    }
    return series
  }

  private static let measure = Measure(
    id: Measure.ID("late"), school: ProjectSamples.project.school.id, schoolName: ProjectSamples.project.school.name,
    project: ProjectSamples.project.id, name: "Late to first period", role: .outcome, subgroup: "", schedule: .week,
    isShared: true,
    definition: MeasureDefinition(
      who: "All 118 ninth-graders", what: "Late to first period", how: "Fridays, from the office's log", unit: "",
      kind: .count, better: .lower, chart: .run, rules: .anhoej, target: nil, baselineUntil: nil), points: 16,
    last: nil, spark: [], sentence: "")

  private static func proposal(ideas: Int = 1) -> ProjectTrial {
    let cycle = ProjectSamples.cycle(1, .closed)
    var registration = cycle.prediction.flatMap { Registration($0, of: cycle, measure, isAfterData: false) }
    registration?.at = Viewer.sampleNow - .days(60)
    return ProjectTrial(
      project: ProjectSamples.project, cycle: cycle, measure: measure,
      registrations: [registration].compactMap(\.self), series: series(counts, students: nil),
      ideas: (0..<ideas).map {
        IdeaGlance(
          id: Idea.ID("i-\($0)"), title: IdeaSamples.content.title, school: IdeaSamples.kettle, adaptation: "")
      }, undecided: [])
  }

  private static let early = ProjectTrial(
    project: ProjectSamples.project, cycle: ProjectSamples.cycle(2, .do), measure: nil, registrations: [], series: nil,
    ideas: [], undecided: [])

  private static func comparison(peers: Int) -> SeriesComparison? {
    let levels = [38.0, 40, 42, 44]
    return try? SeriesComparison(
      own: .init(school: IdeaSamples.ashuelot, measure: measure.id, series: series(counts)),
      candidates: (0..<peers).map { index in
        let school = SchoolGlance(
          id: School.ID("peer-\(index)"), name: "School number \(index + 1)", state: "NH",
          students: (IdeaSamples.ashuelot.students ?? 400) - 6 + 4 * index, locale: IdeaSamples.ashuelot.locale,
          gradeLow: IdeaSamples.ashuelot.gradeLow, gradeHigh: IdeaSamples.ashuelot.gradeHigh,
          kind: IdeaSamples.ashuelot.kind)
        return .init(
          school: school, measure: Measure.ID("m-\(index)"),
          series: series(
            Array(repeating: levels[index], count: 8) + Array(repeating: levels[index] - Double(index), count: 8)))
      })
  }

  private static var trial: TrialView {
    let proposal = proposal()
    let outcome = Outcome.series(series(counts), Outcome.Circumstances(baselinePoints: 8))
    let story = "The office called every family by nine.\n\nTwo families asked us to stop, and we did."
    let report = TrialReport(
      number: 1, at: Viewer.sampleNow - .days(3), by: IdeaSamples.person(0), outcome: outcome,
      story: .init(
        changed: "", happened: story, again: "", happenedHTML: renderedMarkdown(story),
        excerpt: Extract.plain(story, limit: Trial.excerptLimit)))
    let registration = proposal.registration ?? IdeaSamples.registration()
    var trial = Trial(
      id: Trial.ID("t-late"), idea: IdeaSamples.idea.id, ideaTitle: IdeaSamples.content.title, ideaVersion: 2,
      school: ProjectSamples.project.school, person: IdeaSamples.person(0), state: .reported,
      registeredAt: Viewer.sampleNow - .days(60), isAfterData: false, registration: registration, withdrawal: nil,
      report: report, claim: try? ClaimCompilation.claim(registration, outcome, isAfterData: false))
    trial.origin = TrialOrigin(
      project: ProjectSamples.project.id, cycle: proposal.cycle.id, measure: measure.id,
      publishedAt: Viewer.sampleNow - .days(3))
    return TrialView(trial: trial, today: IdeaSamples.today, project: ProjectSamples.project)
  }
}
