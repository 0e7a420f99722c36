/// The pooled effect again and again, each time without one study: whether the verdict hangs on a single school.
public enum LeaveOneOut {
  /// One pooled effect per study left out, in their order. Needs at least 2 studies.
  public static func pool(
    _ studies: [EffectSize], _ heterogeneity: HeterogeneityMethod = .reml,
    interval: IntervalMethod = .hartungKnappAdHoc
  ) throws -> [PooledEffect] {
    try Pooling.check(studies)
    guard studies.count > 1 else { throw StatisticsError.input(field: "studies", advice: "must hold at least two") }
    let design = Design(studies)
    return try studies.indices.map { try Pooling.pool(design.without($0), heterogeneity, interval: interval) }
  }
}
