/// How the variance between schools (tau²) is estimated.
public enum HeterogeneityMethod: String, CaseIterable, Sendable {
  /// One true effect for all: tau² is 0 by assumption.
  case equalEffects = "EE"
  /// DerSimonian & Laird 1986, by moments, truncated at 0.
  case derSimonianLaird = "DL"
  /// Paule & Mandel 1982: the tau² at which the generalised Q equals its degrees of freedom, exactly.
  case pauleMandel = "PM"
  /// Restricted maximum likelihood (Viechtbauer 2005): the default of League.
  case reml = "REML"
  /// Maximum likelihood; biased low with few schools.
  case ml = "ML"
  /// Sidik & Jonkman 2005; always above 0.
  case sidikJonkman = "SJ"
  /// Hedges & Olkin 1985: unweighted moments.
  case hedges = "HE"
  /// Empirical Bayes (Morris 1983); its solution is Paule-Mandel's.
  case empiricalBayes = "EB"
}

/// How the uncertainty of the pooled effect is turned into an interval.
public enum IntervalMethod: String, CaseIterable, Sendable {
  /// The normal distribution, as if tau² were known. Too narrow with few schools.
  case wald
  /// Hartung & Knapp 2001, Sidik & Jonkman 2002: t with k − 1 degrees of freedom and a rescaled standard error.
  /// It can be narrower than Wald when schools agree too well.
  case hartungKnapp
  /// Hartung-Knapp whose factor is never below 1 (Knapp & Hartung 2003): the default of League.
  case hartungKnappAdHoc
}
