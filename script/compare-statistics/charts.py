"""Control charts derived anew from their formulas, in pure Python: no line is shared with League or with an R package.

  python3 script/compare-statistics/charts.py            writes Tests/StatisticsTests/Vectors/derived-charts.json
  python3 script/compare-statistics/charts.py PROGRAM    also asks a built `league statistics` each case and compares

Some 300 generated series of every kind of chart, with ties on the centre, gaps, frozen starts, excluded points, phases and
differing n; the limits of each, and what the five rule sets see. Sources: Montgomery, Introduction to Statistical Quality
Control; Laney 2002; Taylor 2018; Provost and Murray 2011; Anhoej 2014; Perla, Provost and Murray 2011; Swed and Eisenhart 1943.
"""
import json
import math
import pathlib
import random
import statistics
import subprocess
import sys
from fractions import Fraction

VECTORS = pathlib.Path(__file__).parents[2] / "Tests/StatisticsTests/Vectors"
D2 = {2: 1.128, 3: 1.693, 4: 2.059, 5: 2.326, 6: 2.534, 7: 2.704, 8: 2.847}
# Expected standard deviation of the range of n standard normal values, to seven digits (Harter 1960, table 1).
D3 = {2: .8525033, 3: .8883697, 4: .8798108, 5: .8640855, 6: .8480442, 7: .8332108, 8: .8198378}


def mean(values):
    """Exactly, by fractions: a point on the centre must be seen to lie on it."""
    values = list(values)
    return float(sum(map(Fraction, values)) / len(values)) if values else None


def total(values):
    return float(sum(map(Fraction, values)))


def moving_range(values, screen=3.267):
    steps = [abs(b - a) for a, b in zip(values, values[1:]) if a is not None and b is not None]
    if not steps:
        return None
    first = mean(steps)
    return mean(s for s in steps if s < screen * first) if screen else first


def c4(n):
    return math.sqrt(2 / (n - 1)) * math.exp(math.lgamma(n / 2) - math.lgamma((n - 1) / 2))


def plotted(kind, case):
    if kind in ("xbar", "r", "s"):
        groups = case["subgroups"]
        return {"xbar": [mean(g) for g in groups], "r": [max(g) - min(g) for g in groups],
                "s": [statistics.stdev(map(Fraction, g)) if len(g) > 1 else None for g in groups]}[kind]
    y = case["y"]
    if kind in ("p", "pp", "u", "up", "ip"):
        return [None if x is None else x / n for x, n in zip(y, case["n"])]
    return y


