/// The home of whoever is signed in: on an ordinary day, with nothing, with too much, before there is a school.
enum TodaySamples {
  static let all: [Sample] = [
    Sample("today/ordinary", "An ordinary day", TodayPages.show(ordinary, .sampleLead)),
    Sample("today/numbers", "Numbers to enter on the spot", TodayPages.show(numbers, .sampleLead)),
    Sample("today/empty", "Nothing waits", TodayPages.show(Today(), .sampleEducator), for: .sampleEducator),
    Sample("today/overfull", "A great deal waits", TodayPages.show(overfull, .sampleLead)),
    Sample(
      "today/no-school", "Before there is a school", TodayPages.show(Today(beginning: .findSchool), newcomer),
      for: newcomer),
    Sample(
      "today/second-step", "Before the second step", TodayPages.show(Today(beginning: .secondStep), newcomer),
      for: newcomer),
    Sample(
      "today/not-a-member", "The school is not a member", TodayPages.show(outside, newcomer), for: newcomer),
    Sample("today/office", "In the office", TodayPages.show(office, .sampleOffice), for: .sampleOffice),
  ]

  private static let newcomer = Viewer(
    person: Person.ID("p-new"), name: "Samira Haddad", formToken: "sample-token", now: Viewer.sampleNow)

  private static let outside = Today(
    beginning: .schoolIsNoMember(School.ID("s-quaboag"), name: "Quaboag Technical"),
    waiting: [
      Today.Item(
        title: "Quaboag Technical: 1 of 4 have signed", path: "/schools/s-quaboag/membership", tag: "signature pending",
        text: "Remind whoever has not, or name somebody else in their place.")
    ])

  private static let numbers: Today = {
    var today = ordinary
    today.numbers =
      MeasureSamples.several.map {
        Today.Number(measure: $0, period: CalendarDate("2026-11-16") ?? MeasureSamples.today)
      } + [Today.Number(measure: MeasureSamples.full.measure, period: MeasureSamples.today)]
    return today
  }()

  private static let ordinary = Today(
    waiting: [
      Today.Item(
        title: "Report what came of “Conferences that students lead”", path: "/trials/t-1/report",
        tag: "was due Fri 20 Nov 2026", text: "Attendance at conferences, 118 students. Half of a log is a report, too."
      ),
      Today.Item(
        title: "Lia Pereira asks to be on your school's list", path: "/schools/s-ashuelot/roster", tag: "5 h ago",
        text: "I teach chemistry in the new wing."),
      Today.Item(
        title: "Ruth Ouellette answered you: Has anybody kept advisory alive after the grant ended?",
        path: "/posts/p-9",
        tag: "12 min ago"),
    ],
    news: [
      Today.Item(
        title: "Kettle Cove Regional reported on “Homework clubs run by seniors”", path: "/trials/t-2",
        tag: "because you tried it", text: "Late work stayed at 31 in 100 (44 of 141, then 43 of 139)."),
      Today.Item(
        title: "A ten-minute check-in on the first day back", path: "/ideas/i-3",
        tag: "because your school works on Advisory",
        text: "Each student who was absent for three days meets one adult before the first class."),
    ],
    running: [
      Today.Running(
        title: "Starting an hour later on Wednesdays", path: "/trials/t-4",
        due: CalendarDate(dayNumber: CalendarDate("2027-01-29")?.dayNumber ?? 0))
    ])

  private static let overfull = Today(
    waiting: (1...23).map { n in
      Today.Item(
        title:
          "Report what came of “An idea whose title is as long as the form lets it be, because somebody wished to say all of it at once, number \(n)”",
        path: "/trials/t-\(n)/report", tag: "was due Fri 20 Nov 2026",
        text: "The regional vocational and technical high school of the upper valley and its neighboring towns.")
    },
    news: (1...9).map { n in
      Today.Item(
        title: "Someone reported on an idea, number \(n)", path: "/trials/n-\(n)", tag: "because the idea is yours",
        text: "Late work fell from 31 in 100 to 28 in 100.")
    },
    running: (1...6).map { n in
      Today.Running(
        title: "A trial that runs, number \(n)", path: "/trials/r-\(n)",
        due: CalendarDate(dayNumber: 20_800 + n))
    })

  private static let office = Today(waiting: [
    Today.Item(
      title: "2 schools signed and wait to be confirmed", path: "/office/membership?state=received", tag: "membership"),
    Today.Item(
      title: "1 school asked to join", path: "/office/membership?state=inquiry", tag: "membership",
      text: "See whether each may, and issue the agreement."),
  ])
}
