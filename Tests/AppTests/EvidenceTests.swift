import Foundation
import Markup
import Statistics
import Testing

@testable import App

/// What an idea's page says: words, charts and tables out of one summary.
struct EvidenceTests {
  private static let today = LeagueZone.newYork.date(of: Viewer.sampleNow)

  private func evidence(_ trials: [TrialLine]) throws -> IdeaEvidence { try IdeaEvidence(trials, today: Self.today) }

  @Test func theSamplesCouldBeMade() {
    #expect(IdeaSamples.all.count > 15)
  }

  @Test func evidenceIsKeptUntilItsTrialsChange() throws {
    let (memory, idea, zone) = (EvidenceMemory(), Idea.ID("i-conference"), LeagueZone.newYork)
    func shown(_ trials: [TrialLine], unshared: Int = 0, on day: CalendarDate = Self.today) throws -> IdeaEvidence {
      let (kept, drawing) = try memory.evidence(of: idea, trials, unshared: unshared, today: day, zone: zone)
      let made = try IdeaEvidence(trials, today: day, unshared: unshared)
      let drawn = IdeaDrawing(made, of: idea, zone: zone)
      #expect(kept.trials == made.trials && kept.unreported == made.unreported)
      #expect(drawing.answer == drawn.answer && drawing.trials == drawn.trials && drawing.stories == drawn.stories)
      return kept
    }
    let nine = IdeaSamples.nine
    _ = try shown(nine)
    _ = try shown(nine)
    #expect(memory.made == 1)
    _ = try shown(Array(nine.dropFirst()))
    #expect(memory.made == 2)
    _ = try shown(nine, unshared: 2)
    #expect(memory.made == 3)
    #expect(try shown(nine, on: Self.today.adding(days: 400)).today == Self.today.adding(days: 400))
    #expect(memory.made == 4 && memory.count == 1)
    for number in 0..<EvidenceMemory.most + 10 {
      _ = try memory.evidence(of: Idea.ID("i-\(number)"), [], unshared: 0, today: Self.today, zone: zone)
      _ = try shown(nine, on: Self.today.adding(days: 400))
    }
    #expect(memory.count == EvidenceMemory.most)
    #expect(memory.made == 4 + EvidenceMemory.most + 10, "what is used stays, what is not goes")
  }