def limits(kind, case, span):
    """Centre, and for each point of the span (lower, upper) at 3, 2 and 1 standard errors."""
    values = plotted(kind, case)[span.start:span.stop]
    excluded, freeze = set(case.get("exclude", [])), case.get("freeze")
    screen = 3.267 if case.get("screened", True) else None
    base = [i for i, at in enumerate(span) if at + 1 not in excluded and (freeze is None or i < freeze)]
    known = [values[i] for i in base if values[i] is not None]
    nothing = [[None] * len(values)] * 6
    if kind == "mr":
        values = [None] + [None if a is None or b is None else abs(b - a) for a, b in zip(values, values[1:])]
        known = [values[i] for i in base if values[i] is not None]
    if not known:
        return values, None, nothing

    def around(centre, errors, low=-math.inf, high=math.inf, change=lambda v: v):
        out = []
        for k in (3, 2, 1):
            out.append([None if e is None else change(min(max(centre - k * e, low), high)) for e in errors])
            out.append([None if e is None else change(min(max(centre + k * e, low), high)) for e in errors])
        return out

    same = lambda e: [e] * len(values)
    if kind == "run":
        return values, statistics.median(known), nothing
    if kind in ("i", "t"):
        shown = values if kind == "i" else [None if v is None else v ** (1 / 3.6) for v in values]
        kept = [shown[i] for i in base]
        centre = mean(v for v in kept if v is not None)
        spread = moving_range(kept, screen)
        error = None if spread is None else spread / 1.128
        if kind == "i":
            return values, centre, around(centre, same(error))
        back = lambda v: 0.0 if v < 0 else v ** 3.6
        return values, back(centre), around(centre, same(error), change=back)
    if kind == "mr":
        centre = mean(known)
        out = []
        for k in (3, 2, 1):
            out += [[0.0] * len(values), [k / 3 * 3.267 * centre] * len(values)]
        return values, centre, out
    if kind == "c":
        centre = mean(known)
        return values, centre, around(centre, same(math.sqrt(centre)), low=0)
    if kind == "g":
        m = mean(known)
        return values, statistics.median(known), around(m, same(math.sqrt(m * (m + 1))), low=0)
    if kind in ("p", "u", "pp", "up", "ip"):
        x, n = case["y"][span.start:span.stop], case["n"][span.start:span.stop]
        used = [i for i in base if x[i] is not None]
        centre = total(x[i] for i in used) / total(n[i] for i in used)
        if kind == "ip":
            steps = [math.sqrt(math.pi / 2) * abs(values[b] - values[a]) / math.sqrt(1 / n[a] + 1 / n[b])
                     for a, b in zip(base, base[1:]) if values[a] is not None and values[b] is not None]
            if not steps:
                return values, centre, nothing
            first = mean(steps)
            s = mean(v for v in steps if not screen or v < 3.2665 * first)
            return values, centre, around(centre, [None if v is None else s / math.sqrt(k) for v, k in zip(values, n)])
        variance = centre * (1 - centre) if kind[0] == "p" else centre
        errors = [None if v is None else math.sqrt(variance / k) for v, k in zip(values, n)]
        if kind in ("pp", "up"):
            z = [None if errors[i] in (None, 0) else (values[i] - centre) / errors[i] for i in base]
            factor = moving_range(z, screen)
            errors = [None if e is None or factor is None else e * factor / 1.128 for e in errors]
        return values, centre, around(centre, errors, low=0, high=1 if kind[0] == "p" else math.inf)
    groups = case["subgroups"][span.start:span.stop]
    sizes = [len(g) for g in groups]
    if kind == "r":
        sigma = mean(values[i] / D2[sizes[i]] for i in base)
        centre = mean(known)
        return values, centre, around(centre, [D3[n] * sigma for n in sizes], low=0)
    deviations = [statistics.stdev(map(Fraction, g)) for g in groups]
    if len(set(sizes)) > 1:
        spread = math.sqrt(sum((sizes[i] - 1) * deviations[i] ** 2 for i in base) / sum(sizes[i] - 1 for i in base))
    else:
        spread = mean(deviations[i] for i in base)
    if kind == "s":
        return values, spread, around(spread, [spread * math.sqrt(1 - c4(n) ** 2) / c4(n) for n in sizes], low=0)
    centre = total(v for i in base for v in groups[i]) / sum(sizes[i] for i in base)
    return values, centre, around(centre, [spread / (c4(n) * math.sqrt(n)) for n in sizes])


# What the rules see. A point is (its place, its value); places count from 0 within the phase.

def runs_of(sides):
    lengths = []
    for k, side in enumerate(sides):
        if k and side == sides[k - 1]:
            lengths[-1] += 1
        else:
            lengths.append(1)
    return lengths


def least_crossings(n):
    """The 5 % point of the binomial of n - 1 fair coins, exactly."""
    if n < 2:
        return 0
    below = 0
    for k in range(n):
        below += math.comb(n - 1, k)
        if Fraction(below, 2 ** (n - 1)) >= Fraction(5, 100):
            return k
    return n


def swed_eisenhart(above, below, runs):
    """P(R <= runs) and P(R >= runs), as fractions."""
    if not above + below:
        return 1, 1
    if not above or not below:
        return (Fraction(int(runs >= 1)), Fraction(int(runs <= 1)))
    def ways(r):
        k = r // 2
        if r % 2 == 0:
            return 2 * math.comb(above - 1, k - 1) * math.comb(below - 1, k - 1)
        return math.comb(above - 1, k) * math.comb(below - 1, k - 1) + math.comb(above - 1, k - 1) * math.comb(below - 1, k)
    every = math.comb(above + below, above)
    counts = {r: ways(r) for r in range(2, above + below + 1)}
    return (Fraction(sum(w for r, w in counts.items() if r <= runs), every),
            Fraction(sum(w for r, w in counts.items() if r >= runs), every))


