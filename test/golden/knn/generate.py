"""Reference neighbors for src/numeric/knn from scikit-learn's brute force.

    python test/golden/knn/generate.py        (environment: bench/python/setup.sh)
"""

import json
import pathlib
import platform

import numpy as np
import sklearn
from sklearn.neighbors import NearestNeighbors

HERE = pathlib.Path(__file__).parent
SEED = 42


def case(points, metric, k):
    finder = NearestNeighbors(n_neighbors=k, metric=metric, algorithm="brute").fit(points)
    distances, indices = finder.kneighbors()
    return {
        "metric": metric, "k": k, "dimensions": points.shape[1], "points": points.ravel().tolist(),
        "indices": indices.ravel().tolist(), "distances": [float(f"{d:.10g}") for d in distances.ravel()],
    }


def main():
    rng = np.random.default_rng(SEED)

    def draw(n, dim):
        return np.round(rng.normal(size=(n, dim)), 4).astype(np.float32).astype(np.float64)

    document = {
        "command": "python test/golden/knn/generate.py", "seed": SEED,
        "versions": {"python": platform.python_version(), "numpy": np.__version__, "scikit-learn": sklearn.__version__},
        "cases": [case(draw(150, 3), "euclidean", 10), case(draw(90, 33), "euclidean", 5), case(draw(120, 17), "cosine", 8)],
    }
    text = json.dumps(document, separators=(",", ":"))
    (HERE / "neighbors.json").write_text(text + "\n")
    print(len(text))


main()
