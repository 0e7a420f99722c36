import Statistics

/// The public front page and a public text: on the first day, on an ordinary one, with a large League.
enum FrontSamples {
  static let all: [Sample] = [
    Sample("public/front", "The front page", FrontPages.front(ordinary, .sampleVisitor), for: .sampleVisitor),
    Sample(
      "public/front-empty", "The front page of a new League", FrontPages.front(Front(), .sampleVisitor),
      for: .sampleVisitor),
    Sample(
      "public/front-large", "The front page of a large League", FrontPages.front(large, .sampleVisitor),
      for: .sampleVisitor),
    Sample("public/text", "A public text", PublicTextPages.show(text, among: [text, other]), for: .sampleVisitor),
  ]

  private static var ordinary: Front {
    var front = Front(
      members: 27, educators: 214, ideas: 31,
      verdicts: [.worked: 9, .mixed: 4, .didNotWork: 13, .tooEarly: 22, .experience: 7])
    front.unreported = 3
    front.learned = learned
    front.dots = .few(
      spots.enumerated().compactMap { n, spot in
        GeoPoint(latitude: spot.0, longitude: spot.1).map {
          SchoolMap.Spot(id: School.ID("s-\(n)"), name: "School \(n)", point: $0, isMember: true)
        }
      })
    front.states = [
      .init(state: "CT", schools: 6, members: 6), .init(state: "ME", schools: 5, members: 5),
      .init(state: "MA", schools: 8, members: 8), .init(state: "NH", schools: 4, members: 4),
      .init(state: "RI", schools: 2, members: 2), .init(state: "VT", schools: 2, members: 2),
    ]
    return front
  }

  private static var large: Front {
    var front = Front(
      members: 1_204, educators: 60_112, ideas: 4_210,
      verdicts: [.worked: 3_010, .mixed: 2_204, .didNotWork: 5_118, .tooEarly: 7_902, .experience: 1_566])
    front.unreported = 840
    front.learned = learned.map { each in
      Front.Learned(
        idea: String(
          repeating: "An idea whose title goes on and on because somebody wished to say all of it ", count: 3),
        path: each.path, school: "Regional Vocational and Technical High School of the Upper Valley, Massachusetts",
        verdict: each.verdict, finding: each.finding, reportedAt: each.reportedAt)
    }
    front.dots = .many(
      (0..<1_200).compactMap { n in
        GeoPoint(latitude: 41.2 + Double(n / 40) * 0.13, longitude: -73.2 + Double(n % 40) * 0.1).map {
          SchoolMap.Square(point: $0, hasMember: true)
        }
      })
    return front
  }

  private static let learned = [
    Front.Learned(
      idea: "Conferences that students lead", path: "/trials/t-1", school: "Kettle Cove Regional, Maine",
      verdict: .worked,
      finding: "Families who came rose from 41 in 100 to 68 in 100 (48 of 118, then 76 of 112).",
      reportedAt: Viewer.sampleNow - .hours(20)),
    Front.Learned(
      idea: "Homework clubs run by seniors", path: "/trials/t-2", school: "Point Judith High, Rhode Island",
      verdict: .didNotWork, finding: "Late work stayed at 31 in 100 (44 of 141, then 43 of 139).",
      reportedAt: Viewer.sampleNow - .days(3)),
    Front.Learned(
      idea: "An hour later on Wednesdays", path: "/trials/t-3", school: "Mad River Union, Vermont", verdict: .tooEarly,
      finding: "Late often fell from 35 in 100 to 30 in 100 (14 of 40, then 12 of 40).",
      reportedAt: Viewer.sampleNow - .days(9)),
    Front.Learned(
      idea: "A walk at noon", path: "/trials/t-4", school: "Quaboag Technical, Massachusetts", verdict: .experience,
      finding: "Nothing was counted.", reportedAt: Viewer.sampleNow - .days(12)),
  ]

  private static let spots: [(Double, Double)] = [
    (43.66, -70.26), (44.8, -68.77), (44.1, -70.2), (46.68, -68.02), (43.2, -71.54), (42.93, -72.28), (43.7, -72.29),
    (44.48, -73.21), (44.26, -72.58), (42.36, -71.06), (42.27, -71.8), (42.1, -72.59), (42.45, -73.25), (41.64, -70.93),
    (41.82, -71.41), (41.49, -71.31), (41.76, -72.67), (41.31, -72.93), (41.18, -73.19), (41.35, -72.1),
    (41.56, -73.05),
    (41.8, -73.12), (42.58, -72.6), (42.7, -71.16), (44.31, -69.78), (43.0, -71.46), (42.02, -70.68),
  ]

  private static let other = PublicText(
    path: "claims", title: "How a claim is made", summary: "Why nobody can type it.", body: Markdown.html("…"))

  private static let text = PublicText(
    path: "about", title: "What the League is", summary: "A network of schools in which the school is the member.",
    body: Markdown.html(
      "The member is the **school**.\n\n## It does three things\n\n| words | what they mean |\n|---|---|\n| worked | better |\n\n- one\n- two",
      headingsFrom: 1))
}
