"""Embeds the texts of `node bench/embed.ts --texts FILE` with all-MiniLM-L6-v2 itself: float32 rows in the same order.

    sh bench/python/setup.sh
    bench/.venv/bin/python bench/python/embed_transformer.py texts.jsonl vectors.f32

Plain numpy, 256 tokens as the model's authors set; minutes, not seconds, on two cores.
"""

import json
import pathlib
import sys

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "scripts" / "distill"))
from distill import Encoder, packaged_model  # noqa: E402

LONGEST = 256
BATCH = 16


def main() -> None:
    source, target = map(pathlib.Path, sys.argv[1:3])
    texts = [json.loads(line) for line in source.read_text().splitlines()]
    embed(texts).astype("<f4").tofile(target)


def embed(texts: list[str]) -> np.ndarray:
    """Unit rows: the mean of the last hidden states over all tokens, as the model's authors pool."""
    folder = packaged_model()
    encoder = Encoder(load_file(folder / "model.safetensors"), json.loads((folder / "config.json").read_text()))
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    ids = [tokenizer.encode(text).ids for text in texts]
    vectors = np.zeros((len(texts), 384), np.float32)
    # Texts of one length need no padding and no mask.
    by_length: dict[int, list[int]] = {}
    for row, tokens in enumerate(ids):
        by_length.setdefault(len(tokens), []).append(row)
    for rows in by_length.values():
        for start in range(0, len(rows), BATCH):
            some = rows[start : start + BATCH]
            vectors[some] = encoder(np.array([ids[row] for row in some])).mean(axis=1)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


if __name__ == "__main__":
    main()
