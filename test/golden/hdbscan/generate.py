"""Reference values for src/numeric/hdbscan from the Python packages hdbscan, scikit-learn and scipy.

    python test/golden/hdbscan/generate.py        (environment: bench/python/setup.sh)

Writes one JSON per data set beside this file. Points are float32 values, computed with in float64.

Stages: core distances and spanning tree weight from scipy on the full distance matrix; linkage, condensed tree,
selection, labels, memberships, persistence, outlier scores and prediction by hdbscan's own functions. `fit` is
hdbscan.HDBSCAN as a user calls it; `staged` feeds hdbscan's functions a spanning tree whose equal weights are ordered
by the raw distance, so that no tie is left to the order of a sort.
"""

import json
import pathlib
import platform

import hdbscan
import numpy as np
import scipy
import sklearn
from hdbscan._hdbscan_linkage import label
from hdbscan._hdbscan_tree import compute_stability, condense_tree, get_clusters, outlier_scores
from hdbscan.prediction import _find_cluster_and_probability
from importlib.metadata import version
from scipy.sparse.csgraph import minimum_spanning_tree
from scipy.spatial.distance import cdist
from sklearn.datasets import make_blobs, make_moons

HERE = pathlib.Path(__file__).parent
SEED = 42


def header():
    return {
        "command": "python test/golden/hdbscan/generate.py",
        "seed": SEED,
        "versions": {
            "python": platform.python_version(),
            "numpy": np.__version__,
            "scipy": scipy.__version__,
            "scikit-learn": sklearn.__version__,
            "hdbscan": version("hdbscan"),
        },
    }


def float32(points, decimals=4):
    return np.round(points, decimals).astype(np.float32).astype(np.float64)


def moons_and_blobs(rng):
    moons, _ = make_moons(n_samples=100, noise=0.05, random_state=SEED)
    blobs, _ = make_blobs(n_samples=100, centers=[(-0.75, 2.25), (1.0, 2.0)], cluster_std=0.25, random_state=SEED)
    noise = rng.uniform(-2, 4, size=(30, 2))
    return np.vstack([moons, blobs, noise])


def nested_densities(rng):
    parts = [rng.normal(center, spread, size=(count, 8))
             for center, spread, count in [(0, 0.3, 60), (1.2, 0.2, 40), (1.9, 0.2, 35), (6, 1.0, 80), (9, 0.5, 25)]]
    return np.vstack(parts + [rng.uniform(-3, 12, size=(20, 8))])


def directions(rng):
    centres = rng.normal(size=(6, 24))
    which = rng.integers(0, 6, size=240)
    return centres[which] + rng.normal(scale=0.45, size=(240, 24))


def mutual_reachability(points, min_samples):
    distance = cdist(points, points)
    core = np.sort(distance, axis=1)[:, min_samples]
    reach = np.maximum(distance, np.maximum(core[:, None], core[None, :]))
    np.fill_diagonal(reach, 0)
    return distance, core, reach


def spanning_tree(distance, reach):
    """Prim over (mutual reachability, raw distance)."""
    n = len(distance)
    inside = np.zeros(n, bool)
    best = np.full((n, 2), np.inf)
    source = np.zeros(n, int)
    current, edges = 0, []
    for _ in range(n - 1):
        inside[current] = True
        for j in np.flatnonzero(~inside):
            offer = (reach[current, j], distance[current, j])
            if offer < tuple(best[j]):
                best[j], source[j] = offer, current
        outside = np.flatnonzero(~inside)
        current = outside[np.lexsort((best[outside, 1], best[outside, 0]))[0]]
        edges.append((source[current], current, *best[current]))
    edges = np.array(edges)
    return edges[np.lexsort((edges[:, 3], edges[:, 2]))][:, :3].copy()


VARIANTS = [
    {"minClusterSize": 10},
    {"minClusterSize": 5, "minSamples": 3},
    {"minClusterSize": 8, "minSamples": 1, "selection": "leaf"},
    {"minClusterSize": 5, "minSamples": 5, "epsilon": 0.5},
    {"minClusterSize": 5, "minSamples": 5, "selection": "leaf", "epsilon": 0.3},
    {"minClusterSize": 12, "minSamples": 4, "allowSingleCluster": True},
    {"minClusterSize": 40, "minSamples": 4, "allowSingleCluster": True, "epsilon": 0.8},
]


def python_options(variant):
    return {
        "cluster_selection_method": variant.get("selection", "eom"),
        "cluster_selection_epsilon": variant.get("epsilon", 0.0),
        "allow_single_cluster": variant.get("allowSingleCluster", False),
    }


