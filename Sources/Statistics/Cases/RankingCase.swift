/// `kind: ranking`: trec_eval's measures for each query, and their means.
enum RankingCase: CaseHandler {
  private static let cutoffs = [1, 3, 5, 10, 20, 100]

  static func answer(_ input: CaseInput) throws -> CaseValue {
    let queries = try read(input)
    let measured = queries.map { (name: $0.name, figures: figures($0.measures)) }
    var fields = measured.map { CaseValue.Field($0.name, object($0.figures)) }
    if let first = measured.first, !measured.contains(where: { $0.name == "all" }) {
      let means = first.figures.indices.map { place in
        (first.figures[place].0, measured.reduce(0) { $0 + $1.figures[place].1 } / Double(measured.count))
      }
      fields.append(CaseValue.Field("all", object(means)))
    }
    return .object(fields)
  }

  static func explanation(_ input: CaseInput) throws -> [String] {
    try read(input).map { query in
      let gains = query.measures.gains.map { "\($0)" }.joined(separator: ", ")
      return "\(query.name): relevance by rank \(gains) of \(query.measures.relevantCount) relevant: "
        + "AP \(query.measures.averagePrecision), RR \(query.measures.reciprocalRank), nDCG \(query.measures.nDCG())"
    }
  }

  /// Queries that were both judged and run, in the order of the judgements.
  private static func read(_ input: CaseInput) throws -> [(name: String, measures: RankingMeasures)] {
    let run = try input.field("run")
    let queries = try input.field("qrel").fields().compactMap { query -> (name: String, measures: RankingMeasures)? in
      let relevance = try numbers(query.input)
      guard let scores = run.optional(query.name) else { return nil }
      return (query.name, RankingMeasures(relevance: relevance, scores: try numbers(scores)))
    }
    guard !queries.isEmpty else { throw run.refusal("must hold a query that qrel judges") }
    return queries
  }

  private static func numbers(_ input: CaseInput) throws -> [String: Double] {
    Dictionary(try input.fields().map { ($0.name, try $0.input.number()) }) { $1 }
  }

  private static func figures(_ measures: RankingMeasures) -> [(String, Double)] {
    [("map", measures.averagePrecision), ("recip_rank", measures.reciprocalRank)]
      + cutoffs.map { ("P_\($0)", measures.precision(at: $0)) }
      + cutoffs.map { ("recall_\($0)", measures.recall(at: $0)) }
      + [("ndcg", measures.nDCG())] + cutoffs.map { ("ndcg_cut_\($0)", measures.nDCG(at: $0)) }
  }

  private static func object(_ figures: [(String, Double)]) -> CaseValue {
    .object(figures.map { CaseValue.Field($0.0, .figure($0.1)) })
  }
}
