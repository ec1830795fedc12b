"""Reference values for src/numeric/umap from umap-learn, by stage.

    python test/golden/umap/generate.py        (environment: bench/python/setup.sh)

stages.json: exact neighbors (scikit-learn), sigmas and rhos, fuzzy set and curve parameters by umap-learn's own functions.
layout.json: handwritten digits, and the trustworthiness of umap-learn's maps of them over several seeds.
"""

import json
import pathlib
import platform
from importlib.metadata import version

import numpy as np
import umap
from sklearn.datasets import load_digits
from sklearn.manifold import trustworthiness
from sklearn.neighbors import NearestNeighbors
from umap.umap_ import find_ab_params, fuzzy_simplicial_set, smooth_knn_dist

HERE = pathlib.Path(__file__).parent
SEED = 42


def header():
    packages = ["numpy", "scipy", "scikit-learn", "umap-learn"]
    return {
        "command": "python test/golden/umap/generate.py",
        "seed": SEED,
        "versions": {"python": platform.python_version(), **{name: version(name) for name in packages}},
    }


def rounded(values, digits=7):
    return [float(f"%.{digits}g" % value) for value in np.asarray(values).ravel()]


def stage(title, points, n_neighbors, metric="euclidean"):
    points = points.astype(np.float32)
    distances, indices = NearestNeighbors(n_neighbors=n_neighbors, metric=metric).fit(points).kneighbors()
    # kneighbors() of the fitted points leaves out the point itself; umap-learn wants it in front.
    distances, indices = distances[:, : n_neighbors - 1], indices[:, : n_neighbors - 1]
    own = np.arange(len(points))[:, None]
    with_self = np.hstack([np.zeros_like(own, dtype=np.float32), distances]).astype(np.float32)
    indices_with_self = np.hstack([own, indices])
    sigmas, rhos = smooth_knn_dist(with_self, float(n_neighbors), local_connectivity=1.0)
    new_sigmas, _ = smooth_knn_dist(with_self, float(n_neighbors), local_connectivity=0.0)
    graph, _, _ = fuzzy_simplicial_set(
        points, n_neighbors, np.random.RandomState(SEED), metric, knn_indices=indices_with_self, knn_dists=with_self
    )
    graph = graph.tocsr()
    graph.sort_indices()
    return {
        "title": title,
        "k": n_neighbors - 1,
        "indices": indices.ravel().tolist(),
        "distances": rounded(distances.astype(np.float32), 9),
        "sigmas": rounded(sigmas),
        "rhos": rounded(rhos),
        "sigmasWithoutRho": rounded(new_sigmas),
        "offsets": graph.indptr.tolist(),
        "columns": graph.indices.tolist(),
        "weights": rounded(graph.data),
    }


def main():
    random = np.random.RandomState(SEED)
    clouds = np.vstack([random.normal(center, 1, (40, 6)) for center in (0, 4, 9)])
    twins = np.vstack([clouds[:30], clouds[:10], clouds[:10], np.tile(clouds[50], (12, 1))])
    curves = [(1.0, 0.1), (1.0, 0.0), (1.0, 0.5), (1.0, 0.99), (2.0, 0.25), (0.5, 0.05)]
    stages = {
        **header(),
        "curves": [
            {"spread": spread, "minDistance": low, "a": float(a), "b": float(b)}
            for spread, low in curves
            for a, b in [find_ab_params(spread, low)]
        ],
        "stages": [
            stage("three clouds, 15 neighbors", clouds, 15),
            stage("three clouds, 5 neighbors", clouds, 5),
            stage("coinciding points", twins, 10),
        ],
    }
    (HERE / "stages.json").write_text(json.dumps(stages))

    digits = load_digits().data[:500].astype(np.float32)
    maps = []
    for components in (2, 5):
        scores = [
            trustworthiness(
                digits,
                umap.UMAP(n_components=components, random_state=seed).fit_transform(digits),
                n_neighbors=15,
            )
            for seed in range(SEED, SEED + 4)
        ]
        maps.append({"components": components, "trustworthiness": scores})
    layout = {
        **header(),
        "dimensions": 64,
        "points": digits.astype(int).ravel().tolist(),
        "trustworthinessNeighbors": 15,
        "maps": maps,
    }
    (HERE / "layout.json").write_text(json.dumps(layout))


main()
