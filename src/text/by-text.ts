/** Texts whose results are kept, twice: the last ones, and those before. */
const TEXTS = 2048;
/** Characters of these texts. */
const CHARACTERS = 2 ** 20;

/**
 * The same function, which keeps its last results: traces repeat requests, prompts, words, and definitions of tools.
 * `read` has to depend on the text alone. Keeps twice `texts` (2,048) and two million characters at most.
 */
export function byText<Value>(
  read: (text: string) => Value,
  texts = TEXTS,
): (text: string) => Value {
  let last = new Map<string, Value>();
  let before = new Map<string, Value>();
  let characters = 0;
  return (text) => {
    const known = last.get(text);
    if (known !== undefined || last.has(text)) return known as Value;
    const value = before.has(text) ? (before.get(text) as Value) : read(text);
    characters += text.length;
    if (last.size >= texts || characters > CHARACTERS) {
      before = last;
      last = new Map();
      characters = text.length;
    }
    last.set(text, value);
    return value;
  };
}