def anhoej(useful, centre):
    sides = [v > centre for _, v in useful]
    lengths = runs_of(sides)
    n = len(sides)
    return {"n_useful": n, "longest_run": max(lengths, default=None) if n else None,
            "longest_run_max": round(math.log2(n)) + 3 if n else None, "n_crossings": len(lengths) - 1 if n else None,
            "n_crossings_min": least_crossings(n) if n else None}


def completed(flags, length):
    return [i for i in range(len(flags)) if i >= length - 1 and all(flags[i - length + 1:i + 1])]


def windows(flags, length):
    marked = set()
    for start in range(len(flags) - length + 1):
        if all(flags[start:start + length]):
            marked |= set(range(start, start + length))
    return marked


def signals(kind, values, centre, bands, included):
    """Rule to places, for the phase; rules about the phase as a whole stand in `phase` of their set."""
    places = range(len(values))
    low3, high3, low2, high2, low1, high1 = bands
    beyond = [i for i in places if values[i] is not None and low3[i] is not None
              and (values[i] > high3[i] or values[i] < low3[i])]
    ordered = kind != "mr"
    out = {"anhoej": {"A-limit": beyond}, "ihi": {}, "western-electric": {"WE1": beyond}, "nelson": {"N1": beyond},
           "nhs": {"NHS-outside": beyond}}
    if centre is None or not ordered:
        return out
    judged = [v if k else None for v, k in zip(values, included)]
    useful = [(i, v) for i, v in enumerate(judged) if v is not None and v != centre]
    # Anhoej
    found = anhoej(useful, centre)
    if useful:
        if found["longest_run"] > found["longest_run_max"]:
            start, marked = 0, []
            for length in runs_of([v > centre for _, v in useful]):
                if length > found["longest_run_max"]:
                    marked += [i for i, _ in useful[start:start + length]]
                start += length
            out["anhoej"]["A-run"] = marked
        if found["n_crossings"] < found["n_crossings_min"]:
            out["anhoej"]["A-crossings"] = []
    # IHI: those on the median inside or after a shift, before the other side is reached, are shown with it.
    start, shifts = 0, []
    for length in runs_of([v > centre for _, v in useful]):
        if length >= 6:
            first = useful[start][0]
            end = useful[start + length][0] if start + length < len(useful) else len(values)
            shifts += [i for i in range(first, end) if judged[i] is not None]
        start += length
    out["ihi"]["IHI-shift"] = sorted(set(shifts))
    out["ihi"]["IHI-trend"] = ihi_trends(judged)
    above = sum(v > centre for _, v in useful)
    few, many = swed_eisenhart(above, len(useful) - above, len(runs_of([v > centre for _, v in useful])))
    if few <= Fraction(25, 1000):
        out["ihi"]["IHI-few-runs"] = []
    if many <= Fraction(25, 1000):
        out["ihi"]["IHI-many-runs"] = []
    # Western Electric and Nelson
    up = [v is not None and v > centre for v in judged]
    down = [v is not None and v < centre for v in judged]

    def pairs(least, length, low, high):
        def beyond_at(j, i, side):
            return judged[j] > high[i] if side > 0 else judged[j] < low[i]
        marked = []
        for i in range(length - 1, len(judged)):
            window = range(i - length + 1, i + 1)
            if any(judged[j] is None for j in window) or low[i] is None:
                continue
            for side in (1, -1):
                if beyond_at(i, i, side) and sum(beyond_at(j, i, side) for j in window) >= least:
                    marked.append(i)
        return marked

    both = lambda length: sorted(completed(up, length) + completed(down, length))
    step = [0] + [0 if a is None or b is None else (b > a) - (b < a) for a, b in zip(judged, judged[1:])]
    trend = lambda length: sorted(i for way in (1, -1) for i in completed([s == way for s in step], length - 1))
    turn = [i > 0 and step[i] * step[i - 1] < 0 for i in places]
    inside = [judged[i] is not None and low1[i] is not None and low1[i] <= judged[i] <= high1[i] for i in places]
    outer = [0 if judged[i] is None or low1[i] is None else (judged[i] > high1[i]) - (judged[i] < low1[i]) for i in places]
    eight = [i for i in completed([o != 0 for o in outer], 8) if {1, -1} <= set(outer[i - 7:i + 1])]
    out["western-electric"].update({"WE2": pairs(2, 3, low2, high2), "WE3": pairs(4, 5, low1, high1), "WE4": both(8)})
    out["nelson"].update({
        "N2": both(9), "N3": trend(6), "N4": completed(turn, 12), "N5": pairs(2, 3, low2, high2),
        "N6": pairs(4, 5, low1, high1), "N7": completed(inside, 15), "N8": eight})
    # Making Data Count: outside, then trend, then two of three, then shift
    side = [0 if v is None else (v > centre) - (v < centre) for v in judged]
    near = [judged[i] is not None and low2[i] is not None and i not in beyond
            and (judged[i] < low2[i] or judged[i] > high2[i]) for i in places]
    trends = set()
    for start in range(len(judged) - 6):
        if len(set(step[start + 1:start + 7])) == 1 and step[start + 1]:
            trends |= set(range(start, start + 7))
    close = set()
    for start in range(len(judged) - 2):
        if sum(near[start:start + 3]) >= 2 and abs(sum(side[start:start + 3])) == 3:
            close |= {i for i in range(start, start + 3) if near[i]}
    shift = windows([s > 0 for s in side], 7) | windows([s < 0 for s in side], 7)
    taken = set(beyond)
    for rule, marked in (("NHS-trend", trends), ("NHS-2-in-3", close), ("NHS-shift", shift)):
        out["nhs"][rule] = sorted(marked - taken)
        taken |= marked
    return out


