"""Ranking measures by trec_eval itself: writes Tests/StatisticsTests/Vectors/ranking.json.

Run: python3 script/compare-statistics/ranking.py   (needs pytrec_eval-terrier)
"""
import importlib.metadata
import json
import pathlib
import random

import pytrec_eval

VECTORS = pathlib.Path(__file__).parents[2] / "Tests/StatisticsTests/Vectors"
MEASURES = {"map", "recip_rank", "P.5,10", "recall.5,10", "ndcg", "ndcg_cut.5,10"}


def case(seed):
    rng = random.Random(seed)
    names = [f"d{i}" for i in range(rng.randint(3, 25))]
    qrel = {d: rng.choice([0, 0, 0, 1, 2, 3]) for d in rng.sample(names, rng.randint(1, len(names)))}
    run = {d: rng.choice([rng.random(), 0.5, 0.25]) for d in rng.sample(names, rng.randint(1, len(names)))}
    run = {d: float(round(s * 64) / 64) for d, s in run.items()}
    found = pytrec_eval.RelevanceEvaluator({"q": qrel}, MEASURES).evaluate({"q": run})["q"]
    return {"seed": seed, "qrel": qrel, "run": run, "measures": {k: float(f"{v:.10g}") for k, v in found.items()}}


source = "pytrec_eval-terrier " + importlib.metadata.version("pytrec_eval-terrier")
text = json.dumps({"source": source, "cases": [case(seed) for seed in range(1, 41)]})
(VECTORS / "ranking.json").write_text(text + "\n")
