"""Reference values for src/numeric/quality from scikit-learn and hdbscan.

    python test/golden/quality/generate.py        (environment: bench/python/setup.sh)
"""

import json
import pathlib
import platform

import hdbscan.validity
import numpy as np
import scipy
import sklearn
from importlib.metadata import version
from sklearn import metrics
from sklearn.datasets import make_blobs
from sklearn.decomposition import PCA
from sklearn.manifold import trustworthiness

HERE = pathlib.Path(__file__).parent
SEED = 42


def header():
    return {
        "command": "python test/golden/quality/generate.py",
        "seed": SEED,
        "versions": {
            "python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__,
            "scikit-learn": sklearn.__version__, "hdbscan": version("hdbscan"),
        },
    }


def float32(points):
    return np.round(points, 4).astype(np.float32).astype(np.float64)


def pairs(rng):
    same = rng.integers(0, 4, 60)
    noisy = np.where(rng.random(60) < 0.3, rng.integers(0, 6, 60), same)
    with_noise = np.where(rng.random(60) < 0.2, -1, same)
    skewed = (rng.random(300) < 0.05).astype(int)
    cases = {
        "equal up to renaming": (same, (same + 1) % 4),
        "partly equal": (same, noisy),
        "independent": (rng.integers(0, 5, 200), rng.integers(0, 9, 200)),
        "with noise": (same, with_noise),
        "skewed": (skewed, rng.integers(0, 2, 300)),
        "one class against many": (np.zeros(30, int), np.arange(30)),
        "both one class": (np.zeros(10, int), np.zeros(10, int)),
        "both all apart": (np.arange(12), np.arange(12)[::-1].copy()),
        "opposed": (np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])),
    }
    return [
        {
            "title": title, "a": a, "b": b,
            "rand": metrics.adjusted_rand_score(a, b),
            "arithmetic": metrics.adjusted_mutual_info_score(a, b),
            "max": metrics.adjusted_mutual_info_score(a, b, average_method="max"),
        }
        for title, (a, b) in cases.items()
    ]


def clustering(rng, dim, spread):
    points, labels = make_blobs(n_samples=[40, 30, 25, 5], n_features=dim, cluster_std=spread, random_state=SEED)
    points = float32(np.vstack([points, rng.uniform(-10, 10, (10, dim))]))
    labels = np.concatenate([labels, np.full(10, -1)])
    kept = labels >= 0
    silhouettes = {m: metrics.silhouette_samples(points[kept], labels[kept], metric=m) for m in ("euclidean", "cosine")}
    validity, per_cluster = hdbscan.validity.validity_index(points, labels, per_cluster_scores=True)
    layout = float32(PCA(2, random_state=SEED).fit_transform(points))
    return {
        "dimensions": dim, "points": points.ravel(), "labels": labels,
        "silhouette": silhouettes, "validity": validity, "validityPerCluster": per_cluster,
        "layout": layout.ravel(),
        "trustworthiness": {str(k): trustworthiness(points, layout, n_neighbors=k) for k in (5, 15)},
    }


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
    rng = np.random.default_rng(SEED)
    document = {
        **header(), "pairs": pairs(rng),
        "clusterings": [clustering(rng, 2, 2.5), clustering(rng, 6, 3.0)],
    }
    text = json.dumps(compact(document), separators=(",", ":"))
    (HERE / "quality.json").write_text(text + "\n")
    print(len(text))


main()