def ihi_trends(judged):
    """Five or more points all up or all down; ties are passed over and shown with the trend; a turn belongs to both."""
    known = [(i, v) for i, v in enumerate(judged) if v is not None]
    distinct = [(i, v) for k, (i, v) in enumerate(known) if k == 0 or v != known[k - 1][1]]
    marked, start = set(), 0
    for k in range(1, len(distinct) + 1):
        ends = k == len(distinct) or (
            k - start >= 2 and (distinct[k][1] > distinct[k - 1][1]) != (distinct[k - 1][1] > distinct[k - 2][1]))
        if not ends:
            continue
        if k - start >= 5:
            first = distinct[start][0]
            # Ties with the last point are the trend's; ties with a first point that no trend led to begin it anew.
            last = next((i for i, _ in reversed(known) if k == len(distinct) or i < distinct[k][0]), first)
            marked |= {i for i, _ in known if first <= i <= last}
        start = k - 1
    return sorted(marked)


def answer(case):
    count = len(case.get("subgroups") or case["y"])
    ends = case.get("part_after", []) + [count]
    parts, found = [], {}
    for number, (start, end) in enumerate(zip([0] + ends, ends)):
        span = range(start, end)
        values, centre, bands = limits(case["kind"], case, span)
        included = [at + 1 not in set(case.get("exclude", [])) for at in span]
        judged = [(i, v) for i, v in enumerate(values) if v is not None and included[i] and centre is not None and v != centre]
        parts.append({"center": centre, "lcl": bands[0], "ucl": bands[1], "lcl95": bands[2], "ucl95": bands[3],
                      "values": values, **anhoej(judged, centre)})
        for rules, seen in signals(case["kind"], values, centre, bands, included).items():
            for rule, places in seen.items():
                if places or rule in ("A-crossings", "IHI-few-runs", "IHI-many-runs"):
                    found.setdefault(rules, []).append([rule, number + 1, [start + i + 1 for i in places]])
    return {"parts": parts, "signals": found}


