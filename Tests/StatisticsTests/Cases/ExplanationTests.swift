import Foundation
import Testing

@testable import Statistics

struct ExplanationTests {
  @Test func formulasShowTheNumbersInThem() throws {
    let lines = try StatisticsCase.explanation(
      Data(#"{"kind":"effect_size","measure":"OR","input":{"a":135,"b":15,"c":40,"d":10}}"#.utf8))
    #expect(lines[1] == "yi = ln(a·d/(b·c)) = ln(135·10/(15·40)) = 0.81093")
    #expect(lines[2] == "vi = 1/a + 1/b + 1/c + 1/d = 1/135 + 1/15 + 1/40 + 1/10 = 0.199074")
  }

  /// What is filled in gives what is printed: cells with what was added to them, no J where none is applied, and no plain
  /// variance where another form is asked for.
  @Test(arguments: [
    (
      #"{"kind":"effect_size","measure":"OR","input":{"a":0,"b":20,"c":5,"d":15}}"#,
      [
        "0.5 was added to every cell", "ln(0.5·15.5/(20.5·5.5)) = -2.67748",
        "1/0.5 + 1/20.5 + 1/5.5 + 1/15.5 = 2.29511",
      ]
    ),
    (
      #"{"kind":"effect_size","measure":"SMD1","input":{"m1":8,"sd1":3,"n1":20,"m2":5,"sd2":2,"n2":30},"options":{"correct":false}}"#,
      ["yi = (m1 − m2)/sd2 = (8 − 5)/2 = 1.5"]
    ),
    (
      #"{"kind":"effect_size","measure":"SMD","input":{"m1":103,"sd1":5.5,"n1":50,"m2":100,"sd2":4.5,"n2":50},"options":{"vtype":"LS2"}}"#,
      ["vi by the form LS2", "= 0.0411432"]
    ),
    (
      #"{"kind":"before_after","data":{"A":[3,3,4,5],"B":[4,5,6,7,7]}}"#,
      ["= (17 + ½ · 2)/20 = 0.9", "= 2 · 0.9 − 1 = 0.8", "= (17 − 1 − 5)/20 = 0.55"]
    ),
    (
      #"{"kind":"over_time","releases":[{"t":"Mon","schools":5,"mean":71.6},{"t":"Tue","schools":6,"mean":72.4}]}"#,
      ["5 · 71.6 = 358", "6 · 72.4 = 434.4", "value = 76.4"]
    ),
    (
      #"{"kind":"side_channel","releases":[{"centre":0.3,"ucl":0.786056}]}"#,
      ["9 · 0.3 · (1 − 0.3)/(0.786056 − 0.3)²", "recovered_n = 8"]
    ),
    (
      #"{"chart":"p","call":"","data":{"count":[5,7],"n":[100,100]}}"#,
      ["centre: Σ x / Σ n = 0.06", "0.06 ± 3 · 0.0237487 = "]
    ),
    (
      #"{"kind":"funnel","measure":"proportion","counts":[5,50,95],"n":[20,100,180]}"#,
      ["at 100: 0.5 ± 1.960 · √(0.5 · (1 − 0.5)/100) = 0.402 … 0.598"]
    ),
    (#"{"kind":"scale","effect":0.25}"#, ["100·Φ(0.25) − 50 = 9.87063", "stands in the band of 3"]),
    (#"{"kind":"diffusion","times":[1,2,3,4,6,9,11]}"#, ["at the k-th of 7 adoptions"]),
  ])
  func everyKindShowsItsNumbers(input: String, parts: [String]) throws {
    let lines = try StatisticsCase.explanation(Data(input.utf8)).joined(separator: "\n")
    for part in parts { #expect(lines.contains(part), "\(part)\n\(lines)") }
  }

  @Test func poolingShowsItsSums() throws {
    let lines = try StatisticsCase.explanation(
      Data(#"{"kind":"pool","studies":[{"yi":0.4,"vi":0.04},{"yi":0.1,"vi":0.05}]}"#.utf8))
    #expect(lines.contains("estimate = Σw y/Σw = 12/45 = 0.2667"))
    #expect(lines.contains("prediction interval: undefined below 3 schools (k − 2 degrees of freedom)"))
  }
}
