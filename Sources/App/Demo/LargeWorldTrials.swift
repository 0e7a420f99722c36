import Storage

/// Invented trials: the first idea has fifty, the others share the rest. Six of ten are reported, and their claims are
/// compiled by the product's own rule from invented counts, most of which hold no effect.
struct LargeWorldTrials {
  let size: LargeWorldSize
  let people: LargeWorldPeople
  let now: Instant
  let today: CalendarDate

  static func id(_ number: Int) -> Trial.ID { Trial.ID("trial-\(padded(number, 6))") }

  /// The idea that the trial is of.
  func idea(of number: Int) -> Int { number < 50 || size.ideas < 2 ? 0 : 1 + number % (size.ideas - 1) }

  func add(_ wanted: Range<Int>, to db: any Transaction) throws {
    let store = TrialStore(db: db)
    for number in wanted {
      var numbers = LargeWorldNumbers(.trial, number)
      let person = people.member(number * 41 + 3)
      let age = 40 + (size.trials - number) * 600 / max(1, size.trials)
      let registration = registration(age: age, &numbers)
      let start = TrialStore.Start(
        id: Self.id(number), idea: LargeWorldIdeas.id(idea(of: number)), ideaVersion: 1,
        school: LargeWorldSchools.id(people.school(of: person)), person: LargeWorldPeople.id(person),
        submission: "trial-\(number)", isAfterData: false, now: now - .days(age))
      try store.register(registration, start)
      switch number % 10 {
      case 0..<6: try report(start, registration, age: age, &numbers, store)
      case 6:
        try store.withdraw(
          start.id, reason: LargeWorldWords.sentence(&numbers), by: start.person, now: now - .days(age - 20))
      default: break
      }
    }
  }

  private func registration(age: Int, _ numbers: inout LargeWorldNumbers) -> Registration {
    let isCompared = numbers.isOne(in: 3)
    return Registration(
      participants: LargeWorldWords.measure(&numbers), starts: today.adding(days: 3 - age),
      due: today.adding(days: 30 + numbers.whole(0...60) - age), measure: LargeWorldWords.measure(&numbers),
      definition: LargeWorldWords.sentence(&numbers), unit: "", better: .higher,
      comparison: isCompared ? .group : .beforeAfter, comparisonWords: isCompared ? "The other sections" : "",
      isByLot: isCompared && numbers.isOne(in: 4),
      prediction: Registration.Prediction(direction: .better, words: "", probability: numbers.whole(50...90)),
      smallest: Double(numbers.whole(4...12)))
  }

  private func report(
    _ start: TrialStore.Start, _ registration: Registration, age: Int, _ numbers: inout LargeWorldNumbers,
    _ store: TrialStore
  ) throws {
    let outcome = outcome(registration, &numbers)
    let report = TrialReport(
      outcome: outcome,
      story: TrialReport.Story(
        changed: LargeWorldWords.sentence(&numbers), happened: LargeWorldWords.paragraphs(2, &numbers),
        again: LargeWorldWords.sentence(&numbers)))
    let claim = try ClaimCompilation.claim(registration, outcome, isAfterData: start.isAfterData)
    let trial = try store.findAny(start.id).orRefuse(.notFound)
    try store.report(report, claim, of: trial, by: start.person, now: now - .days(age - 35))
  }

  /// Shares that mostly stay as they were; one trial in eight only tells.
  private func outcome(_ registration: Registration, _ numbers: inout LargeWorldNumbers) -> Outcome {
    if numbers.isOne(in: 8) { return .experience }
    let (n, share) = (numbers.whole(18...180), numbers.real(0.3...0.7))
    let effect = numbers.isOne(in: 3) ? numbers.real(-0.15...0.3) : 0
    func count(_ share: Double) -> Outcome.Count {
      let drawn = (0..<n).count { _ in numbers.real(0...1) < share }
      return Outcome.Count(x: min(n - 1, max(1, drawn)), n: n)
    }
    let isCompared = registration.comparison == .group
    let (before, after) = (count(share), count(share + effect))
    return .counts(
      Outcome.Groups(
        before: before, after: after, otherBefore: isCompared ? count(share) : nil,
        otherAfter: isCompared ? count(share) : nil), Outcome.Circumstances(baselinePoints: numbers.whole(1...6)))
  }
}
