/// A secondary school of the directory, member or not.
package struct School: Sendable, Identifiable, Equatable {
  package let id: Identifier<School>
  package let name: String
  package let kind: Kind
  /// By which column of the official file the kind was decided, such as `CHARTER_TEXT`; `name` where only its name tells.
  package let kindBasis: String
  package let official: OfficialID?
  /// The district or other agency that runs it; empty for private schools.
  package let agency: String
  /// The state that reports it, which need not be the one it stands in.
  package let agencyState: String
  package let street: String
  package let city: String
  /// Postal code of the state it stands in.
  package let state: String
  package let zip: String
  package let county: String
  package let point: GeoPoint?
  package let locale: Locale?
  package let grades: Grades
  /// Enrolment, a count; nil where no file tells.
  package let students: Int?
  package let status: Status
  /// The school that took its place, if it closed or was merged.
  package let successor: Identifier<School>?
  package let website: String
  package let phone: String
  /// The school's own words; empty where it has said nothing.
  package let about: String
  package let workingOn: String
  package let visitors: String
  /// The stage of its membership; `active` is a member.
  package let membership: String
  package let memberSince: CalendarDate?
  /// First and last survey year in which an official file named it.
  package let firstSeen: SchoolYear?
  package let lastSeen: SchoolYear?
  package let origins: Origins
  package let isFictional: Bool

  package var isMember: Bool { membership == "active" }
  package var stateName: String { States.name(state) }
}

extension School {
  package enum Kind: String, Sendable, CaseIterable {
    case `public`, charter, `private`
    case careerAndTechnical = "career-and-technical"

    package var words: String {
      switch self {
      case .public: "Public"
      case .charter: "Charter"
      case .private: "Private"
      case .careerAndTechnical: "Career and technical"
      }
    }
  }

  package enum Status: String, Sendable, CaseIterable {
    case open, closed
    /// One with another school, its successor.
    case merged
    /// No longer a secondary school of the six states.
    case outside

    package var words: String {
      switch self {
      case .open: "Open"
      case .closed: "Closed"
      case .merged: "Merged into another school"
      case .outside: "No longer a secondary school here"
      }
    }
  }

  /// An urban-centric locale code of NCES, 11…43.
  package struct Locale: Sendable, Equatable {
    package let code: Int

    package init?(_ code: Int) {
      guard (1...4).contains(code / 10), (1...3).contains(code % 10) else { return nil }
      self.code = code
    }

    package var area: Area { Area(rawValue: code / 10) ?? .rural }

    /// "Large suburb", "remote rural area".
    package var words: String {
      switch area {
      case .city: ["Large city", "Midsize city", "Small city"][code % 10 - 1]
      case .suburb: ["Large suburb", "Midsize suburb", "Small suburb"][code % 10 - 1]
      case .town: ["Town near a city", "Distant town", "Remote town"][code % 10 - 1]
      case .rural: ["Rural, near a city", "Rural, distant", "Rural, remote"][code % 10 - 1]
      }
    }
  }

  /// The first digit of a locale code.
  package enum Area: Int, Sendable, CaseIterable {
    case city = 1
    case suburb, town, rural

    package var word: String { "\(self)" }
    package init?(word: String) {
      guard let area = Self.allCases.first(where: { $0.word == word }) else { return nil }
      self = area
    }
  }

  /// The grades a school teaches: -1 is pre-kindergarten, 0 kindergarten, 1…13 grades. Nil where no file tells.
  package struct Grades: Sendable, Equatable {
    package var low: Int?
    package var high: Int?

    package init(low: Int? = nil, high: Int? = nil) {
      self.low = low
      self.high = high
    }

    /// "Grades 9–12", "up to grade 12"; nil where nothing is known.
    package var words: String? {
      switch (low, high) {
      case (nil, nil): nil
      case (let low?, let high?) where low == high: "Grade \(Self.name(low))"
      case (let low?, let high?): "Grades \(Self.name(low))–\(Self.name(high))"
      case (nil, let high?): "Up to grade \(Self.name(high))"
      case (let low?, nil): "From grade \(Self.name(low))"
      }
    }

    static func name(_ grade: Int) -> String { grade == -1 ? "PK" : grade == 0 ? "K" : "\(grade)" }
  }
}

/// The id that a national survey gives a school. The two kinds are never compared with each other.
package struct OfficialID: Sendable, Hashable {
  package enum Kind: String, Sendable { case nces, pss }

  package let kind: Kind
  package let text: String

  package init(_ kind: Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }

  /// "NCES 090000201136".
  package var words: String { "\(kind == .nces ? "NCES" : "PSS") \(text)" }
}

/// A school year, named by the calendar year of its fall.
package struct SchoolYear: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let fall: Int

  package init(fall: Int) { self.fall = fall }

  /// "2014-15".
  package var description: String { "\(fall)-\(two((fall + 1) % 100))" }

  package static func < (left: Self, right: Self) -> Bool { left.fall < right.fall }
}

/// The six states of the League, and how the official files name them.
package enum States {
  package struct State: Sendable {
    package let code: String
    package let name: String
    /// Two digits, as the files begin their ids.
    package let fips: String
  }

  package static let all = [
    State(code: "CT", name: "Connecticut", fips: "09"), State(code: "ME", name: "Maine", fips: "23"),
    State(code: "MA", name: "Massachusetts", fips: "25"), State(code: "NH", name: "New Hampshire", fips: "33"),
    State(code: "RI", name: "Rhode Island", fips: "44"), State(code: "VT", name: "Vermont", fips: "50"),
  ]
  package static let codes = all.map(\.code)

  package static func name(_ code: String) -> String { all.first { $0.code == code }?.name ?? code }
  package static func code(named name: String) -> String? {
    all.first { $0.name.lowercased() == name.lowercased() }?.code
  }
  package static func code(fips: String) -> String? { all.first { $0.fips == fips }?.code }
}
