import Foundation
import Testing

@testable import Statistics

/// Cases spoilt at random, by a seed: whatever comes in, an answer holds no NaN and no infinity, and a refusal names a field
/// that is there (or says which one is missing).
struct BadInputTests {
  private static let sound = [
    #"{"kind":"attack","releases":[{"members":["A","B","C"],"mean":50,"decimals":1},{"members":["B","C"],"mean":40}],"bounds":[0,100],"known":{"B":30}}"#,
    #"{"kind":"bayes","model":{"mu_prior":"N(0,0.5^2)","tau_prior":"half-normal(0.5)"},"studies":[{"y":0.4,"se":0.2},{"y":0.1,"se":0.3}]}"#,
    #"{"kind":"before_after","improvement":"increase","data":{"A":[3,3,4,5],"B":[4,5,6,7,7]}}"#,
    #"{"kind":"before_after","options":{"scale":"percentage","intervals":20},"data":{"A":[10,20,15,30],"B":[40,50,45]}}"#,
    #"{"kind":"before_after","y":[1,2,3,4,5,9,8,7,9,10],"before":5,"lag":1}"#,
    #"{"kind":"before_after","mean":50,"sd":10,"r":0.6,"selected_pre":35}"#,
    #"{"kind":"claim","yi":0.4,"se":0.1,"worthwhile":0.2,"pupils":60,"registered":true,"design":"before_after","baseline":{"points":9,"expected_gain":0.1}}"#,
    #"{"kind":"coding","groups":[{"n":25,"count":25},{"n":300,"count":1}],"min_n":10,"state":"NH"}"#,
    #"{"kind":"diffusion","p":0.03,"q":0.38,"times":[1,2,30]}"#,
    #"{"kind":"diffusion","times":[1,2,3,4,6,9,11]}"#,
    #"{"kind":"diffusion","now":12,"mature_after":6,"adoptions":[{"school":"A","t":0},{"school":"B","t":1,"parent":"A"}]}"#,
    #"{"kind":"dominance","releases":[{"view":"total of 3","value":90},{"contributions":[60,20,10]}]}"#,
    #"{"kind":"effect_size","measure":"SMD","input":{"m1":103,"sd1":5.5,"n1":50,"m2":100,"sd2":4.5,"n2":50},"options":{"vtype":"UB"}}"#,
    #"{"kind":"effect_size","measure":"SMCC","input":{"m_post":26,"m_pre":22,"sd_post":5.4,"sd_pre":4.4,"n":60}}"#,
    #"{"kind":"effect_size","measure":"SMCRPH","input":{"m_post":26,"m_pre":22,"sd_post":5.4,"sd_pre":4.4,"n":60,"r":0.7}}"#,
    #"{"kind":"effect_size","measure":"DPPC1","input":{"treatment":{"m_pre":30,"m_post":38,"sd_pre":15,"n":20,"r":0.5},"control":{"m_pre":23,"m_post":26,"sd_pre":13,"n":20}}}"#,
    #"{"kind":"effect_size","measure":"OR","input":{"a":0,"b":20,"c":5,"d":15},"options":{"add":0.1,"to":"all"}}"#,
    #"{"kind":"effect_size","measure":"PHI","input":{"a":3,"b":20,"c":5,"d":15},"options":{"vtype":"ST"}}"#,
    #"{"kind":"effect_size","measure":"MPORC","input":{"a":20,"b":10,"c":5,"d":20}}"#,
    #"{"kind":"effect_size","measure":"IRR","input":{"x1":3,"t1":10,"x2":0,"t2":20}}"#,
    #"{"kind":"effect_size","measure":"PFT","input":{"x":10,"n":20}}"#,
    #"{"kind":"evidence","trials":[{"school":"A","yi":0.1,"vi":0.02},{"school":"B","yi":0.3,"vi":0.02,"pupils":40},{"school":"C","yi":0.2,"se":0.1}],"unreported":2}"#,
    #"{"kind":"funnel","measure":"proportion","counts":[5,50,95],"n":[20,100,180]}"#,
    #"{"kind":"ledger","policy":{"min_n":10,"min_schools":3,"p":10,"n":1,"k":75},"releases":[{"id":"a","measure":"m","units":[{"name":"A","people":40,"amount":3},{"name":"B","people":40,"amount":5},{"name":"C","people":30,"amount":6}]}]}"#,
    #"{"kind":"matching","k":2,"features":["log(pupils)","need"],"schools":[{"id":"A","pupils":950,"need":22},{"id":"B","pupils":1020,"need":25},{"id":"C","pupils":410,"need":41},{"id":"D","pupils":1800,"need":12}]}"#,
    #"{"kind":"network","directed":true,"nodes":["A","B","C"],"edges":[["A","B"],["B","C"],["C","A"]]}"#,
    #"{"kind":"over_time","releases":[{"t":"Mon","schools":5,"mean":71.6},{"t":"Tue","schools":6,"mean":72.4}]}"#,
    #"{"kind":"pattern_check","min_n":10,"cells":{"a":4,"b":15,"c":30},"margins":[{"name":"T","sums":["a","b","c"],"value":49}],"pattern":["a","b"]}"#,
    #"{"kind":"pool","studies":[{"yi":0.1,"vi":0.02,"s":"a"},{"yi":0.3,"vi":0.03,"s":"a"},{"yi":0.2,"vi":0.01,"s":"b"}],"options":{"cluster":"s","level":0.9}}"#,
    #"{"kind":"ranking","qrel":{"q":{"a":3,"b":0}},"run":{"q":{"a":1,"b":2}}}"#,
    #"{"kind":"regression","studies":[{"yi":0.1,"vi":0.02,"x":1},{"yi":0.3,"vi":0.03,"x":2},{"yi":0.2,"vi":0.01,"x":3},{"yi":0.9,"vi":0.04,"x":4}],"moderators":["x"],"options":{"method":"REML","test":"knha"}}"#,
    #"{"kind":"scale","effect":0.25,"pounds_per_pupil":100,"study":{"design":"randomised","significant_gain":true,"pupils":400,"districts":2}}"#,
    #"{"kind":"side_channel","releases":[{"centre":0.3,"ucl":0.786056,"point":0.25}]}"#,
    #"{"kind":"structured","levels":["d","s"],"studies":[{"d":"A","s":"a","yi":0.1,"vi":0.02},{"d":"A","s":"b","yi":0.4,"vi":0.03},{"d":"B","s":"a","yi":0.2,"vi":0.01}]}"#,
    #"{"kind":"table","min_n":10,"cells":{"a":4,"b":15,"c":30},"margins":[{"name":"T","sums":["a","b","c"],"value":49}]}"#,
    #"{"chart":"i","options":{"rules":"all","exclude":[2],"freeze":5,"cl":3},"data":{"y":[1,2,3,4,5,9,8,7,9,10]}}"#,
    #"{"chart":"p","options":{"rules":["nelson","nhs"],"part":[3]},"data":{"count":[1,2,3,4,5,9],"n":[20,20,20,20,20,20]}}"#,
    #"{"chart":"S","options":{"std_dev":"RMSDF"},"data":{"phase1":[[1,2,3],[2,3,5],[3,3,4]],"phase2":[[1,2,9]]}}"#,
    #"{"chart":"t","call":"","data":{"y":[1,2,3,4,5,9]}}"#, #"{"chart":"g","call":"","data":{"y":[1,2,3,4,5,9]}}"#,
    #"{"chart":"xbar","call":"","data":{"subgroups":[[1,2,3],[2,3],[5,6,7]]}}"#,
    #"{"chart":"XmR (NHS)","options":{"target":20,"improvement_direction":"increase","rebase_at_point":3},"data":{"y":[59.1,45.2,47.2,48.4,46.1]}}"#,
    #"{"chart":"run (IHI/Perla)","data":{"y":[1,2,3,3,4,5,2,8,2,8,2,8]}}"#,
  ]

