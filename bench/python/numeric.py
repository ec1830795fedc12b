"""One Python body of one kernel on one file of vectors: the other side of bench/numeric-run.ts.

    bench/.venv/bin/python bench/python/numeric.py '{"kernel": "hdbscan", "body": "evoc", ...}'

Compilation (numba) is warmed up on 600 of the points before the clock starts, for UMAP on 5,000: below, it searches neighbors
by brute force and would compile its index inside the time. Two threads by OMP_NUM_THREADS and
NUMBA_NUM_THREADS.
"""

import json
import resource
import sys
import time
import warnings

import numpy as np

warnings.filterwarnings("ignore")

NEIGHBORS = 15
CLUSTERS = 50
THREADS = 2


def min_cluster_size(n):
    return max(10, int(n / 1000 + 0.5))


def knn_sklearn(points):
    from sklearn.neighbors import NearestNeighbors

    return NearestNeighbors(n_neighbors=NEIGHBORS, algorithm="brute", n_jobs=THREADS).fit(points).kneighbors()[1]


def knn_pynndescent(points):
    from pynndescent import NNDescent

    index = NNDescent(points, n_neighbors=NEIGHBORS + 1, random_state=1, n_jobs=THREADS)
    return index.neighbor_graph[0][:, 1:]


def hdbscan_hdbscan(points):
    from hdbscan import HDBSCAN

    size = min_cluster_size(len(points))
    return HDBSCAN(min_cluster_size=size, min_samples=5, core_dist_n_jobs=THREADS).fit(points.astype(np.float64)).labels_


def hdbscan_fast(points):
    from fast_hdbscan import HDBSCAN

    return HDBSCAN(min_cluster_size=min_cluster_size(len(points)), min_samples=5).fit(points).labels_


def hdbscan_evoc(points):
    from evoc import EVoC

    return EVoC(base_min_cluster_size=min_cluster_size(len(points)), min_samples=5, random_state=1).fit_predict(points)


def kmeans_sklearn(points):
    from sklearn.cluster import KMeans

    fitted = KMeans(CLUSTERS, n_init=1, random_state=1).fit(points)
    return fitted.labels_, fitted.inertia_


def umap_learn(points):
    from umap import UMAP

    return UMAP(n_neighbors=NEIGHBORS, n_jobs=THREADS).fit_transform(points)


BODIES = {
    ("knn", "scikit-learn"): knn_sklearn,
    ("knn", "pynndescent"): knn_pynndescent,
    ("hdbscan", "hdbscan"): hdbscan_hdbscan,
    ("hdbscan", "fast_hdbscan"): hdbscan_fast,
    ("hdbscan", "evoc"): hdbscan_evoc,
    ("kmeans", "scikit-learn"): kmeans_sklearn,
    ("umap", "umap-learn"): umap_learn,
}


def quality(run, points, result):
    n = len(points)
    if run["kernel"] == "knn":
        return {"recall": sampled_recall(points, result)}
    if run["kernel"] == "umap":
        return {"trustworthiness": sampled_trustworthiness(points, result)}
    labels = result[0] if isinstance(result, tuple) else result
    np.asarray(labels, dtype=np.int32).tofile(run["outFile"])
    if run["kernel"] == "kmeans":
        return {"inertia": float(result[1])}
    return {"clusters": int(max(labels)) + 1, "noise": float((np.asarray(labels) < 0).sum() / n)}


def distances_from(points, row):
    return ((points - points[row]) ** 2).sum(axis=1)


def sampled_recall(points, indices, sample=64):
    rows = np.random.default_rng(1).permutation(len(points))[:sample]
    hits = 0
    for row in rows:
        distances = distances_from(points, row)
        distances[row] = np.inf
        furthest = np.partition(distances, NEIGHBORS - 1)[NEIGHBORS - 1] * (1 + 1e-5)
        hits += (distances[indices[row]] <= furthest).sum()
    return float(hits / (len(rows) * NEIGHBORS))


def sampled_trustworthiness(points, layout, sample=1000):
    n = len(points)
    rows = np.random.default_rng(1).permutation(n)[:sample]
    penalty = 0
    for row in rows:
        shown = distances_from(layout, row)
        shown[row] = np.inf
        nearest = np.argpartition(shown, NEIGHBORS)[:NEIGHBORS]
        original = distances_from(points, row)
        original[row] = np.inf
        ranks = (original[None, :] < original[nearest][:, None]).sum(axis=1) + 1
        penalty += np.maximum(0, ranks - NEIGHBORS).sum()
    return float(1 - 2 * penalty / (len(rows) * NEIGHBORS * (2 * n - 3 * NEIGHBORS - 1)))


def cpu_seconds():
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def main():
    run = json.loads(sys.argv[1])
    points = np.fromfile(run["pointsFile"], dtype=np.float32).reshape(run["n"], run["dimensions"])
    body = BODIES[(run["kernel"], run["body"])]
    warm = 5000 if run["kernel"] == "umap" else 600
    body(points[:: max(1, len(points) // warm)].copy())
    times, cpu_times = [], []
    for _ in range(run["runs"]):
        start, cpu_start = time.perf_counter(), cpu_seconds()
        result = body(points)
        times.append(time.perf_counter() - start)
        cpu_times.append(cpu_seconds() - cpu_start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = {"seconds": min(times), "meanSeconds": sum(times) / len(times), "cpuSeconds": min(cpu_times), "peakMb": peak}
    print(json.dumps({**line, **quality(run, points, result)}))


main()
