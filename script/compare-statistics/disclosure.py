"""What an attacker computes from generated tables, by scipy's HiGHS: writes Tests/StatisticsTests/Vectors/disclosure.json.

Bounds of every hidden cell over all non-negative tables that agree with everything published, rounded inwards.
Run: python3 script/compare-statistics/disclosure.py   (needs numpy and scipy)
"""
import json
import math
import pathlib

import numpy as np
import scipy
from scipy.optimize import linprog

VECTORS = pathlib.Path(__file__).parents[2] / "Tests/StatisticsTests/Vectors"


def margins_of(shape):
    """Every margin of a table of any dimension, as lists of flat positions: all sums over some axes."""
    positions = np.arange(int(np.prod(shape))).reshape(shape)
    margins = []
    for kept in range(2 ** len(shape) - 1):
        axes = [a for a in range(len(shape)) if kept >> a & 1]
        moved = np.moveaxis(positions, axes, range(len(axes))) if axes else positions
        flat = moved.reshape(int(np.prod([shape[a] for a in axes])) if axes else 1, -1)
        margins += [sorted(map(int, row)) for row in flat]
    return margins


def bounds(counts, margins, hidden):
    place = {cell: i for i, cell in enumerate(hidden)}
    rows, values = [], []
    for margin in margins:
        inside = [c for c in margin if c in place]
        if inside:
            row = np.zeros(len(hidden))
            row[[place[c] for c in inside]] = 1
            rows.append(row)
            values.append(sum(int(counts[c]) for c in inside))
    answer = []
    for i in range(len(hidden)):
        ends = []
        for sign in (1, -1):
            aim = np.zeros(len(hidden))
            aim[i] = sign
            done = linprog(aim, A_eq=np.array(rows), b_eq=values, bounds=(0, None), method="highs")
            assert done.status == 0, done.message
            ends.append(sign * done.fun)
        answer.append([math.ceil(ends[0] - 1e-6), math.floor(ends[1] + 1e-6)])
    return answer


def case(seed, shape, mean, share):
    rng = np.random.default_rng(seed)
    counts = rng.poisson(mean * rng.gamma(1.0, 1.0, size=shape)).ravel()
    margins = margins_of(shape)
    hidden = sorted(map(int, rng.choice(counts.size, size=max(2, int(counts.size * share)), replace=False)))
    return {
        "seed": seed, "shape": list(shape), "counts": counts.tolist(), "margins": margins, "hidden": hidden,
        "bounds": bounds(counts, margins, hidden),
    }


cases = [
    case(1, (5,), 20, 0.5), case(2, (4, 5), 20, 0.4), case(3, (6, 7), 12, 0.35), case(4, (10, 8), 25, 0.3),
    case(5, (2, 2, 2), 9, 1.0), case(6, (3, 4, 2), 9, 0.8), case(7, (3, 3, 3), 14, 0.7), case(8, (2, 3, 2, 2), 10, 0.8),
]
VECTORS.mkdir(parents=True, exist_ok=True)
text = json.dumps({"source": f"scipy {scipy.__version__} linprog (HiGHS)", "cases": cases})
(VECTORS / "disclosure.json").write_text(text + "\n")