  @Test(arguments: 1...6) func spoiltCasesAreAnsweredSoundlyOrRefusedByName(seed: Int) throws {
    var random = Seeded(seed)
    let cases = try Self.sound.map { try CaseParser.parse(Data($0.utf8)) }
    for entry in cases {
      _ = try StatisticsCase.answer(entry.json())
      let lines = try StatisticsCase.explanation(entry.json())
      #expect(lines.contains { $0.contains(where: \.isNumber) } && !lines.contains { $0.contains("undefined") })
    }
    for _ in 0..<250 {
      guard let entry = cases.randomElement(using: &random) else { continue }
      var spoilt = entry
      for _ in 0..<Int.random(in: 1...3, using: &random) { spoilt = Self.spoil(spoilt, &random) }
      let text = spoilt.json()
      do {
        let answer = String(decoding: try StatisticsCase.answer(text), as: UTF8.self)
        let lines = try StatisticsCase.explanation(text).joined(separator: "\n")
        for word in answer.split(whereSeparator: { !$0.isLetter }) + lines.split(whereSeparator: { !$0.isLetter }) {
          #expect(!["nan", "inf", "infinity"].contains(word.lowercased()), "\(String(decoding: text, as: UTF8.self))")
        }
      } catch StatisticsError.input(let field, let advice) {
        let isNamed = advice.hasPrefix("is missing") || Self.holds(spoilt, field)
        #expect(isNamed, "\(field) \(advice): \(String(decoding: text, as: UTF8.self))")
      } catch StatisticsError.noConvergence {}
    }
  }

