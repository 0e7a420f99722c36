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

  @Test func poolingShowsItsSums() throws {
    let lines = try StatisticsCase.explanation(
      Data(#"{"kind":"pool","studies":[{"yi":0.4,"vi":0.04},{"yi":0.1,"vi":0.05}]}"#.utf8))
    #expect(lines.contains("estimate = Σw y/Σw = 12/45 = 0.2667"))
    #expect(lines.contains("prediction interval: undefined below 3 schools (k − 2 degrees of freedom)"))
  }

  @Test(arguments: [
    ("N(0,0.5^2)", MeanPrior.normal(mean: 0, sd: 0.5)), ("normal(0, 0.5)", .normal(mean: 0, sd: 0.5)),
    ("N(0, 0.25)", .normal(mean: 0, sd: 0.5)), ("improper uniform", .flat), ("N(-1,2²)", .normal(mean: -1, sd: 2)),
  ])
  func priorsOnTheMeanAreRead(text: String, prior: MeanPrior) throws {
    #expect(try BayesCase.meanPrior(CaseInput(["mu_prior": .text(text)])) == prior)
  }

  @Test(arguments: [
    ("half-normal(0.5); mu prior N(0,0.5^2)", TauPrior.halfNormal(0.5)), ("half-Cauchy(scale=25)", .halfCauchy(25)),
    ("uniform on tau (improper)", .uniform), ("uniform(0,10)", .uniformTo(10)),
  ])
  func priorsOnTauAreRead(text: String, prior: TauPrior) throws {
    #expect(try BayesCase.tauPrior(CaseInput(.text(text))) == prior)
  }
}
