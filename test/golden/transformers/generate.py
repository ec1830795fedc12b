"""A transformer of nine tokens and four dimensions, small enough to reckon by hand, and what it gives: model/ and cases.json.

    python test/golden/transformers/generate.py     with numpy 2.4.6, onnx 1.23.2 and tokenizers 0.23.3

The last hidden state of a token is its row of EMBEDDING, so that a text's vector is the mean of its rows, [CLS] and
[SEP] among them, at length 1.
"""

import json
import pathlib

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

FOLDER = pathlib.Path(__file__).parent
MODEL = FOLDER / "model"
VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "refund", "order", "rain", "sun", "##s"]
LONGEST = 16
EMBEDDING = np.zeros((9, 4), np.float32)
EMBEDDING[1] = 0.1
EMBEDDING[2:4] = 0.05
EMBEDDING[4] = [1, 0, 0, 0]
EMBEDDING[5] = [1, 0.5, 0, 0]
EMBEDDING[6] = [0, 0, 1, 0]
EMBEDDING[7] = [0, 0, 1, 0.5]
EMBEDDING[8] = [0, 0, 0, 0.1]
TEXTS = ["refund order", "", "Rain suns", "refund", "rain " * 40, "an unknown word"]


def main() -> None:
    (MODEL / "onnx").mkdir(parents=True, exist_ok=True)
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "sequence"])
        for name in ("input_ids", "attention_mask", "token_type_ids")
    ]
    output = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["batch", "sequence", 4])
    lookup = helper.make_node("Gather", ["embedding", "input_ids"], ["last_hidden_state"])
    graph = helper.make_graph([lookup], "tiny", inputs, [output], [numpy_helper.from_array(EMBEDDING, "embedding")])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 9
    onnx.save(model, MODEL / "onnx" / "model.onnx")

    tokenizer = Tokenizer(models.WordPiece({token: id for id, token in enumerate(VOCABULARY)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    tokenizer.save(str(MODEL / "tokenizer.json"))
    write(MODEL / "config.json", {"model_type": "bert", "hidden_size": 4, "num_attention_heads": 1, "num_hidden_layers": 1, "vocab_size": 9})
    special = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    write(MODEL / "tokenizer_config.json", {"tokenizer_class": "BertTokenizer", "model_max_length": LONGEST, **special})

    write(FOLDER / "cases.json", {"texts": TEXTS, "vectors": [vector(tokenizer, text) for text in TEXTS]})


def vector(tokenizer: Tokenizer, text: str) -> list[float]:
    """An empty text has no vector. Of a long one the library keeps the first 16 tokens; Python's keeps [SEP] as well."""
    if text == "":
        return [0, 0, 0, 0]
    ids = tokenizer.encode(text).ids[:LONGEST]
    mean = EMBEDDING[ids].astype(np.float64).mean(axis=0)
    return (mean / np.linalg.norm(mean)).round(6).tolist()


def write(path: pathlib.Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n")


if __name__ == "__main__":
    main()
