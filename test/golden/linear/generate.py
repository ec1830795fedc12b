"""Reference values for src/numeric/linear from numpy (full SVD, eigh) and scikit-learn (PCA).

    python test/golden/linear/generate.py        (environment: bench/python/setup.sh)

Signs follow the convention of src/numeric/linear: the largest entry of each unit vector of the shorter side is positive.
"""

import json
import pathlib
import platform
from importlib.metadata import version

import numpy as np
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA

HERE = pathlib.Path(__file__).parent
SEED = 42


def rounded(values):
    return [float("%.8g" % value) for value in np.asarray(values).ravel()]


def signs(rows):
    return np.sign(rows[np.arange(len(rows)), np.abs(rows).argmax(axis=1)])


def sparse(title, matrix, dimensions):
    matrix = matrix.astype(np.float32)
    rows, columns = matrix.shape
    left, singular, right = np.linalg.svd(matrix.astype(np.float64), full_matrices=False)
    left, singular, right = left[:, :dimensions], singular[:dimensions], right[:dimensions]
    sign = signs(left.T) if rows < columns else signs(right)
    held = [np.nonzero(row)[0] for row in matrix]
    return {
        "title": title,
        "rows": rows,
        "columns": columns,
        "offsets": np.cumsum([0] + [len(row) for row in held]).tolist(),
        "indices": np.concatenate(held).tolist(),
        "values": rounded(np.concatenate([matrix[i, row] for i, row in enumerate(held)])),
        "dimensions": dimensions,
        "singularValues": rounded(singular),
        "vectors": rounded(left * singular * sign),
        "components": rounded(right * sign[:, None]),
    }


def topics(random, rows, columns, kinds):
    """Counts of words drawn from a few overlapping topics, as in a bag of words; some columns stay empty."""
    themes = random.dirichlet(np.full(columns, 0.05), kinds)
    themes[:, ::7] = 0
    mixes = random.dirichlet(np.full(kinds, 0.3), rows)
    return np.log1p(random.poisson(40 * mixes @ themes))


def symmetric(title, matrix):
    values, _ = np.linalg.eigh(matrix)
    return {"title": title, "order": len(matrix), "matrix": [float(v) for v in matrix.ravel()], "values": [float(v) for v in values[::-1]]}


def main():
    random = np.random.RandomState(SEED)
    square = random.normal(size=(30, 30))
    hilbert = 1.0 / (np.arange(12)[:, None] + np.arange(12)[None, :] + 1)
    low_rank = random.normal(size=(40, 3)) @ random.normal(size=(3, 25))
    digits = load_digits().data[:200]
    model = PCA(6, svd_solver="full").fit(digits)
    sign = signs(model.components_)
    packages = ["numpy", "scikit-learn"]
    data = {
        "command": "python test/golden/linear/generate.py",
        "seed": SEED,
        "versions": {"python": platform.python_version(), **{name: version(name) for name in packages}},
        "symmetric": [
            symmetric("random, order 30", (square + square.T) / 2),
            symmetric("Hilbert, order 12, condition 1e16", hilbert),
            symmetric("projector with repeated values", np.diag([1.0, 1, 1, 0, 0]) + 0),
        ],
        "sparse": [
            sparse("documents in a wide space", topics(random, 60, 300, 8), 8),
            sparse("documents in a narrow space", topics(random, 150, 40, 6), 6),
            sparse("rank 3", low_rank, 3),
        ],
        "pca": {
            "dimensions": 64,
            "points": digits.astype(int).ravel().tolist(),
            "components": 6,
            "mean": rounded(model.mean_),
            "axes": rounded(model.components_ * sign[:, None]),
            "variances": rounded(model.explained_variance_),
            "coordinates": rounded(model.transform(digits) * sign),
        },
    }
    (HERE / "linear.json").write_text(json.dumps(data))


main()
