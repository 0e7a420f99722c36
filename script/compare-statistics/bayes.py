#!/usr/bin/env python3
"""Writes Tests/StatisticsTests/Vectors/bayes.json: the normal-normal model integrated on a fine grid of ln tau.

A second way to the same posterior: 200,000 points of ln tau by the trapezoid rule, the mean integrated in closed form,
quantiles by scipy's root search. Agrees with bayesmeta 3.4 within its grid of 1e-3.
"""
import json
import pathlib

import numpy as np
from scipy.optimize import brentq
from scipy.stats import norm

rng = np.random.default_rng(20261124)
EIGHT = ([28, 8, -3, 7, -1, 1, 18, 12], [15, 10, 16, 11, 9, 11, 10, 18])
RAUDENBUSH = ([.03, .12, -.14, 1.18, .26, -.06, -.02, -.32, .27, .80, .54, .18, -.02, .23, -.18, -.06, .30, .07, -.07],
              [.125, .147, .167, .373, .369, .103, .103, .220, .164, .251, .302, .223, .289, .290, .159, .167, .139, .094, .174])


def solve(y, se, tau_prior, tau_text, mu_prior, name):
    y, v = np.array(y, float), np.array(se, float) ** 2
    x = np.linspace(np.log(1e-9), np.log(1e12), 200_000)
    tau = np.exp(x)
    w = 1 / (v[None, :] + tau[:, None] ** 2)
    precision, total = w.sum(1), (w * y).sum(1)
    extra = 0
    if mu_prior:
        precision, total = precision + 1 / mu_prior[1] ** 2, total + mu_prior[0] / mu_prior[1] ** 2
        extra = ((total / precision - mu_prior[0]) / mu_prior[1]) ** 2
    m, s2 = total / precision, 1 / precision
    log = 0.5 * np.log(s2) + 0.5 * np.log(w).sum(1) - 0.5 * (w * (y - m[:, None]) ** 2).sum(1) - 0.5 * extra
    log = log + tau_prior(tau) + x
    p = np.exp(log - log.max())
    p /= p.sum()
    keep = p > 1e-18
    p, tau, m, s2 = p[keep], tau[keep], m[keep], s2[keep]
    cumulative, xs = np.cumsum(p) - p / 2, np.log(tau)

    def mixture(mean, variance):
        centre = (p * mean).sum()
        sd = np.sqrt((p * (variance + (mean - centre) ** 2)).sum())
        deviation = np.sqrt(variance)

        def quantile(q):
            return brentq(lambda z: (p * norm.cdf((z - mean) / deviation)).sum() - q, centre - 60 * sd, centre + 60 * sd, xtol=1e-12)

        return centre, sd, quantile, float((p * norm.sf((0 - mean) / deviation)).sum())

    centre, sd, quantile, above = mixture(m, s2)
    new = mixture(m, s2 + tau**2)
    pull = v[None, :] / (v[None, :] + tau[:, None] ** 2)
    shrunk = [mixture(pull[:, i] * m + (1 - pull[:, i]) * y[i], (1 - pull[:, i]) * v[i] + pull[:, i] ** 2 * s2) for i in range(len(y))]

    def tau_quantile(q):
        return float(np.exp(np.interp(q, cumulative, xs)))

    tau_mean = float((p * tau).sum())
    one = len(y) == 1
    expected = {
        "mu": {"mean": centre, "median": quantile(.5), "sd": sd, "central95": [quantile(.025), quantile(.975)], "p_mu_gt_0": above},
        "tau": {"mean": tau_mean, "median": tau_quantile(.5), "sd": float(np.sqrt((p * (tau - tau_mean) ** 2).sum())),
                "central95": [tau_quantile(.025), tau_quantile(.975)]},
        "theta_new": {"mean": new[0], "sd": new[1], "central95": [new[2](.025), new[2](.975)], "p_gt_0": new[3]},
        "shrunk": {"mean": [float(s[0]) for s in shrunk], "median": [s[2](.5) for s in shrunk], "sd": [float(s[1]) for s in shrunk]},
    }
    if one:
        expected["shrunk"] = {k: v[0] for k, v in expected["shrunk"].items()}
    mu_text = "N(%g,%g^2)" % mu_prior if mu_prior else "improper uniform"
    return {"kind": "bayes", "name": name, "model": {"mu_prior": mu_text, "tau_prior": tau_text},
            "studies": [{"y": float(a), "se": float(b)} for a, b in zip(y, se)], "expected": expected}


def half_normal(scale):
    return (lambda t: -t**2 / (2 * scale**2)), "half-normal(%g)" % scale


def half_cauchy(scale):
    return (lambda t: -np.log1p((t / scale) ** 2)), "half-Cauchy(%g)" % scale


def uniform():
    return (lambda t: 0 * t), "uniform on tau (improper)"


cases = [
    solve(*EIGHT, *uniform(), None, "eight_schools_uniform"),
    solve(*EIGHT, *half_cauchy(25), None, "eight_schools_half_cauchy"),
    solve(*EIGHT, *half_normal(10), None, "eight_schools_half_normal"),
    solve(*EIGHT, *half_normal(10), (0, 20), "eight_schools_informed"),
    solve(*RAUDENBUSH, *half_normal(.5), None, "raudenbush1985_half_normal"),
    solve(*RAUDENBUSH, *half_cauchy(.3), (0, .5), "raudenbush1985_half_cauchy"),
    solve(*RAUDENBUSH, *uniform(), None, "raudenbush1985_uniform"),
    solve([.4], [.2], *half_normal(.5), (0, .5), "one_school"),
    solve([.4, .1], [.2, .22], *half_normal(.5), (0, .5), "two_schools"),
    solve([.4, .1], [.2, .22], *half_normal(.5), None, "two_schools_flat"),
]
for k in [3, 5, 12]:
    se = np.round(np.exp(rng.normal(-1.5, .5, k)), 4)
    y = np.round(rng.normal(.2, .3, k) + se * rng.normal(size=k), 4)
    cases.append(solve(y, se, *half_normal(.5), None, "generated_k%d" % k))
target = pathlib.Path(__file__).parents[2] / "Tests/StatisticsTests/Vectors/bayes.json"


def short(value):
    if isinstance(value, float):
        return float("%.11g" % value)
    if isinstance(value, dict):
        return {k: short(v) for k, v in value.items()}
    return [short(v) for v in value] if isinstance(value, list) else float("%.11g" % value) if hasattr(value, "dtype") else value


target.write_text('{"run": "numpy grid, script/compare-statistics/bayes.py", "cases": [\n%s\n]}\n'
                  % ",\n".join(json.dumps(short(c)) for c in cases))
print(len(cases), "cases")
