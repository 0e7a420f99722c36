"""A second opinion on pooling, effects, slopes and interrupted series, by statsmodels and PyMARE: writes
Tests/StatisticsTests/Vectors/second-opinion.json.

What they compute otherwise is left out: statsmodels does not truncate DerSimonian-Laird at 0, takes Hartung-Knapp's
factor for it by other weights, and its Paule-Mandel ends at 0 where it has not settled; PyMARE's standard errors are
robust ones, and its likelihoods are climbed here to the top.
Run: python3 script/compare-statistics/second_opinion.py   (needs statsmodels and pymare)
"""
import json
import pathlib

import numpy as np
import pymare
import statsmodels
import statsmodels.api as sm
from pymare.estimators import DerSimonianLaird, Hedges
from scipy.optimize import minimize_scalar
from statsmodels.stats.meta_analysis import combine_effects, effectsize_2proportions, effectsize_smd

VECTORS = pathlib.Path(__file__).parents[2] / "Tests/StatisticsTests/Vectors"
rng = np.random.default_rng(20261128)


def number(value):
    return float(f"{float(value):.12g}")


def likelihood(y, v, restricted):
    """tau² at the top of PyMARE's own log-likelihood, which its optimizer only comes near to."""
    from pymare.stats import weighted_least_squares

    def negative(tau2):
        w = 1 / (v + tau2)
        mu = weighted_least_squares(y[:, None], v[:, None], np.ones((len(y), 1)), tau2)[0, 0]
        value = -0.5 * np.sum(np.log(v + tau2)) - 0.5 * np.sum(w * (y - mu) ** 2)
        return -(value - 0.5 * np.log(w.sum())) if restricted else -value

    top = max(1.0, 4 * np.var(y))
    best = minimize_scalar(negative, bounds=(0, top), method="bounded", options={"xatol": 1e-13})
    return 0.0 if negative(0) <= best.fun else best.x


def pool(name, y, v):
    expected = {}
    paule_mandel = combine_effects(y, v, method_re="iterated", use_t=False, atol=1e-13, maxiter=2000)
    expected["EE"] = {"estimate": number(paule_mandel.mean_effect_fe), "se": number(paule_mandel.sd_eff_w_fe)}
    tau2 = max(0, float(paule_mandel.tau2))
    w = 1 / (v + tau2)
    left = np.sum(w * (y - (w * y).sum() / w.sum()) ** 2) - (len(y) - 1)
    if abs(left) < 1e-8 or (tau2 == 0 and left < 0):
        expected["PM"] = {"estimate": number(paule_mandel.mean_effect_re), "tau2": number(tau2)}
    expected["Q"] = number(paule_mandel.q)
    for key, estimator in (("DL", DerSimonianLaird()), ("HE", Hedges())):
        found = estimator.fit(y=y[:, None], v=v[:, None], X=np.ones((len(y), 1)))
        summary = found.summary()
        expected[key] = {
            "estimate": number(summary.fe_params[0, 0]), "tau2": number(np.ravel(summary.tau2)[0]),
        }
    for key, restricted in (("REML", True), ("ML", False)):
        tau2 = likelihood(y, v, restricted)
        w = 1 / (v + tau2)
        expected[key] = {
            "estimate": number((w * y).sum() / w.sum()), "se": number(w.sum() ** -0.5), "tau2": number(tau2),
        }
    studies = [{"yi": float(a), "vi": float(b)} for a, b in zip(y, v)]
    return {"kind": "pool", "name": name, "studies": studies, "expected": expected}


def means(i):
    n1, n2 = int(rng.integers(5, 90)), int(rng.integers(5, 90))
    m1, m2 = (round(float(x), 2) for x in rng.normal(50, 10, 2))
    s1, s2 = (round(float(x), 2) for x in rng.uniform(4, 15, 2))
    effect, _ = effectsize_smd(m1, s1, n1, m2, s2, n2)
    # Its correction is the usual approximation 1 - 3/(4m - 1); the uncorrected effect is exact.
    factor = 1 - 3 / (4 * (n1 + n2) - 9)
    return {
        "kind": "effect_size", "name": f"SMD_{i}", "measure": "SMD", "options": {"correct": False},
        "input": {"m1": m1, "sd1": s1, "n1": n1, "m2": m2, "sd2": s2, "n2": n2},
        "expected": {"yi": number(effect / factor)},
    }


def shares(i):
    n1, n2 = int(rng.integers(20, 400)), int(rng.integers(20, 400))
    a, c = int(rng.integers(1, n1)), int(rng.integers(1, n2))
    table = {"a": a, "b": n1 - a, "c": c, "d": n2 - c}
    for measure, statistic in (("RD", "diff"), ("OR", "odds-ratio"), ("RR", "risk-ratio"), ("AS", "arcsin")):
        effect, variance = effectsize_2proportions(a, n1, c, n2, statistic=statistic)
        yield {
            "kind": "effect_size", "name": f"{measure}_{i}", "measure": measure, "input": table,
            "expected": {"yi": number(effect), "vi": number(variance)},
        }


def interrupted(i):
    n, before, lag = 20 + 5 * i, 9 + 2 * i, 1 + i
    time = np.arange(1, n + 1)
    after = (time > before).astype(float)
    y = np.round(20 + 0.1 * time - 2 * after + rng.normal(0, 1.5, n), 2)
    model = sm.OLS(y, np.column_stack([np.ones(n), time, after, after * (time - before)]))
    plain = model.fit()
    carried = model.fit(cov_type="HAC", cov_kwds={"maxlags": lag, "use_correction": False})
    terms = ["intercept", "time", "level", "trend"]
    return {
        "kind": "before_after", "name": f"interrupted_{i}", "data": {"y": y.tolist(), "before": before, "lag": lag},
        "expected": {
            term: {
                "estimate": number(plain.params[k]), "se": number(plain.bse[k]), "p": number(plain.pvalues[k]),
                "se_newey_west": number(carried.bse[k]),
            }
            for k, term in enumerate(terms)
        },
    }


cases = []
for i, k in enumerate([2, 3, 5, 8, 12, 20, 40, 4, 6, 10]):
    v = np.round(np.exp(rng.normal(-3, 0.9, k)), 6)
    cases.append(pool(f"generated_{i}", np.round(rng.normal(0.2, np.sqrt(v + [0, 0.05, 0.4][i % 3])), 6), v))
cases += [means(i) for i in range(6)]
for i in range(6):
    cases += shares(i)
cases += [interrupted(i) for i in range(5)]
source = f"statsmodels {statsmodels.__version__}, PyMARE {pymare.__version__}"
lines = ",\n".join(json.dumps(case) for case in cases)
(VECTORS / "second-opinion.json").write_text(
    f'{{"run": "{source}", "script": "script/compare-statistics/second_opinion.py", "cases": [\n{lines}]}}\n')
print(len(cases), "cases of", source)