  @Test func chartAndTableShowTheSummaryAndNothingElse() throws {
    let evidence = try evidence(IdeaSamples.nine)
    let forest = try #require(evidence.forest)
    let pooled = try #require(evidence.summary.pooled)
    #expect(forest.pooled?.effect == pooled.estimate)
    #expect(forest.pooled?.low == pooled.interval.lower && forest.pooled?.high == pooled.interval.upper)
    let weighted = forest.rows.filter { $0.weight != nil }
    #expect(weighted.map(\.effect) == evidence.summary.schools.map(\.effect.estimate))
    #expect(abs(weighted.compactMap(\.weight).reduce(0, +) - 1) < 1e-12)
    #expect(forest.unreported == evidence.summary.unreported && forest.unreported == 2)
    let page = EvidencePages.explain(IdeaSamples.idea, evidence, .sampleLead).content.string
    for row in weighted { #expect(page.contains("<td class=\"number\">\(effectFigure(row.effect))</td>")) }
    for figure in evidence.summary.figures { #expect(page.contains(HTML(text: figure.sentence).string)) }
  }

  @Test func failuresStandInTheStripLikeSuccesses() throws {
    let evidence = try evidence(IdeaSamples.nine)
    #expect(evidence.marks.count == evidence.reported.count)
    #expect(Set(evidence.marks.map(\.verdict)) == Set(evidence.reported.compactMap { $0.claim?.verdict }))
  }

  /// 41 of 118 to 24 of 112 is a log odds ratio of -0.6691 (Woolf), times √3/π -0.3689; better is lower, so above 0.
  @Test func countsGoToTheSharedScaleByTheLogisticConversion() throws {
    let outcome = Outcome.counts(
      .init(before: .init(x: 41, n: 118), after: .init(x: 24, n: 112), otherBefore: nil, otherAfter: nil),
      .init())
    let claim = try ClaimCompilation.claim(IdeaSamples.registration(.beforeAfter), outcome, isAfterData: false)
    #expect(abs(try #require(claim.effect).estimate - 0.3689) < 1e-4)
    #expect(claim.finding == "Late often fell from 35 in 100 to 21 in 100 (41 of 118, then 24 of 112).")
    #expect(claim.verdict == .tooEarly)
  }

  /// A group by lot is compared after with after; any other by the difference of both changes.
  @Test func aLotNeedsNoBefore() throws {
    var registration = IdeaSamples.registration()
    let groups = Outcome.Groups<Outcome.Count>(
      before: .init(x: 50, n: 100), after: .init(x: 30, n: 100), otherBefore: .init(x: 60, n: 100),
      otherAfter: .init(x: 50, n: 100))
    let group = try ClaimCompilation.claim(registration, .counts(groups, .init()), isAfterData: false)
    registration = Registration(
      participants: "x", starts: registration.starts, due: registration.due, measure: "Late", definition: "counted so",
      unit: "", better: .lower, comparison: .group, comparisonWords: "the others", isByLot: true, prediction: nil,
      smallest: 5)
    let lot = try ClaimCompilation.claim(registration, .counts(groups, .init()), isAfterData: false)
    #expect(group.design == .group && lot.design == .lot)
    // By lot: ln(30/70) - ln(50/50) = -0.8473, × √3/π = -0.4671. Otherwise: -0.8473 - (0 - 0.4055) = -0.4418, × √3/π = -0.2436.
    #expect(abs(try #require(lot.effect).estimate - 0.4671) < 1e-4)
    #expect(abs(try #require(group.effect).estimate - 0.2436) < 1e-4)
  }

  /// From 30 in 100 down by 5 is ln(.25/.75) - ln(.3/.7) = -0.2513, times √3/π 0.1386; 5 units over an SD of 10 are half of one.
  @Test func theSmallestChangeIsPutOnTheScaleOfTheEffect() {
    let counts = Outcome.Groups<Outcome.Count>(
      before: .init(x: 30, n: 100), after: .init(x: 20, n: 100), otherBefore: nil, otherAfter: nil)
    #expect(
      abs(ClaimCompilation.worthwhile(IdeaSamples.registration(), .counts(counts, .init())) - 0.1386) < 1e-4)
    let means = Outcome.Groups<Outcome.Mean>(
      before: .init(n: 50, mean: 40, sd: 10), after: .init(n: 50, mean: 44, sd: 10), otherBefore: nil, otherAfter: nil)
    #expect(
      ClaimCompilation.worthwhile(IdeaSamples.registration(), .means(means, correlation: nil, .init())) == 0.5)
    #expect(
      ClaimCompilation.worthwhile(IdeaSamples.registration(), .experience) == ClaimCompilation.usualWorthwhile)
  }

  /// A share of one half moved by 0 stays; moved there and back it is the same share.
  @Test(arguments: [0.05, 0.33, 0.5, 0.9]) func sharesMoveByTheLogisticScale(_ share: Double) {
    #expect(abs(EvidenceSentence.moved(share, by: 0) - share) < 1e-12)
    let there = EvidenceSentence.moved(share, by: 0.4)
    #expect(there > share)
    #expect(abs(EvidenceSentence.moved(there, by: -0.4) - share) < 1e-12)
  }

  @Test func manyRowsAreDrawnFromTheBestToTheWorst() {
    let rows = (0..<50).map { index in
      ForestRow(label: "School \(index)", effect: Double(index % 17) - 8, low: -9, high: 9, verdict: .tooEarly)
    }
    let drawn = IdeaEvidence.evenly(rows, most: 24)
    #expect(drawn.count == 24)
    #expect(drawn.first?.effect == 8 && drawn.last?.effect == -8)
    #expect(IdeaEvidence.evenly(rows, most: 50) == rows)
  }

  @Test func everybodyWhoTriedItCanBeAskedFailuresToo() throws {
    let evidence = try evidence(IdeaSamples.nine)
    let asked = PersonToAsk.all(evidence)
    #expect(asked.count == 5 && Set(asked.map(\.person.id)).count == 5)
    let verdicts = Set(evidence.reported.compactMap { $0.claim?.verdict })
    #expect(asked.prefix(verdicts.count).map(\.why).count == verdicts.count)
    // The owner stands last, once, and only where there is room.
    let (few, owner) = (Array(asked.prefix(2)), Person(id: Person.ID("owner"), name: "Ruth Ouellette"))
    #expect(PersonToAsk.adding(owner: owner, of: IdeaSamples.kettle, to: few).map(\.person).last == owner)
    #expect(PersonToAsk.adding(owner: few[0].person, of: IdeaSamples.kettle, to: few) == few)
    #expect(PersonToAsk.adding(owner: owner, of: IdeaSamples.kettle, to: asked) == asked)
  }

  @Test func nearnessNeverLooksAtResults() throws {
    let evidence = try evidence(IdeaSamples.nine)
    let schools = evidence.reported.map(\.school)
    let nearness = try Nearness(evidence, home: IdeaSamples.ashuelot, members: schools)
    #expect(nearness.rows.first?.trial.school.name == "Kettle Cove Regional")
    let distances = nearness.rows.compactMap(\.distance)
    #expect(distances == distances.sorted())
    #expect(!nearness.rows.contains { $0.trial.school.id == IdeaSamples.ashuelot.id })
    let alike = LikeMine(evidence, home: IdeaSamples.ashuelot)
    #expect(alike.sentence.contains("rural, about 430 students"))
    #expect(LikeMine.found(worked: 2, didNotWork: 0) == "two saw it work, and none saw that it did not")
    #expect(LikeMine.found(worked: 0, didNotWork: 1) == "none saw it work, and one saw that it did not")
    #expect(LikeMine.found(worked: 0, didNotWork: 0) == "none can say yet whether it works")
  }

  @Test func onesOwnSchoolIsNoneOfTheOthers() throws {
    let evidence = try evidence(IdeaSamples.nine)
    let own = try #require(evidence.reported.first?.school)
    #expect(LikeMine(evidence, home: own).reported == evidence.schoolCount - 1)
    let elsewhere = SchoolGlance(id: School.ID("elsewhere"), name: "Elsewhere", state: "ME")
    #expect(LikeMine(evidence, home: elsewhere).reported == evidence.schoolCount)
  }
}