  private static func holds(_ value: CaseValue, _ path: String) -> Bool {
    var place = value
    for step in path.split(whereSeparator: { ".[]".contains($0) }).map(String.init) {
      if case .list(let items) = place, let position = Int(step), items.indices.contains(position - 1) {
        place = items[position - 1]
      } else if let found = place[step] {
        place = found
      } else {
        return false
      }
    }
    return true
  }

  /// One value somewhere in `value` replaced, scaled, removed or repeated.
  private static func spoil(_ value: CaseValue, _ random: inout Seeded) -> CaseValue {
    let isHere = Double.random(in: 0..<1, using: &random) < 0.2
    switch value {
    case .object(let fields) where !isHere && !fields.isEmpty:
      let place = Int.random(in: 0..<fields.count, using: &random)
      var fields = fields
      if Double.random(in: 0..<1, using: &random) < 0.1 {
        fields.remove(at: place)
      } else {
        fields[place] = .init(fields[place].name, spoil(fields[place].value, &random))
      }
      return .object(fields)
    case .list(let items) where !isHere && !items.isEmpty:
      let place = Int.random(in: 0..<items.count, using: &random)
      var items = items
      switch Int.random(in: 0..<8, using: &random) {
      case 0: items.remove(at: place)
      case 1: items = Array(items.prefix(Int.random(in: 0...2, using: &random)))
      case 2: items = Array(repeating: items[place], count: Int.random(in: 1...30, using: &random))
      default: items[place] = spoil(items[place], &random)
      }
      return .list(items)
    case .number(let number) where Bool.random(using: &random):
      return .number(number * (scales.randomElement(using: &random) ?? 1))
    default: return wrong.randomElement(using: &random) ?? .null
    }
  }

  private static let scales = [0, -1, 1e6, 1e-6, 1e12, 1e60, 1e-60, 1e150, 1e-150]
  private static let wrong: [CaseValue] = [
    .null, .number(0), .number(-1), .number(1), .number(2), .number(0.5), .number(-2.5), .number(1e300),
    .number(.leastNonzeroMagnitude), .number(1e15), .number(1e18), .text("x"), .text(""), .list([]), .object([]),
    .flag(true),
    .list([.number(1)]), .list([.number(0), .number(0), .number(0)]), .list([.list([])]),
  ]
}