def run_variant(points, variant, new_points):
    size = variant["minClusterSize"]
    samples = variant.get("minSamples", size)
    distance, core, reach = mutual_reachability(points, samples)
    mst = spanning_tree(distance, reach)
    linkage = label(mst)
    tree = condense_tree(linkage, size)
    labels, probabilities, persistence = get_clusters(tree, compute_stability(tree), **python_options(variant))
    clusterer = hdbscan.HDBSCAN(
        min_cluster_size=size, min_samples=samples, algorithm="generic", gen_min_span_tree=True,
        **python_options(variant)).fit(points)
    result = {
        "options": variant,
        "core": core,
        "weight": float(mst[:, 2].sum()),
        "scipyWeight": float(minimum_spanning_tree(reach).sum()),
        "staged": {
            "labels": labels, "probabilities": probabilities, "persistence": persistence,
            "outliers": outlier_scores(tree),
        },
        "fit": {"labels": clusterer.labels_, "probabilities": clusterer.probabilities_},
    }
    if variant == VARIANTS[0] or variant == VARIANTS[1]:
        rows = sorted((int(p), int(c), float(l), int(s)) for p, c, l, s in tree)
        result["tree"] = {
            "points": [[float(r[2]), r[0]] for r in sorted((r for r in rows if r[1] < len(points)), key=lambda r: r[1])],
            "clusters": [[r[0], r[1], float(r[2]), r[3]] for r in rows if r[1] >= len(points)],
        }
    if "epsilon" not in variant and "allowSingleCluster" not in variant:
        result["exemplars"] = exemplars(tree, labels)
        result["predict"] = predict(points, tree, labels, core, samples, new_points)
    return result


def selected_of(tree, labels):
    """Cluster id of each label: the highest cluster that holds exactly the label's points under it."""
    clusters = tree[tree["child_size"] > 1]
    above = {int(r["child"]): int(r["parent"]) for r in clusters}
    parent_of = {int(r["child"]): int(r["parent"]) for r in tree if r["child_size"] == 1}
    chosen = {}
    for name in sorted(set(labels) - {-1}):
        members = np.flatnonzero(labels == name)
        chains = []
        for m in members:
            at, chain = parent_of[m], []
            while True:
                chain.append(at)
                if at not in above:
                    break
                at = above[at]
            chains.append(chain)
        common = set(chains[0]).intersection(*chains[1:])
        chosen[int(name)] = max(common)
    return chosen


def below(tree, cluster):
    clusters = tree[tree["child_size"] > 1]
    found, stack = [], [cluster]
    while stack:
        at = stack.pop()
        found.append(at)
        stack.extend(int(c) for c in clusters["child"][clusters["parent"] == at])
    return found


def exemplars(tree, labels):
    answer = []
    for name, cluster in selected_of(tree, labels).items():
        points = []
        for leaf in below(tree, cluster):
            rows = tree[tree["parent"] == leaf]
            if (rows["child_size"] > 1).any():
                continue
            points += [int(c) for c in rows["child"][rows["lambda_val"] == rows["lambda_val"].max()]]
        answer.append(sorted(points))
    return answer


class Tree:
    def __init__(self, raw):
        self._raw_tree = raw


def predict(points, tree, labels, core, samples, new_points):
    """hdbscan's own routine, with the core distances of the fit (hdbscan counts the point itself there, not here)."""
    cluster_map, max_lambdas = {}, {}
    for name, cluster in selected_of(tree, labels).items():
        most = tree["lambda_val"][tree["parent"] == cluster].max()
        for sub in below(tree, cluster):
            cluster_map[sub], max_lambdas[sub] = name, most
    clusters = tree[tree["child_size"] > 1]
    answer = {"points": new_points.tolist(), "labels": [], "probabilities": []}
    for point in new_points:
        distance = cdist([point], points)[0]
        order = np.argsort(distance, kind="stable")[: 2 * samples]
        name, probability, _ = _find_cluster_and_probability(
            Tree(tree), clusters, order, distance[order], core, cluster_map, max_lambdas, samples - 1)
        answer["labels"].append(int(name))
        answer["probabilities"].append(float(probability))
    return answer


def compact(value):
    if isinstance(value, np.ndarray):
        return compact(value.tolist())
    if isinstance(value, (list, tuple)):
        return [compact(v) for v in value]
    if isinstance(value, dict):
        return {k: compact(v) for k, v in value.items()}
    if isinstance(value, float):
        return float(f"{value:.12g}")
    return value


def main():
    makers = {"moons-and-blobs": moons_and_blobs, "nested-densities": nested_densities, "directions": directions}
    for name, make in makers.items():
        rng = np.random.default_rng(SEED)
        points = float32(make(rng))
        spread = points.std(axis=0)
        new_points = float32(points[rng.integers(0, len(points), 25)] + rng.normal(size=(25, points.shape[1])) * spread * 0.15)
        document = {
            **header(), "name": name, "dimensions": points.shape[1],
            "points": [float(np.format_float_positional(np.float32(v), unique=True)) for v in points.ravel()],
            "variants": [run_variant(points, variant, new_points) for variant in VARIANTS],
        }
        text = json.dumps(compact(document), separators=(",", ":"))
        (HERE / f"{name}.json").write_text(text + "\n")
        print(name, len(text), [len(set(v["staged"]["labels"])) - 1 for v in document["variants"]])


main()
