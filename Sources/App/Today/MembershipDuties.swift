import Storage

/// What a school's membership and its list of people ask of those who lead it, and the queue of the office.
struct MembershipDuties {
  let db: any Transaction

  /// - Parameter begun: memberships that the viewer began.
  func all(for viewer: Viewer, begun: [Membership]) throws -> [Today.Item] {
    let today = viewer.zone.date(of: viewer.now)
    let led = viewer.schools.filter(viewer.leads)
    var items = try led.flatMap { try requests(at: $0, viewer) }
    var steps = try led.compactMap { try MembershipStore(db: db).latest(of: $0) }
    steps += begun.filter { !led.contains($0.school) }
    items += try steps.compactMap { try step($0, today) }
    items += try office(viewer)
    return items
  }

  private func requests(at school: School.ID, _ viewer: Viewer) throws -> [Today.Item] {
    try RosterRequestStore(db: db).waiting(at: school).prefix(Today.most).map { request in
      Today.Item(
        title: "\(request.name) asks to be on your school's list", path: "/schools/\(school)/roster",
        tag: viewer.zone.ago(request.at, now: viewer.now), text: request.words.isEmpty ? request.title : request.words)
    }
  }

  private func step(_ membership: Membership, _ today: CalendarDate) throws -> Today.Item? {
    let path = "/schools/\(membership.school)/membership"
    switch membership.state {
    case .agreementIssued:
      return Today.Item(
        title: "Say who signs for \(membership.schoolName)", path: path, text: "Then each of them is sent a code.")
    case .signaturesPending:
      let seats = try SignatureStore(db: db).all(of: membership.id)
      return Today.Item(
        title: "\(membership.schoolName): \(seats.count(where: \.isSigned)) of \(seats.count) have signed", path: path,
        tag: "signature pending", text: "Remind whoever has not, or name somebody else in their place.")
    case .active, .inactive:
      return reaffirmation(membership, path, today)
    case .inquiry, .received, .withdrawn, .closed, .merged: return nil
    }
  }

  private func reaffirmation(_ membership: Membership, _ path: String, _ today: CalendarDate) -> Today.Item? {
    let title = "Reaffirm the membership of \(membership.schoolName)"
    let text = "Once a year: look through the list of your people, and say that the school goes on."
    switch membership.reaffirmation(today: today) {
    case .due(let day): return Today.Item(title: title, path: path, tag: "by \(day.spoken)", text: text)
    case .overdue(let day): return Today.Item(title: title, path: path, tag: "was due \(day.spoken)", text: text)
    case .settled, nil: return nil
    }
  }

  private func office(_ viewer: Viewer) throws -> [Today.Item] {
    guard viewer.isOffice || !viewer.liaisonStates.isEmpty else { return [] }
    let counts = try MembershipQueue(db: db).counts(in: viewer.isOffice ? nil : viewer.liaisonStates)
    let (asked, signed) = (counts[.inquiry] ?? 0, counts[.received] ?? 0)
    var items: [Today.Item] = []
    if viewer.isOffice, signed > 0 {
      items.append(
        Today.Item(
          title: "\(counted(signed, "school")) signed and \(signed == 1 ? "waits" : "wait") to be confirmed",
          path: "/office/membership?state=received", tag: "membership"))
    }
    if asked > 0 {
      items.append(
        Today.Item(
          title: "\(counted(asked, "school")) asked to join", path: "/office/membership?state=inquiry",
          tag: "membership",
          text: "See whether each may, and issue the agreement."))
    }
    return items
  }
}
