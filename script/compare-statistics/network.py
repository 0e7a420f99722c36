"""Network measures by igraph and networkx: writes Tests/StatisticsTests/Vectors/network.json.

Undirected measures are of the network with each tie once; Burt's constraint is of the network as given.
Run: python3 script/compare-statistics/network.py   (needs igraph and networkx)
"""
import json
import math
import pathlib
import random

import igraph
import networkx

VECTORS = pathlib.Path(__file__).parents[2] / "Tests/StatisticsTests/Vectors"


def figure(value):
    return None if value is None or math.isnan(value) else float(f"{value:.12g}")


def case(name, n, edges, directed):
    g = igraph.Graph(n, edges, directed=directed)
    u = g.as_undirected(mode="collapse")
    x = networkx.Graph([(i, j) for i, j in u.get_edgelist()])
    x.add_nodes_from(range(n))
    between = networkx.betweenness_centrality(x, normalized=False)
    assert all(abs(between[i] - b) < 1e-9 for i, b in enumerate(u.betweenness()))
    census = g.dyad_census() if directed else (g.ecount(), 0)
    groups = g.connected_components(mode="weak")
    giant = u.induced_subgraph(max(groups, key=len))
    degrees = u.degree()
    return {
        "name": name, "n": n, "edges": edges, "directed": directed,
        "density": figure(g.density()),
        "in": g.degree(mode="in"), "out": g.degree(mode="out"), "all": g.degree(),
        "components": len(groups), "largest": max(map(len, groups)),
        "mutual": census[0], "asymmetric": census[1],
        "reciprocity_edge": figure(g.reciprocity()) if edges else None,
        "reciprocity_dyad": figure(g.reciprocity(mode="ratio")) if edges else None,
        "transitivity": figure(u.transitivity_undirected()),
        "betweenness": [figure(b) for b in u.betweenness()],
        "cut": sorted(u.articulation_points()),
        "constraint": [figure(c) for c in g.constraint()],
        "centralization": figure(sum(max(degrees) - d for d in degrees) / ((n - 1) * (n - 2))),
        "core": u.coreness(),
        "distance": figure(giant.average_path_length()) if giant.vcount() > 1 else None,
    }


def generated(seed, n, share, directed):
    rng = random.Random(seed)
    pairs = [(i, j) for i in range(n) for j in range(n) if (i != j if directed else i < j)]
    return case(f"generated {seed}", n, sorted(rng.sample(pairs, int(share * len(pairs)))), directed)


star = [(i, 0) for i in range(1, 9)]
bridge = [(0, 1), (1, 2), (0, 2), (2, 3), (3, 4), (4, 5), (3, 5)]
cases = [
    case("star", 9, star, True), case("two triangles and a bridge", 6, bridge, False),
    case("nobody", 4, [], True),
    generated(1, 12, 0.1, True), generated(2, 15, 0.2, True), generated(3, 20, 0.06, True), generated(4, 9, 0.6, True),
    generated(5, 12, 0.2, False), generated(6, 20, 0.08, False), generated(7, 10, 0.7, False),
    generated(8, 40, 0.03, False), generated(9, 40, 0.04, True),
]
text = json.dumps({"source": f"igraph {igraph.__version__}, networkx {networkx.__version__}", "cases": cases})
(VECTORS / "network.json").write_text(text + "\n")
