/** A number alone; it has to be a whole number of the file, not part of a longer one. */
const NUMBER = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;
/** JSON in a string in a string: recorders encode no deeper. */
const LEVELS = 4;

/**
 * The text of a file or a line as written, and with its JSON strings unescaped up to three times, to
 * look for quotes in. Doubled quotation marks of CSV cells count as one.
 */
export class RawText {
  readonly #forms: string[];

  constructor(text: string) {
    this.#forms = [text];
    while (this.#forms.length < LEVELS) {
      const next = unescaped(this.#forms.at(-1)!);
      if (next === this.#forms.at(-1)) break;
      this.#forms.push(next);
    }
    if (text.includes('""')) this.#forms.push(text.replaceAll('""', '"'));
  }

  holds(quote: string): boolean {
    return this.#forms.some((text) =>
      NUMBER.test(quote) ? holdsNumber(text, quote) : text.includes(quote),
    );
  }
}

function holdsNumber(text: string, number: string): boolean {
  for (let at = text.indexOf(number); at >= 0; at = text.indexOf(number, at + 1)) {
    const after = text.slice(at + number.length, at + number.length + 2);
    if (!/[\d.-]/.test(text.charAt(at - 1)) && !/^(?:\d|\.\d|e[\d+-])/i.test(after)) return true;
  }
  return false;
}

const SIMPLE: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

const unescaped = (text: string): string =>
  text.replaceAll(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, hex: string | undefined, plain: string) =>
    hex === undefined ? (SIMPLE[plain] ?? plain) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