def generated(seed):
    rng = random.Random(seed)
    kinds = ["run", "i", "mr", "ip", "xbar", "r", "s", "p", "pp", "c", "u", "up", "g", "t"]
    case = {"seed": seed, "kind": kinds[seed % len(kinds)]}
    kind, count = case["kind"], rng.choice([8, 12, 16, 24, 30, 40])
    drift = rng.choice([0, 0, 0, 1, 2]) * rng.choice([-1, 1])
    late = lambda i: drift if i > count // 2 else 0
    if kind in ("xbar", "r", "s"):
        fixed = rng.choice([0, 4])
        case["subgroups"] = [[round(rng.gauss(20 + late(i), 2), 2) for _ in range(fixed or rng.randint(2, 7))] for i in range(count)]
    elif kind in ("p", "pp", "u", "up", "ip"):
        size = rng.choice([0, 100])
        case["n"] = [size or rng.randint(15, 240) for _ in range(count)]
        case["y"] = [min(n, max(0, round(n * (0.2 + 0.05 * late(i) + rng.gauss(0, 0.05))))) for i, n in enumerate(case["n"])]
    elif kind in ("c", "g"):
        case["y"] = [max(0, round(rng.gauss(8 + 2 * late(i), 3))) if kind == "c" else round(rng.expovariate(1 / 20)) for i in range(count)]
    elif kind == "t":
        case["y"] = [round(rng.expovariate(1 / 12), 2) + 0.01 for _ in range(count)]
    else:
        step = rng.choice([1, 1, 0.5])
        case["y"] = [round((rng.gauss(50, 4) + 3 * late(i)) * step) / step for i in range(count)]
        if rng.random() < 0.25:
            at = rng.randrange(count - 7)
            case["y"][at:at + 7] = [45 + 2 * k for k in range(7)]
    if "y" in case and rng.random() < 0.35:
        for at in rng.sample(range(count), 2):
            case["y"][at] = None
    option = rng.choice(["", "", "freeze", "exclude", "part", "unscreened"])
    if option == "freeze":
        case["freeze"] = rng.randint(5, count)
    if option == "exclude":
        case["exclude"] = sorted(rng.sample(range(1, count + 1), 2))
    if option == "part" and count >= 16:
        case["part_after"] = [count // 2]
    if option == "unscreened":
        case["screened"] = False
    return {**case, "expected": answer(case)}


def agrees(a, b):
    if isinstance(b, list):
        a = a if isinstance(a, list) else [a] * len(b)
        return len(a) == len(b) and all(map(agrees, a, b))
    if a is None or b is None:
        return a is None and b is None
    return abs(a - b) <= 1e-9 * max(abs(a), abs(b)) or abs(a - b) < 1e-12


def ask(program, case):
    """Faults between `program` and the case's expected parts."""
    data = {k: case[k] for k in ("y", "n", "subgroups", "freeze", "exclude", "part_after") if k in case}
    if case["kind"] in ("p", "pp", "u", "up"):
        data["count"] = data.pop("y")
    question = {"chart": case["kind"], "call": "qic()", "options": {"screened_mr": case.get("screened", True)}, "data": data}
    done = subprocess.run([program, "statistics"], input=json.dumps(question), capture_output=True, text=True)
    if done.returncode:
        return [f"seed {case['seed']}: {done.stderr.strip()}"]
    given = json.loads(done.stdout)["parts"]
    faults = []
    for part, want in zip(given, case["expected"]["parts"]):
        for key in want:
            if key == "values" or key == "lcl95" and case["kind"] == "t":
                continue
            if key in ("lcl", "ucl", "lcl95", "ucl95") and case["kind"] == "ip" and {"freeze", "exclude"} & set(case):
                continue  # the JSON answer follows a reference that takes every step here
            if not agrees(part[key], want[key]):
                faults.append(f"seed {case['seed']} {case['kind']} part {part['part']} {key}: {part[key]} is not {want[key]}")
    return faults


def main():
    cases = [generated(seed) for seed in range(1, 309)]
    text = ",\n".join(json.dumps(case) for case in cases)
    (VECTORS / "derived-charts.json").write_text("[\n" + text + "\n]\n")
    if len(sys.argv) > 1:
        faults = [fault for case in cases for fault in ask(sys.argv[1], case)]
        print("\n".join(faults[:40] + [f"{len(cases)} charts asked, {len(faults)} differences"]))
        sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
