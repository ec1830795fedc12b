"""Reference values for src/numeric/kmeans from scikit-learn: Lloyd's iteration from given starts.

    python test/golden/kmeans/generate.py        (environment: bench/python/setup.sh)
"""

import json
import pathlib
import platform
from importlib.metadata import version

import numpy as np
from sklearn.cluster import KMeans
from sklearn.datasets import make_blobs

HERE = pathlib.Path(__file__).parent
SEED = 42


def rounded(values):
    return [float("%.9g" % value) for value in np.asarray(values).ravel()]


def case(title, points, initial):
    points, initial = points.astype(np.float32), initial.astype(np.float32)
    model = KMeans(len(initial), init=initial.astype(np.float64), n_init=1, algorithm="lloyd", tol=1e-4, max_iter=300)
    model.fit(points.astype(np.float64))
    return {
        "title": title,
        "dimensions": points.shape[1],
        "points": rounded(points),
        "initial": rounded(initial),
        "labels": model.labels_.tolist(),
        "inertia": float(model.inertia_),
        "centroids": rounded(model.cluster_centers_),
    }


def main():
    random = np.random.RandomState(SEED)
    blobs, _ = make_blobs(300, 4, centers=6, cluster_std=2.0, random_state=SEED)
    uniform = random.uniform(size=(250, 3))
    far = np.vstack([blobs[:5], np.full((1, 4), 1e3)])
    cases = [
        case("six blobs, starts among the points", blobs, blobs[:6]),
        case("six blobs, two centres too many", blobs, blobs[10:18]),
        case("no structure, 12 centres", uniform, uniform[:12]),
        case("one center", uniform, uniform[:1]),
        case("a start that owns no point", blobs, far),
        case("two starts that coincide", blobs, np.vstack([blobs[:3], blobs[:1]])),
    ]
    packages = ["numpy", "scikit-learn"]
    data = {
        "command": "python test/golden/kmeans/generate.py",
        "seed": SEED,
        "versions": {"python": platform.python_version(), **{name: version(name) for name in packages}},
        "cases": cases,
    }
    (HERE / "kmeans.json").write_text(json.dumps(data))


main()
