"""Reference values for src/numeric/logistic from scikit-learn and statsmodels, and of areas under ROC curves from scikit-learn.

    python test/golden/logistic/generate.py

Needs numpy, scikit-learn and statsmodels; the versions used are in the file.
"""

import json
import pathlib
import platform
from importlib.metadata import version

import numpy as np
import statsmodels.api as sm
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

HERE = pathlib.Path(__file__).parent
SEED = 42


def rounded(values):
    return [float(f"{value:.10g}") for value in np.asarray(values).ravel()]


def data(rng, n, columns):
    rows = np.round(rng.normal(size=(n, columns)), 3)
    rows[:, 0] = (rows[:, 0] > 1).astype(float)
    z = rows @ rng.normal(size=columns) - 0.4
    labels = (rng.random(n) < 1 / (1 + np.exp(-z))).astype(int)
    return rows, labels


def penalized(rng, n, columns, penalty, weighted):
    rows, labels = data(rng, n, columns)
    weights = np.round(rng.random(n) * 2, 2) if weighted else np.ones(n)
    fit = LogisticRegression(C=1 / penalty, solver="newton-cholesky", tol=1e-12, max_iter=1000)
    fit.fit(rows, labels, sample_weight=weights)
    return {
        "columns": columns,
        "penalty": penalty,
        "rows": rounded(rows),
        "labels": labels.tolist(),
        "weights": rounded(weights),
        "intercept": float(fit.intercept_[0]),
        "coefficients": rounded(fit.coef_),
    }


def likelihood(rng, n, columns, with_offsets):
    rows, labels = data(rng, n, columns)
    offsets = np.round(rng.normal(size=n), 3) if with_offsets else np.zeros(n)
    model = sm.GLM(labels, sm.add_constant(rows), family=sm.families.Binomial(), offset=offsets)
    fit = model.fit(tol=1e-14, maxiter=200)
    return {
        "columns": columns,
        "rows": rounded(rows),
        "labels": labels.tolist(),
        "offsets": rounded(offsets),
        "intercept": float(fit.params[0]),
        "coefficients": rounded(fit.params[1:]),
    }


def curve(rng, n, decimals, weighted):
    labels = (rng.random(n) < 0.3).astype(int)
    scores = np.round(rng.normal(size=n) + labels, decimals)
    weights = np.round(rng.random(n) * 2, 2) if weighted else np.ones(n)
    return {
        "scores": rounded(scores),
        "labels": labels.tolist(),
        "weights": rounded(weights),
        "area": float(roc_auc_score(labels, scores, sample_weight=weights)),
    }


rng = np.random.default_rng(SEED)
golden = {
    "made": {
        "seed": SEED,
        "python": platform.python_version(),
        **{name: version(name) for name in ("numpy", "scikit-learn", "statsmodels")},
    },
    "penalized": [
        penalized(rng, 60, 4, 1, False),
        penalized(rng, 40, 12, 10, False),
        penalized(rng, 80, 5, 0.1, True),
        penalized(rng, 20, 30, 3, False),
    ],
    "likelihood": [likelihood(rng, 90, 3, False), likelihood(rng, 90, 2, True)],
    "curves": [curve(rng, 50, 6, False), curve(rng, 80, 0, False), curve(rng, 60, 1, True)],
}
(HERE / "logistic.json").write_text(json.dumps(golden))
