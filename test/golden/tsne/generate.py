"""Reference values for src/numeric/tsne from scikit-learn.

    python test/golden/tsne/generate.py        (environment: bench/python/setup.sh)

Joint probabilities by scikit-learn's own function on exact neighbors, and the divergence of its Barnes-Hut maps of
handwritten digits over several seeds.
"""

import json
import pathlib
import platform
from importlib.metadata import version

import numpy as np
from sklearn.datasets import load_digits
from sklearn.manifold import TSNE, trustworthiness
from sklearn.manifold._t_sne import _joint_probabilities_nn
from sklearn.neighbors import NearestNeighbors

HERE = pathlib.Path(__file__).parent
SEED = 42


def rounded(values, digits=8):
    return [float(f"%.{digits}g" % value) for value in np.asarray(values).ravel()]


def joint(title, points, k, perplexity):
    graph = NearestNeighbors(n_neighbors=k).fit(points.astype(np.float32)).kneighbors_graph(mode="distance")
    distances = graph.data.reshape(len(points), k)
    indices = graph.indices.reshape(len(points), k)
    squared = graph.copy()
    squared.data **= 2
    squared.sort_indices()
    probabilities = _joint_probabilities_nn(squared, perplexity, 0).tocsr()
    probabilities.sort_indices()
    return {
        "title": title,
        "k": k,
        "perplexity": perplexity,
        "indices": indices.ravel().tolist(),
        "distances": rounded(distances.astype(np.float32), 9),
        "offsets": probabilities.indptr.tolist(),
        "columns": probabilities.indices.tolist(),
        "weights": rounded(probabilities.data),
    }


def main():
    random = np.random.RandomState(SEED)
    clouds = np.vstack([random.normal(center, 1, (30, 5)) for center in (0, 4)])
    digits = load_digits().data[:500].astype(np.float32)
    runs = []
    for seed in range(SEED, SEED + 3):
        model = TSNE(perplexity=30, init="pca", random_state=seed)
        map_ = model.fit_transform(digits)
        runs.append(
            {
                "divergence": float(model.kl_divergence_),
                "trustworthiness": float(trustworthiness(digits, map_, n_neighbors=15)),
            }
        )
    packages = ["numpy", "scipy", "scikit-learn"]
    data = {
        "command": "python test/golden/tsne/generate.py",
        "seed": SEED,
        "versions": {"python": platform.python_version(), **{name: version(name) for name in packages}},
        "joint": [
            joint("two clouds, perplexity 6", clouds, 19, 6.0),
            joint("two clouds, perplexity 1.5", clouds, 12, 1.5),
        ],
        "dimensions": 64,
        "points": digits.astype(int).ravel().tolist(),
        "perplexity": 30,
        "runs": runs,
    }
    (HERE / "tsne.json").write_text(json.dumps(data))


main()
