/// A school for the gallery's pages that are not about schools.
enum SchoolSample {
  static func school(
    _ id: String, _ name: String, kind: School.Kind = .public, grades: School.Grades = School.Grades(low: 9, high: 12),
    isMember: Bool = false
  ) -> School {
    School(
      id: School.ID(id), name: name, kind: kind, kindBasis: "", official: nil, agency: "", agencyState: "NH",
      street: "",
      city: "Keene", state: "NH", zip: "", county: "Cheshire", point: nil, locale: School.Locale(41), grades: grades,
      students: 410, status: .open, successor: nil, website: "", phone: "", about: "", workingOn: "", visitors: "",
      membership: isMember ? "active" : "none", memberSince: nil, firstSeen: nil, lastSeen: nil, origins: Origins(),
      isFictional: true)
  }
}
