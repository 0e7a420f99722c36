#!/usr/bin/env python3
"""Writes Tests/StatisticsTests/Vectors/distributions.json: tails and quantiles to 17 digits, by mpmath at 60 digits."""
import json
import pathlib

from mpmath import mp, mpf, ncdf, erfc, gammainc, betainc, sqrt, findroot, log, binomial, loggamma, gamma

mp.dps = 60
rows = []


def out(value):
    return float(mp.nstr(value, 25))


def row(what, arguments, lower, upper):
    rows.append({"what": what, "arguments": arguments, "lower": out(lower), "upper": out(upper)})


def beta_tails(x, a, b):
    x, a, b = mpf(x), mpf(a), mpf(b)
    return betainc(a, b, 0, x, regularized=True), betainc(b, a, 0, 1 - x, regularized=True)


def t_tails(t, df):
    t, df = mpf(t), mpf(df)
    beyond = betainc(df / 2, mpf(1) / 2, 0, df / (df + t * t), regularized=True) / 2
    return (1 - beyond, beyond) if t > 0 else (beyond, 1 - beyond)


def gamma_tails(a, x):
    a, x = mpf(a), mpf(x)
    upper = gammainc(a, x, mp.inf, regularized=True)
    lower = gammainc(a, 0, x, regularized=True)
    return lower, upper


for z in [-37.0, -20.0, -8.5, -3.0, -1.959963984540054, -0.5, -1e-8, 0.0, 1e-8, 0.3, 1.0, 2.5758, 6.0, 10.62, 25.0, 37.5]:
    row("normal", [z], erfc(-mpf(z) / sqrt(mpf(2))) / 2, erfc(mpf(z) / sqrt(mpf(2))) / 2)
for df in [1, 1.5, 2, 3, 4.7, 10, 29, 57.3, 120, 1000, 50000]:
    for t in [-40.0, -12.706204736432095, -3.1, -0.7, -1e-6, 1e-6, 0.5, 1.0, 2.2, 4.5, 15.0]:
        row("t", [t, df], *t_tails(t, df))
for df in [1, 2, 3, 4.5, 12, 55, 200, 999, 5000]:
    for factor in [1e-4, 0.05, 0.5, 0.9, 1.0, 1.1, 1.5, 3.0, 10.0]:
        x = float(df * factor)
        if x > 1300 + df:
            continue
        row("chi-square", [x, df], *gamma_tails(mpf(df) / 2, mpf(x) / 2))
for df1, df2 in [(1, 1), (1, 10), (2, 5), (3, 57), (5.5, 8.25), (12, 12), (40, 400), (100, 3), (1000, 1000)]:
    for x in [1e-3, 0.2, 0.9, 1.0, 1.3, 4.0, 25.0]:
        a, b = mpf(df1) / 2, mpf(df2) / 2
        share = mpf(df1) * mpf(x) / (mpf(df1) * mpf(x) + mpf(df2))
        lower = betainc(a, b, 0, share, regularized=True)
        upper = betainc(b, a, 0, 1 - share, regularized=True)
        row("F", [x, df1, df2], lower, upper)
for a, b in [(0.5, 0.5), (1, 3), (2, 0.3), (4, 9), (30, 2), (75, 60.5), (600, 900)]:
    for x in [0.001, 0.05, 0.3, 0.5, 0.62, 0.9, 0.99]:
        row("beta", [x, a, b], *beta_tails(x, a, b))
for n, p in [(1, 0.5), (9, 0.5), (23, 0.5), (49, 0.5), (60, 0.1), (200, 0.03), (1000, 0.4), (5000, 0.999)]:
    for k in sorted({0, 1, n // 10, n // 3, n // 2, int(n * p), int(n * 0.9), n - 1}):
        if k >= n:
            continue
        p_ = mpf(p)
        terms = [binomial(n, i) * p_**i * (1 - p_) ** (n - i) for i in range(n + 1)]
        row("binomial", [k, n, p], sum(terms[: k + 1]), sum(terms[k + 1 :]))
for marked, plain, draws in [(5, 5, 5), (12, 30, 9), (40, 60, 50), (300, 700, 120)]:
    low, high = max(0, draws - plain), min(marked, draws)
    total = binomial(marked + plain, draws)
    terms = {k: binomial(marked, k) * binomial(plain, draws - k) / total for k in range(low, high + 1)}
    for k in sorted({low, low + 1, (low + high) // 3, (low + high) // 2, high - 1}):
        row("hypergeometric", [k, marked, plain, draws],
            sum(v for i, v in terms.items() if i <= k), sum(v for i, v in terms.items() if i > k))
for x in [0.5, 0.75, 1.5, 3, 9.5, 39, 49, 170.25, 5000]:
    rows.append({"what": "half-step", "arguments": [x + 0.25], "value": out(gamma(mpf(x) + 0.25) / gamma(mpf(x) - 0.25))})
    rows.append({"what": "log-gamma", "arguments": [x], "value": out(loggamma(x))})
for a, b in [(0.5, 0.5), (3, 7.5), (150, 20)]:
    rows.append({"what": "log-beta", "arguments": [a, b], "value": out(loggamma(a) + loggamma(b) - loggamma(a + b))})

target = pathlib.Path(__file__).parents[2] / "Tests/StatisticsTests/Vectors/distributions.json"
lines = ",\n".join(json.dumps(r) for r in rows)
target.write_text('{"source": "mpmath %s at 60 digits, script/compare-statistics/distributions.py", "rows": [\n%s\n]}\n'
                  % (__import__("mpmath").__version__, lines))
print(len(rows), "rows")
