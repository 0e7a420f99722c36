"""Nearest schools by scipy: writes Tests/StatisticsTests/Vectors/matching.json.

Run: python3 script/compare-statistics/matching.py   (needs numpy and scipy)
"""
import json
import pathlib

import numpy as np
import scipy
from scipy.spatial.distance import cdist

VECTORS = pathlib.Path(__file__).parents[2] / "Tests/StatisticsTests/Vectors"


def nearest(distances, k):
    order = [np.argsort(row, kind="stable") for row in distances]
    return [[int(j) for j in row if j != i][:k] for i, row in enumerate(order)]


def case(seed, n, k):
    rng = np.random.default_rng(seed)
    need = rng.normal(size=n)
    pupils = np.round(np.exp(6.5 + 0.6 * rng.normal(size=n) - 0.3 * need)).astype(int)
    ell = np.round(np.clip(10 + 8 * need + 6 * rng.normal(size=n), 0, 80), 1)
    ed = np.round(np.clip(35 + 15 * need + 5 * rng.normal(size=n), 1, 99), 1)
    prior = np.round(100 - 3 * need + rng.normal(size=n), 2)
    raw = np.column_stack([np.log(pupils), ed, ell, prior])
    z = (raw - raw.mean(0)) / raw.std(0, ddof=1)
    euclid = cdist(z, z)
    mahalanobis = cdist(raw, raw, "mahalanobis", VI=np.linalg.inv(np.cov(raw, rowvar=False)))
    answer = {}
    for name, distances in (("euclid", euclid), ("mahalanobis", mahalanobis)):
        peers = nearest(distances, k)
        answer[name] = {
            "peers": peers,
            "distance": [[float(f"{distances[i][j]:.10g}") for j in row] for i, row in enumerate(peers)],
            "smd": [[float(f"{v:.10g}") for v in z[i] - z[row].mean(0)] for i, row in enumerate(peers)],
        }
    return {
        "seed": seed, "k": k, "pupils": pupils.tolist(), "ed": ed.tolist(), "ell": ell.tolist(),
        "prior": prior.tolist(), **answer,
    }


VECTORS.mkdir(parents=True, exist_ok=True)
cases = [case(1, 12, 4), case(2, 30, 5), case(3, 60, 8)]
text = json.dumps({"source": f"scipy {scipy.__version__} cdist, numpy {np.__version__}", "cases": cases})
(VECTORS / "matching.json").write_text(text + "\n")
