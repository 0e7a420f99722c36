import Markup

/// A page with invented data, for looking at in development, for snapshots and for the browser's checks.
package struct Sample: Sendable {
  /// Under `/gallery/`, such as `ideas/show-empty`: the feature, a slash, the page and its state.
  package let path: String
  /// What is to be seen: "An idea that nobody has tried".
  package let name: String
  package let page: Page
  package let viewer: Viewer

  package init(_ path: String, _ name: String, _ page: Page, for viewer: Viewer = .sampleLead) {
    self.path = path
    self.name = name
    self.page = page
    self.viewer = viewer
  }
}

/// Every page of the product with sample data: empty, ordinary, overfull, with long names.
///
/// A feature adds `<Feature>Samples.swift` beside this file and its list to `samples`.
package enum Gallery {
  package static let samples: [Sample] = [
    ComponentSamples.all,
    ChartSamples.all,
    ErrorSamples.all,
    IdeaSamples.all,
    TrialSamples.all,
    MeasureSamples.all,
    ProjectSamples.all,
    ProjectTrialSamples.all,
    SignInSamples.all,
    MembershipSamples.all,
    PeopleSamples.all,
    AccountCareSamples.all,
    TodaySamples.all,
    FrontSamples.all,
    SchoolSamples.all,
    DiscussionSamples.all,
    SearchSamples.all,
  ].flatMap(\.self)

  package static func find(_ path: String) -> Sample? { samples.first { $0.path == path } }
}

/// The gallery's own page.
package enum GalleryPages {
  /// All samples by feature, each a link to `/gallery/<path>`.
  package static var index: Page {
    Page("Gallery") {
      h1 { "Gallery" }
      lede("Every page with sample data. What you see here is what the tests compare and the browser checks.")
      for feature in features {
        part(feature) {
          ul(.class("gallery")) {
            for sample in Gallery.samples where sample.feature == feature {
              li { a(.href("/gallery/\(sample.path)")) { sample.name } }
            }
          }
        }
      }
    }
  }

  private static var features: [String] {
    var seen: Set<String> = []
    return Gallery.samples.map(\.feature).filter { seen.insert($0).inserted }
  }
}

extension Sample {
  /// The first part of the path, which groups the index.
  fileprivate var feature: String { String(path.prefix { $0 != "/" }) }
}

// MARK: who looks at the samples

extension Viewer {
  /// Tue 24 Nov 2026, 9:05 in New York: now, in every sample.
  package static let sampleNow = Instant(milliseconds: 1_795_529_100_000)

  package static let sampleVisitor = Viewer.visitor(now: sampleNow)

  package static let sampleLead = Viewer(
    person: Person.ID("p-dana"), name: "Dana Whitcomb",
    roles: [
      Role(.lead, school: School.ID("s-ashuelot"), schoolName: "Ashuelot Valley Regional", schoolIsMember: true)
    ], formToken: "sample-token", unread: 3, now: sampleNow)

  package static let sampleEducator = Viewer(
    person: Person.ID("p-lia"), name: "Lia Pereira",
    roles: [
      Role(.educator, school: School.ID("s-quaboag"), schoolName: "Quaboag Technical", schoolIsMember: true)
    ], formToken: "sample-token", now: sampleNow)

  package static let sampleOffice = Viewer(
    person: Person.ID("p-office"), name: "Marguerite Thibodeau", roles: [Role(.office)], formToken: "sample-token",
    unread: 128, now: sampleNow)
}
